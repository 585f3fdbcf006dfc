from fractions import Fraction

from seoul_digital.lib import charts
from tests.seoul_digital.lib.charts import samples

ACCENT, WARN, GREY, WHITE = "#1c589c", "#bd2c0f", "#58616a", "#ffffff"


def columns_of(figure):
    return figure.layout.meta["columns"]


def test_rate_bars_below_the_pace_line_are_marked():
    track, bars = samples.rates().data
    assert bars.marker.color == (ACCENT, WARN, WARN, ACCENT)
    assert [None if x is None else round(x, 2) for x in bars.x] == [66.92, 56.52, 18.29, None]
    assert bars.y == (20, 60, 92, 124)
    assert (track.x, track.hoverinfo) == ((100.0, 100.0, 100.0, None), "skip")
    assert bars.customdata[1] == "정보통신보안담당관<br>집행률 56.5%"


def test_rate_bars_have_their_distance_from_the_pace_line_beside():
    rates, gaps = columns_of(samples.rates())
    assert rates["texts"] == ["66.9%", "56.5%", "18.3%", "-"]
    assert gaps["texts"] == ["+0.9", "△9.5", "△47.7", "-"]
    assert gaps["warn"] == [False, True, True, False]
    assert (rates["wide_only"], gaps["wide_only"]) == (False, True)


def test_rate_bars_pace_line_stands_at_its_share_of_the_year():
    layout = samples.rates().layout
    assert [round(shape.x0, 2) for shape in layout.shapes] == [66.03, 66.03]
    assert layout.annotations[0].text == "진도선 66.0%"
    assert layout.meta["legend"] == [("accent", "진도선 이상"), ("warn", "진도선 미달"), ("tick", "진도선")]


def test_rate_bars_over_a_hundred_are_not_cut():
    assert charts.rate_bars(["계"], [Fraction(120)], samples.PACE).layout.xaxis.range == (0, 120.0)


def test_change_bars_are_hollow_for_a_fall():
    figure = samples.changes()
    (bars,) = figure.data
    assert bars.marker.color == (GREY, WHITE)
    assert bars.x == (217.9908, -0.01953)
    assert bars.customdata[1] == "서울기록원<br>증감액 △195만 원<br>0.0%"
    assert [column["texts"] for column in columns_of(figure)] == [
        ["+218.0", "△195만 원"],
        ["18.0%", "0.0%"],
    ]


def test_change_bars_without_any_change_have_an_axis():
    assert charts.change_bars(["가"], [None], ["-"]).layout.xaxis.range == (0, 1)


def test_quantity_bars_show_their_figure_and_its_unit_on_hover():
    (bars,) = samples.quantities().data
    assert bars.text == ("7,393", "-")
    assert bars.customdata[0] == "시내버스<br>7,393대"
    assert bars.marker.color == (GREY, ACCENT)


def test_quantity_bars_show_printed_forms():
    (bars,) = charts.quantity_bars(["가", "나"], [2_400_000, 960_000], ["240만건", "96만건"]).data
    assert bars.text == ("240만건", "96만건")
    assert bars.marker.color == (ACCENT, ACCENT)


def test_stacked_bars_make_room_for_sum_and_reference():
    figure = samples.staff()
    assert figure.layout.barmode == "stack"
    assert figure.layout.xaxis.range == (0, 266 * 1.02)
    assert figure.layout.meta["legend"] == [("accent", "일반직"), ("hatched", "임기제"), ("tick", "정원")]
    assert [(column["title"], column["wide_only"]) for column in columns_of(figure)] == [
        ("현원", False),
        ("과부족", True),
    ]
    assert figure.data[2].customdata == ("계<br>정원 266명", "국<br>정원 -명")


def test_stacked_bars_add_up_the_parts_after_the_third():
    parts = [("일반직", [5]), ("임기제", [4]), ("관리운영직", [3]), ("연구직", [2]), ("공무직", [1])]
    figure = charts.stacked_bars(["계"], parts, reference=("정원", [15]))
    assert [(trace.name, trace.x) for trace in figure.data[:4]] == [
        ("일반직", (5.0,)),
        ("임기제", (4.0,)),
        ("관리운영직", (3.0,)),
        ("그 밖", (3.0,)),
    ]
    assert figure.layout.meta["legend"][3:] == [("hollow", "그 밖"), ("tick", "정원")]


def test_stacked_bars_without_a_reference_have_no_tick():
    figure = charts.stacked_bars(["계"], [("일반직", [5]), ("임기제", [4])])
    assert len(figure.data) == 2
    assert figure.layout.meta["legend"] == [("accent", "일반직"), ("hatched", "임기제")]
    assert figure.layout.xaxis.range == (0, 9 * 1.02)

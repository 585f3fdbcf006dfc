from fractions import Fraction

from seoul_digital.lib import charts
from seoul_digital.lib.charts import MosaicColumn
from tests.seoul_digital.lib.charts import samples

ACCENT, WARN, TRACK, WHITE = "#1c589c", "#bd2c0f", "#e6e8ea", "#ffffff"
PACE = Fraction(66)


def rounded(values, digits=1):
    return [None if value is None else round(value, digits) for value in values]


def column(name, budget, rate=None, pace=PACE, missing=None):
    """`budget` and `missing` in 억 원."""
    short = None if missing is None else missing * 10**8
    return MosaicColumn(name, name[:2], budget * 10**8, rate, f"{rate}%", pace, short)


def test_mosaic_has_budgets_side_by_side_and_rates_as_heights():
    """Width of budget, height of rate: the report's 빅데이터, 특별회계, 데이터센터 and a unit that handed in nothing."""
    ground, executed = samples.execution().data
    assert rounded(executed.width) == [148.2, 107.6, 467.1, 50.0]
    assert rounded(executed.x) == [74.1, 202.0, 489.4, 747.9]
    assert rounded(executed.y) == [88.3, 18.3, 54.9, None]
    assert ground.y == (100, 100, 100, 100)
    assert rounded(samples.execution().layout.xaxis.range) == [0, 772.9]


def test_mosaic_areas_are_money():
    _, executed = samples.execution().data
    areas = [width * rate / 100 for width, rate in zip(executed.width, executed.y, strict=True) if rate]
    assert rounded(areas) == [130.8, 19.7, 256.4]


def test_mosaic_behind_is_hatched_as_well_as_red():
    ground, executed = samples.execution().data
    assert executed.marker.color == (ACCENT, WARN, WARN, ACCENT)
    assert executed.marker.pattern.shape == ("", "/", "/", "")
    assert ground.marker.color == (TRACK, TRACK, TRACK, WHITE)
    assert ground.marker.pattern.shape == ("", "", "", "/")


def test_mosaic_money_missing_to_the_pace_is_a_dashed_box():
    boxes = [shape for shape in samples.execution().layout.shapes if shape.type == "rect"]
    assert [rounded((box.x0, box.x1, box.y0, box.y1)) for box in boxes] == [
        [148.2, 255.8, 18.3, 66.0],
        [255.8, 722.9, 54.9, 66.0],
    ]
    assert {box.line.dash for box in boxes} == {"3px,3px"}


def test_mosaic_pace_line_runs_across_what_has_a_rate():
    lines = [shape for shape in samples.execution().layout.shapes if shape.type == "line"]
    assert [rounded((line.x0, line.x1, line.y0, line.y1)) for line in lines] == [[0.0, 722.9, 66.0, 66.0]] * 2
    assert samples.execution().layout.meta["pace"] == {"at": 24100 / 365, "text": "66.0%"}


def test_mosaic_pace_line_steps_where_days_differ():
    columns = [column("가나", 10, 70), column("다라", 10, 70, pace=Fraction(50)), column("마바", 10, 70)]
    lines = [shape for shape in charts.mosaic(columns, PACE).layout.shapes if shape.line.width == 1.5]
    assert [(line.x0, line.x1, line.y0) for line in lines] == [(0, 10, 66), (10, 20, 50), (20, 30, 66)]


def test_mosaic_without_a_pace_has_no_line_and_no_word_of_it():
    figure = charts.mosaic([column("가나", 10, 70, pace=None)], None)
    assert not figure.layout.shapes
    assert figure.layout.meta["legend"] == [("accent", "집행액"), ("track", "남은 예산현액")]


def test_mosaic_over_a_hundred_is_not_cut():
    figure = charts.mosaic([column("가나", 10, 130)], PACE)
    assert figure.layout.yaxis.range == (0, 130)
    assert figure.data[1].y == (130,)


def test_mosaic_without_a_budget_is_named_below():
    figure = charts.mosaic([column("가나", 10, 70), column("다라", 0), column("마바", -1)], PACE)
    assert figure.data[1].x == (5,)
    assert figure.layout.meta["notes"] == ["예산현액이 없어 그리지 않은 곳: 다라, 마바"]


def test_mosaic_of_nothing_has_an_axis():
    assert charts.mosaic([column("가나", 0)], PACE).layout.xaxis.range == (0, 1)


def test_mosaic_of_forty_units_has_them_all():
    figure = charts.mosaic([column(f"{number}과", 1, 70) for number in range(40)], PACE)
    assert len(figure.layout.meta["mosaic"]) == 40
    assert figure.layout.meta["mosaic"][39]["span"] == (39, 40)


def test_mosaic_printed_above_the_pace_and_computed_below_it_has_no_box():
    figure = charts.mosaic([column("가나", 10, 70, missing=2)], PACE)
    assert [shape.type for shape in figure.layout.shapes] == ["line", "line"]


def test_mosaic_legend_names_only_what_is_there():
    assert [meaning for _, meaning in samples.execution().layout.meta["legend"]] == [
        "집행액(진도선 이상)",
        "집행액(진도선 미달)",
        "진도선까지 모자란 돈(계산)",
        "남은 예산현액",
        "집행액 미제출",
        "진도선",
    ]

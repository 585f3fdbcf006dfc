from fractions import Fraction

from seoul_digital.lib.charts import target_bars


def test_a_target_is_a_bullet_with_its_value_and_what_is_still_to_come():
    figure = target_bars(
        ["교체", "보급"],
        [Fraction(365, 100), None],
        ["270대", "값 없음"],
        ["7,393대", "15개소"],
        [False, False],
    )
    track, bars, ticks = figure.data
    assert (track.x, bars.x, ticks.x) == ((100.0, 100.0), (3.65, None), (100.0, 100.0))
    assert [row["small"] for row in figure.layout.meta["rows"]] == [
        "270대, 목표 7,393대",
        "값 없음, 목표 15개소",
    ]
    assert bars.customdata[0] == "교체<br>값 270대<br>목표 7,393대"
    assert ("warn", "미달") not in figure.layout.meta["legend"]


def test_what_went_beyond_its_target_is_drawn_whole_and_what_missed_it_is_red():
    figure = target_bars(["가", "나"], [120, 50], ["6", "1"], ["5", "2"], [False, True])
    assert figure.layout.xaxis.range == (0, 122.4)
    assert figure.data[1].marker.color == ("#1c589c", "#bd2c0f")
    assert ("warn", "미달") in figure.layout.meta["legend"]


def test_what_went_far_beyond_its_target_is_cut_with_an_arrow_and_its_number():
    figure = target_bars(["가", "나"], [20_000, 50], ["1,000", "1"], ["5", "2"], [False, False])
    _, bars, _, arrows = figure.data
    assert (bars.x, figure.layout.xaxis.range) == ((200.0, 50.0), (0, 208))
    assert (arrows.text, arrows.x, arrows.y, arrows.customdata) == (
        ("→",),
        (200,),
        (24,),
        bars.customdata[:1],
    )
    (column,) = figure.layout.meta["columns"]
    assert (column["title"], column["texts"]) == ("달성률", ["20,000.0%", "50.0%"])

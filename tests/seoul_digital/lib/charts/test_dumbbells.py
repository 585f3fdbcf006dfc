from seoul_digital.lib.charts import DatedPair, dumbbells
from tests.seoul_digital.lib.charts import samples

ACCENT, GREY, WHITE = "#1c589c", "#58616a", "#ffffff"


def test_dumbbells_have_a_dot_for_each_date_and_a_line_between():
    line, before, after = samples.two_dates().data
    assert (before.x, after.x) == ((60, 5, None), (63, None, 4))
    assert line.x == (60, 63, None, 5, None, None, None, 4, None)
    assert (before.marker.color, before.marker.line.color, after.marker.color) == (WHITE, GREY, ACCENT)


def test_dumbbells_say_the_date_of_each_dot():
    _, before, after = samples.two_dates().data
    assert before.customdata[0] == "데이터센터<br>2020. 1. 31. 현원 60명"
    assert after.customdata[0] == "데이터센터<br>2022. 8. 29. 현원 63명"
    assert samples.two_dates().layout.meta["legend"] == [("ring", "2020. 1. 31."), ("dot", "2022. 8. 29.")]


def test_dumbbells_begin_at_zero_and_write_the_change_beside():
    layout = samples.two_dates().layout
    assert [round(end, 2) for end in layout.xaxis.range] == [0, 66.15]
    assert layout.meta["columns"][0]["texts"] == ["+3", "없어짐", "새 부서"]


def test_dumbbells_of_nothing_have_an_axis():
    assert dumbbells([DatedPair("국", None, None, ("", ""), "-")], ("", ""), "증감").layout.xaxis.range == (
        0,
        1.05,
    )

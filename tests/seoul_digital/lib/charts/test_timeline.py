from datetime import date

from seoul_digital.lib import charts
from seoul_digital.lib.charts import GanttRow, Mark, axis_span
from tests.seoul_digital.lib.charts import samples

DAY = 86_400_000
ACCENT, INK, GREY, DONE, WHITE = "#1c589c", "#1e2124", "#58616a", "#8a949e", "#ffffff"


def of_mode(mode):
    return [trace for trace in samples.milestones().data if getattr(trace, "mode", None) == mode]


def test_gantt_bars_start_on_the_first_and_end_after_the_last_day():
    bars = samples.milestones().data[0]
    assert bars.type == "bar"
    assert bars.base == (date(2021, 11, 1), date(2022, 8, 1))
    assert bars.x == (181 * DAY, 153 * DAY)
    assert bars.marker.color == (DONE, ACCENT)
    assert bars.customdata[1] == "2차 설치<br>’22. 8. ~ 12.<br>기간 중"


def test_gantt_open_ends_are_dotted_to_the_axis_and_never_closed():
    dotted = of_mode("lines")
    assert [trace.x for trace in dotted] == [
        (date(2022, 12, 1), date(2023, 9, 1), None),
        (date(2021, 11, 1), date(2023, 9, 1), None),
    ]
    assert [trace.line.color for trace in dotted] == [GREY, ACCENT]


def test_gantt_has_dots_squares_and_the_diamond():
    (points,) = of_mode("markers")
    assert list(zip(points.x, points.marker.symbol, points.marker.size, strict=True)) == [
        (date(2022, 6, 15), "circle", 8),
        (date(2022, 12, 1), "square", 8),
        (date(2022, 8, 31), "diamond", 11),
    ]
    assert points.marker.color == (DONE, WHITE, INK)


def test_gantt_has_an_arrow_where_a_milestone_goes_on_beyond_the_axis():
    (arrows,) = of_mode("text")
    assert (arrows.x, arrows.text, arrows.textposition) == ((date(2023, 9, 1),), ("→",), ("middle right",))


def test_gantt_leaves_out_what_lies_beyond_the_axis():
    rows = [GanttRow("가", [Mark("옛일", "done", date(2019, 1, 1), date(2019, 6, 30))])]
    assert charts.gantt(rows, samples.AS_OF).data == ()


def test_gantt_undated_milestones_are_on_no_axis():
    assert "미정" not in str([trace.to_plotly_json() for trace in samples.milestones().data])


def test_gantt_rows_are_as_high_as_the_lanes_that_their_bars_need():
    marks = [
        Mark("가", "done", date(2022, 1, 1), date(2022, 3, 31)),
        Mark("나", "done", date(2022, 3, 1), date(2022, 4, 30)),  # while the first lasts
        Mark("다", "planned", date(2022, 9, 1), None),  # in the first lane again
        Mark("라", "planned", None, date(2022, 12, 1)),
        Mark("마", "in_progress", None, None),
    ]
    row = GanttRow("사업", marks)
    assert (row.lanes, row.depth, row.height) == ([0, 1, 0, 2], 3, 46)


def test_gantt_rows_keep_room_for_what_stands_below_their_names():
    heading, row = samples.milestones().layout.meta["rows"]
    assert (heading["height"], row["height"]) == (40, 56)
    assert (row["small"], row["href"]) == ("정보통신보안담당관", "/projects/wifi/")
    assert samples.milestones().data[0].y == (53.0, 53.0)


def test_gantt_has_quarters_as_ticks_and_the_as_of_line():
    layout = samples.milestones().layout
    assert layout.xaxis.ticktext == ("’22.1월", "4월", "7월", "10월", "’23.1월", "4월", "7월")
    assert layout.meta["as_of"] == date(2022, 8, 29)
    assert layout.annotations[0].text == "기준일"


def test_gantt_without_a_title_of_values_has_no_column():
    figure = charts.gantt([GanttRow("가")], samples.AS_OF)
    assert figure.layout.meta["columns"] == []


def test_axis_span_reaches_a_year_either_way_at_most():
    marks = [Mark("가", "done", date(2019, 3, 1), None), Mark("나", "planned", None, date(2030, 1, 1))]
    assert axis_span(marks, samples.AS_OF) == (date(2021, 8, 1), date(2023, 9, 1))
    assert axis_span([], samples.AS_OF) == (date(2022, 5, 1), date(2022, 12, 1))

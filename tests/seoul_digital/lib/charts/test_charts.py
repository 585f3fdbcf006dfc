import json
from datetime import date
from fractions import Fraction

import plotly.graph_objects as go
import pytest

from seoul_digital.lib import charts
from seoul_digital.lib.charts import GanttRow, Mark, Series
from seoul_digital.lib.charts.timeline import axis_span

PACE = Fraction(241, 365)
AS_OF = date(2022, 8, 29)


def rate(executed, budget):
    return Fraction(executed, budget) * 100


def rates():
    labels = ["계", "정보통신보안담당관", "특별회계", "새 부서"]
    values = [rate(95_839_632, 143_204_842), rate(19_056_893, 33_716_436), rate(1_968_275, 10_764_413), None]
    return charts.rate_bars(labels, values, PACE, [0, 0, 1, 0], first_is_total=True)


def timeline():
    marks = [
        Mark("1차 설치", "done", date(2021, 11, 1), date(2022, 4, 30), "’21. 11. ~ ’22. 4."),
        Mark("5G 개시", "done", date(2022, 6, 1), date(2022, 6, 30), "’22. 6."),
        Mark("2차 설치", "in_progress", date(2022, 8, 1), date(2022, 12, 31), "’22. 8. ~ 12."),
        Mark("지하철", "planned", date(2022, 12, 1), None, "’22. 12. ~"),
        Mark("버스", "in_progress", None, date(2024, 12, 31), "~ ’24년"),
        Mark("시험 개시", "warn", date(2022, 8, 31), date(2022, 8, 31), "’22. 8. 31."),
        Mark("미정", "undetermined", None, None),
    ]
    rows = [
        GanttRow("전략 1", heading=True),
        GanttRow("공공와이파이", marks, small="정보통신보안담당관", value="8,617", href="/projects/wifi/"),
    ]
    return charts.gantt(rows, AS_OF, value_title="백만원")


def all_figures():
    won = 10**8
    names = {"budget_name": "2022 예산현액", "previous_name": "2021 최종예산"}
    return {
        "rate_bars": rates(),
        "change_bars": charts.change_bars(
            ["계", "서울기록원"], [21_799_080_000, -1_953_000], ["18.0%", "0.0%"], first_is_total=True
        ),
        "bullet": charts.bullet(
            ["가", "나"], [467 * won, 46 * won], [256 * won, None], [259 * won, None], [True, False], **names
        ),
        "horizontal_bars": charts.horizontal_bars(
            ["시내버스", "공공시설"], [7_393, None], [False, True], unit="대"
        ),
        "stacked": charts.stacked(
            ["계", "국"],
            [("일반직", [200, 1]), ("임기제", [58, None])],
            unit="명",
            reference=("정원", [266, None]),
            beside=[("현원", ["258", "1"])],
        ),
        "lines": charts.lines(
            [Series("설치", [date(2021, 12, 31), date(2022, 7, 1)], [23_000, 28_006])], unit="대"
        ),
        "columns": charts.columns(["2021", "2022"], [Series("설치", ["2021", "2022"], [26, 109])], unit="기"),
        "gantt": timeline(),
    }


@pytest.mark.parametrize("name", all_figures())
def test_figures_are_valid_plotly_of_the_basic_bundle(name):
    drawn = all_figures()[name]
    figure = go.Figure(data=drawn["data"], layout=drawn["layout"])
    assert {trace.type for trace in figure.data} <= {"bar", "scatter"}
    assert figure.layout.height == drawn["height"]


@pytest.mark.parametrize("name", all_figures())
def test_figures_are_plain_json(name):
    drawn = all_figures()[name]
    assert json.loads(json.dumps(drawn["data"], allow_nan=False)) == drawn["data"]


@pytest.mark.parametrize("name", all_figures())
def test_figures_have_no_title_and_cannot_be_zoomed(name):
    layout = all_figures()[name]["layout"]
    assert "title" not in layout
    assert layout["xaxis"]["fixedrange"] and layout["yaxis"]["fixedrange"]


def test_rates_below_the_pace_line_are_marked():
    track, bars = rates()["data"]
    assert bars["marker"]["color"] == [charts.ACCENT, charts.WARN, charts.WARN, charts.ACCENT]
    assert [None if x is None else round(x, 2) for x in bars["x"]] == [66.92, 56.52, 18.29, None]
    assert track["x"] == [100.0, 100.0, 100.0, None]


def test_rates_and_their_distance_from_the_pace_line_stand_beside():
    rate_column, gap_column = rates()["layout"]["meta"]["columns"]
    assert rate_column["texts"] == ["66.9%", "56.5%", "18.3%", "-"]
    assert gap_column["texts"] == ["+0.9", "△9.5", "△47.7", "-"]
    assert gap_column["warn"] == [False, True, True, False]


def test_rows_are_placed_in_pixels():
    rows = rates()["layout"]["meta"]["rows"]
    assert [(row["top"], row["height"]) for row in rows] == [(0, 40), (40, 40), (80, 24), (104, 40)]
    assert rates()["data"][1]["y"] == [20, 60, 92, 124]
    assert rates()["layout"]["yaxis"]["range"] == [144, 0]


def test_the_pace_line_stands_at_its_share_of_the_year():
    layout = rates()["layout"]
    assert [round(shape["x0"], 2) for shape in layout["shapes"]] == [66.03, 66.03]
    assert layout["annotations"][0]["text"] == "진도선 66.0%"


def test_without_a_pace_nothing_is_behind():
    drawn = charts.rate_bars(["계"], [Fraction(5)], None)
    assert drawn["layout"]["shapes"] == []
    assert drawn["data"][1]["marker"]["color"] == [charts.ACCENT]


def test_rates_over_a_hundred_are_not_cut():
    assert charts.rate_bars(["계"], [Fraction(120)], PACE)["layout"]["xaxis"]["range"] == [0, 120.0]


def test_a_fall_is_a_hollow_bar():
    drawn = all_figures()["change_bars"]
    assert drawn["data"][0]["marker"]["color"] == [charts.INK_3, charts.BACKGROUND]
    assert drawn["data"][0]["x"] == [21_799_080.0, -1_953.0]
    assert drawn["layout"]["meta"]["columns"][0]["texts"] == ["+21,799,080", "△1,953"]


def test_what_is_left_of_a_budget_stands_beside_its_bar():
    budget, executed, previous, balance = all_figures()["bullet"]["data"]
    assert balance["text"] == ["\u00a0잔액 211.0", ""]
    assert balance["x"] == [467.0, 46.0]
    assert executed["marker"]["color"] == [charts.WARN, charts.ACCENT]
    assert previous["x"] == [259.0, None]


def test_quantities_show_their_figure_and_its_unit_on_hover():
    [bars] = all_figures()["horizontal_bars"]["data"]
    assert bars["text"] == ["7,393", "-"]
    assert bars["customdata"][0] == "시내버스<br>7,393대"
    assert bars["marker"]["color"] == [charts.INK_3, charts.ACCENT]


def test_the_longest_of_bar_and_reference_fits():
    drawn = all_figures()["stacked"]
    assert drawn["layout"]["barmode"] == "stack"
    assert drawn["layout"]["xaxis"]["range"] == [0, 266 * 1.02]
    assert drawn["legend"] == [("accent", "일반직"), ("neutral", "임기제"), ("tick", "정원")]


def test_figures_of_two_lines_stand_apart():
    low = Series("설치", [date(2021, 1, 1)], [1])
    high = Series("목표", [date(2021, 1, 1)], [5])
    drawn = charts.lines([low, high])
    assert [trace["textposition"] for trace in drawn["data"]] == ["bottom center", "top center"]
    assert drawn["legend"] == [("accent", "설치"), ("neutral", "목표")]


def test_days_are_ticks_of_their_own():
    axis = all_figures()["lines"]["layout"]["xaxis"]
    assert axis["tickvals"] == ["2021-12-31", "2022-07-01"]
    assert axis["ticktext"] == ["’21. 12.", "’22. 7."]


def test_bars_of_milestones():
    bars = timeline()["data"][0]
    assert bars["type"] == "bar"
    assert bars["base"] == ["2021-11-01", "2022-08-01"]
    day = 86_400_000
    assert bars["x"] == [181 * day, 153 * day]
    assert bars["marker"]["color"] == [charts.INK_3, charts.ACCENT]
    assert bars["customdata"][1] == "2차 설치<br>’22. 8. ~ 12.<br>추진 중"


def test_open_ends_are_dotted_to_the_axis_and_never_closed():
    dotted = [trace for trace in timeline()["data"] if trace.get("mode") == "lines"]
    assert [trace["x"] for trace in dotted] == [
        ["2022-12-01", "2023-09-01", None],
        ["2021-11-01", "2023-09-01", None],
    ]
    assert [trace["line"]["color"] for trace in dotted] == [charts.INK_3, charts.ACCENT]


def test_dots_squares_and_the_diamond():
    [dots] = [trace for trace in timeline()["data"] if trace.get("mode") == "markers"]
    assert list(zip(dots["x"], dots["marker"]["symbol"], strict=True)) == [
        ("2022-06-15", "circle"),
        ("2022-12-01", "square"),
        ("2022-08-31", "diamond"),
    ]
    assert dots["marker"]["color"] == [charts.INK_3, charts.BACKGROUND, charts.WARN]


def test_what_goes_on_beyond_the_axis_has_an_arrow():
    [arrows] = [trace for trace in timeline()["data"] if trace.get("mode") == "text"]
    assert (arrows["x"], arrows["text"]) == (["2023-09-01"], ["→"])


def test_undated_milestones_are_on_no_axis():
    assert "미정" not in json.dumps(timeline()["data"], ensure_ascii=False)


def test_the_axis_reaches_a_year_either_way_at_most():
    marks = [Mark("가", "done", date(2019, 3, 1), None), Mark("나", "planned", None, date(2030, 1, 1))]
    assert axis_span(marks, AS_OF) == (date(2021, 8, 1), date(2023, 9, 1))
    assert axis_span([], AS_OF) == (date(2022, 5, 1), date(2022, 12, 1))


def test_quarters_are_the_ticks():
    axis = timeline()["layout"]["xaxis"]
    assert axis["ticktext"] == ["’22.1월", "4월", "7월", "10월", "’23.1월", "4월", "7월"]
    assert timeline()["layout"]["meta"]["as_of"] == "2022-08-29"


def test_markup_in_names_stays_text():
    [bars] = charts.horizontal_bars(["<b>가</b> & 나"], [1])["data"]
    assert bars["customdata"] == ["&lt;b&gt;가&lt;/b&gt; &amp; 나<br>1"]


def test_no_figure_asks_plotly_for_an_inline_style():
    """Plotly turns these tags into style attributes, which the content security policy forbids."""
    text = json.dumps(all_figures(), ensure_ascii=False)
    assert not any(tag in text for tag in ("<b>", "<i>", "<span", "<sup", "<sub"))


def test_the_page_gets_data_and_layout():
    figure = charts.Figure("rates", "부서별 집행률", "6곳이 앞섭니다.", **rates())
    assert figure.spec == {"data": rates()["data"], "layout": rates()["layout"]}
    assert figure.height == 176

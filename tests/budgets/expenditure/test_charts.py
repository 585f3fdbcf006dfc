from datetime import date

import pytest

from budgets.expenditure.charts import change_figure, execution_figure
from seoul_digital.lib.tables import text_of
from tests.budgets.plain import BIG_DATA, CENTER, SECURITY, row, summary_of

SUMMARY = summary_of(SECURITY, CENTER, BIG_DATA)
BOOK = summary_of(row("주택정책담당관", 100_000), row("주거정비담당관", 50_000))


def labels(chart):
    return [row["text"] for row in chart.build().layout.meta["rows"]]


def shown(table):
    return [[text_of(*pair) for pair in zip(table.columns, one.cells, strict=True)] for one in table.rows]


def url_of(row):
    return f"/{row.slug}/"


def mosaic_of(*departments, **options):
    return execution_figure(summary_of(*departments), url_of, **options)


def columns_of(chart):
    return chart.build().layout.meta["mosaic"]


def test_execution_has_what_reached_the_pace_first_and_the_most_missing_last():
    figure = execution_figure(SUMMARY, url_of)
    assert [
        (column["text"], column["short"], column["budget"], column["rate"], column["missing"])
        for column in columns_of(figure)
    ] == [
        ("빅데이터담당관", "빅데이터", "148.2억", "88.3%", ""),
        ("정보통신보안담당관 일반회계", "정보통신보안 일반", "229.5억", "74.5%", ""),
        ("정보통신보안담당관 특별회계", "정보통신보안 특별", "107.6억", "18.3%", "51.4억 원"),
        ("데이터센터", "데이터센터", "467.1억", "54.9%", "52.0억 원"),
    ]
    assert [column["href"] for column in columns_of(figure)][1:3] == ["/ict-security/"] * 2
    assert (figure.name, figure.unit, figure.as_of) == ("rates", "", date(2022, 8, 29))
    assert figure.title == "952.4억 원, 어디에 얼마가 쓰였나"


def test_execution_says_on_hover_the_money_the_rate_and_the_day():
    hovers = execution_figure(SUMMARY, url_of).build().data[1].customdata
    assert hovers[3].split("<br>") == [
        "데이터센터",
        "예산현액 467.1억 원",
        "집행액 256.4억 원, 집행률 54.9%",
        "진도차 △11.1%p",
        "진도선까지 52.0억 원(계산)",
        "2022. 8. 29. 기준",
    ]


def test_execution_not_handed_in_comes_last_and_is_said():
    figure = mosaic_of(BIG_DATA, row("새 부서", 5_000_000), CENTER)
    assert [column["rate"] for column in columns_of(figure)] == ["88.3%", "54.9%", "미제출"]
    assert (
        figure.build().data[1].customdata[2]
        == "새 부서<br>예산현액 50.0억 원<br>집행액 미제출<br>2022. 8. 29. 기준"
    )


def test_a_table_elsewhere_on_the_page_is_not_repeated():
    figure = execution_figure(SUMMARY, url_of, table_name="expenditure")
    assert (figure.table, figure.details) == (None, "table-expenditure")
    assert execution_figure(SUMMARY, url_of).details == "table-rates-rows"


def test_the_table_beside_the_rates_has_departments_with_their_accounts_highest_first():
    table = execution_figure(SUMMARY, url_of).table
    assert table.name == "rates-rows"
    assert [line[0] for line in shown(table)] == [
        "계",
        "빅데이터담당관",
        "정보통신보안담당관",
        "일반회계",
        "특별회계",
        "데이터센터",
    ]
    assert shown(table)[0] == ["계", "95,240,528", "57,775,173", "60.7%", "△5.4", "37,465,355"]
    assert shown(table)[4] == ["특별회계", "10,764,413", "1,968,275", "18.3%", "△47.7", "8,796,138"]
    assert [(one.total, one.level) for one in table.rows][3:5] == [(False, 1), (False, 1)]


def test_changes_come_largest_rise_first():
    figure = change_figure(SUMMARY)
    assert labels(figure) == [
        "계",
        "데이터센터",
        "빅데이터담당관",
        "정보통신보안담당관",
        "일반회계",
        "특별회계",
    ]
    assert figure.build().data[0].x == (251.57481, 207.83676, 37.63898, 6.09907, -71.90579, 78.00486)
    assert shown(figure.table)[4] == ["일반회계", "22,952,023", "30,142,602", "△7,190,579", "△23.9%"]


def test_departments_without_a_last_year_have_no_change_to_draw():
    new = row("새 부서", 10)
    figure = change_figure(summary_of(BIG_DATA, new, previous=11_053_517))
    assert labels(figure) == ["계", "빅데이터담당관"]


def test_where_no_last_year_is_known_nothing_is_drawn():
    assert change_figure(summary_of(row("새 부서", 10), row("다른 부서", 20))) is None


def test_a_net_increase_has_no_rate():
    table = change_figure(summary_of(row("새 부서", 10, 0))).table
    assert shown(table)[1] == ["새 부서", "10", "-", "+10", "순증"]


def test_a_second_page_may_give_a_figure_its_own_name():
    figure = execution_figure(SUMMARY, url_of, "home-rates")
    assert (figure.table.name, change_figure(SUMMARY, "home-changes").name) == (
        "home-rates-rows",
        "home-changes",
    )


@pytest.mark.parametrize("summary", [SUMMARY, BOOK], ids=["execution", "book"])
def test_plotly_takes_every_figure(summary):
    drawn = [execution_figure(summary, url_of), change_figure(summary)]
    assert [bool(figure.build().data) for figure in drawn if figure] == [True] * (
        2 if summary is SUMMARY else 1
    )


def test_without_execution_budgets_are_drawn_and_no_pace():
    figure = execution_figure(BOOK, url_of)
    assert figure.build().data[1].y == (None, None)
    assert figure.build().layout.meta["pace"] is None
    assert figure.title == "1.5억 원, 어디에 있나"
    assert [shown(figure.table)[0]] == [["계", "150,000", "-", "-", "-", "-"]]

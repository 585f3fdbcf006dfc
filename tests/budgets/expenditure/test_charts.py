from datetime import date

import pytest

from budgets.expenditure.charts import change_figure, rate_figure, size_figure
from seoul_digital.lib.tables import text_of
from tests.budgets.plain import BIG_DATA, CENTER, SECURITY, row, summary_of

SUMMARY = summary_of(SECURITY, CENTER, BIG_DATA)
BOOK = summary_of(row("주택정책담당관", 100_000), row("주거정비담당관", 50_000))


def labels(chart):
    return [row["text"] for row in chart.build().layout.meta["rows"]]


def shown(table):
    return [[text_of(*pair) for pair in zip(table.columns, one.cells, strict=True)] for one in table.rows]


def test_rates_come_highest_first_with_accounts_under_their_department():
    figure = rate_figure(SUMMARY)
    assert labels(figure) == [
        "계",
        "빅데이터담당관",
        "정보통신보안담당관",
        "일반회계",
        "특별회계",
        "데이터센터",
    ]
    assert [row["level"] for row in figure.build().layout.meta["rows"]] == [0, 0, 0, 1, 1, 0]
    assert [round(value, 1) for value in figure.build().data[1].x] == [60.7, 88.3, 56.5, 74.5, 18.3, 54.9]
    assert (figure.name, figure.unit, figure.as_of) == ("rates", "%, %p", date(2022, 8, 29))


def test_the_table_beside_the_rates_has_the_same_rows():
    table = rate_figure(SUMMARY).table
    assert table.name == "rates-rows"
    assert shown(table)[0] == ["계", "95,240,528", "57,775,173", "60.7%", "△5.4", "37,465,355"]
    assert shown(table)[4] == ["특별회계", "10,764,413", "1,968,275", "18.3%", "△47.7", "8,796,138"]
    assert [(one.total, one.level) for one in table.rows] == [
        (True, 0),
        (False, 0),
        (False, 0),
        (False, 1),
        (False, 1),
        (False, 0),
    ]


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
    assert figure.build().data[0].x == (25_157_481, 20_783_676, 3_763_898, 609_907, -7_190_579, 7_800_486)
    assert shown(figure.table)[4] == ["일반회계", "22,952,023", "30,142,602", "△7,190,579", "△23.9%"]


def test_departments_without_a_last_year_have_no_change_to_draw():
    new = row("새 부서", 10)
    figure = change_figure(summary_of(BIG_DATA, new, previous=11_053_517))
    assert labels(figure) == ["계", "빅데이터담당관"]


def test_a_net_increase_has_no_rate():
    table = change_figure(summary_of(row("새 부서", 10, 0))).table
    assert shown(table)[1] == ["새 부서", "10", "-", "10", "순증"]


def test_sizes_come_largest_first():
    figure = size_figure(SUMMARY)
    assert labels(figure) == ["데이터센터", "정보통신보안담당관", "빅데이터담당관"]
    assert figure.build().data[0].x == (467.06677, 337.16436, 148.17415)
    assert figure.build().data[1].x == (256.40449, 190.56893, 130.77831)
    assert figure.build().data[2].x == (259.23001, 331.06529, 110.53517)
    assert (
        figure.summary
        == "남은 374.7억 원 가운데 데이터센터에 210.7억 원, 정보통신보안담당관에 146.6억 원이 있습니다."
    )


def test_a_second_page_may_give_a_figure_its_own_name():
    assert (rate_figure(SUMMARY, "home-rates").table.name, change_figure(SUMMARY, "home-changes").name) == (
        "home-rates-rows",
        "home-changes",
    )


@pytest.mark.parametrize("summary", [SUMMARY, BOOK], ids=["execution", "book"])
@pytest.mark.parametrize("build", [rate_figure, change_figure, size_figure])
def test_plotly_takes_every_figure(summary, build):
    assert build(summary).build().data


def test_without_execution_bars_are_left_out():
    assert rate_figure(BOOK).build().data[1].x == (None, None, None)
    assert size_figure(BOOK).build().data[1].x == (None, None)
    assert [shown(rate_figure(BOOK).table)[0]] == [["계", "150,000", "-", "-", "-", "-"]]

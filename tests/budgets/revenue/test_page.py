from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from budgets.revenue import page
from budgets.revenue.tree import Node, Revenue, revenue
from core.snapshot import Snapshot
from seoul_digital.lib import amounts
from seoul_digital.lib.reported import reported_rate
from seoul_digital.lib.tables import computed_text_of, text_of
from tests.budgets.plain import won
from tests.factories import NOBODY, earn, make_bureau, make_source, snapshot_of


@pytest.fixture
def report(seeded):
    return revenue(Snapshot.from_query(NOBODY, {}))


def leaf(name, current, previous=None):
    change = None if previous is None or current is None else current - previous
    return Node(
        name,
        name,
        1,
        *(won(None if one is None else one * 1000) for one in (current, previous, change)),
        reported_rate("순증" if previous == 0 else previous and amounts.change_rate(current, previous)),
    )


def plain(*leaves):
    """A tree of leaves under the total, in 천원."""

    def total(name):
        known = [amount.computed for node in leaves if (amount := getattr(node, name)).computed is not None]
        return won(sum(known) if known else None)

    rate = reported_rate(amounts.change_rate(total("current").computed, total("previous").computed))
    return Revenue(
        2022,
        date(2022, 8, 29),
        Node("", "계", 0, total("current"), total("previous"), total("change"), rate, leaves),
    )


def shown(table):
    return [[text_of(*pair) for pair in zip(table.columns, row.cells, strict=True)] for row in table.rows]


def test_the_reports_table(report):
    table = page.revenue_table(report)
    rows = shown(table)
    assert len(rows) == 19
    assert rows[0] == ["계", "17,370,899", "16,817,627", "+553,272", "+3.3%"]
    assert rows[1] == ["세외수입", "14,850,806", "11,546,287", "+3,304,519", "+28.6%"]
    assert rows[4] == ["주차요금수입", "642,720", "-", "+642,720", "순증"]
    assert rows[8] == ["임시적세외수입", "954,794", "893,020", "+61,774", "+6.9%"]
    assert rows[-1] == ["국고보조금사용잔액", "28,515", "6,128", "+22,387", "+365.3%"]
    assert [(row.level, row.total) for row in table.rows][:4] == [
        (0, True),
        (0, False),
        (1, False),
        (2, False),
    ]
    assert [column.one_line_label for column in table.columns] == [
        "구분",
        "2022 예산현액",
        "2021 최종예산",
        "증감액",
        "증감률",
    ]


def test_the_reports_misprint_has_the_computed_figures_beside_it(report):
    table = page.revenue_table(report)
    marked = {
        row.cells[0]: [computed_text_of(*pair) for pair in zip(table.columns, row.cells, strict=True)]
        for row in table.rows
        if any(computed_text_of(*pair) for pair in zip(table.columns, row.cells, strict=True))
    }
    assert marked == {"임시적세외수입": ["", "5,878,506", "2,422,479", "+3,456,027", "+142.7%"]}
    assert table.notes == [
        "◆ 원문에 적힌 값이 아래 항목을 더한 값과 다릅니다. 적힌 값을 그대로 두고 계산한 값을 함께 보입니다."
    ]


def test_without_a_misprint_there_is_no_note():
    assert page.revenue_table(plain(leaf("임대료", 10, 5))).notes == []


def test_the_reports_sentences(report):
    assert (
        page.lead(report)
        == "<span>2022년 세입 예산현액은 <b>173.7억 원</b>으로 2021 최종예산보다 <b>3.3%</b> 늘었습니다.</span>"
    )
    assert page.table_sentence(report) == "가장 큰 과목은 공유재산임대료(78.8억 원, 전체의 45.3%)입니다."
    assert (
        page.disagreement_sentence(report) == "원문에 적힌 ‘임시적세외수입’ 소계가 아래 항목의 합과 다릅니다."
    )
    assert page.change_sentence(report) == (
        "가장 많이 늘어난 과목은 자치단체간부담금(+32.2억 원)이고, 가장 많이 줄어든 과목은 보조금(△27.7억 원)입니다."
    )


@pytest.mark.parametrize(
    ("leaves", "sentence"),
    [
        (
            [leaf("가", 400_000, 500_000)],
            "<span>2022년 세입 예산현액은 <b>4.0억 원</b>으로 2021 최종예산보다 <b>20.0%</b> 줄었습니다.</span>",
        ),
        ([leaf("가", 400_000, 0)], "<span>2022년 세입 예산현액은 <b>4.0억 원</b>입니다.</span>"),
        ([leaf("가", 400_000)], "<span>2022년 세입 예산현액은 <b>4.0억 원</b>입니다.</span>"),
    ],
)
def test_lead(leaves, sentence):
    assert page.lead(plain(*leaves)) == sentence


def test_no_revenue_at_all():
    assert page.table_sentence(plain(leaf("가", 0, 5))) == "2022년 세입은 0원입니다."


def test_all_subtotals_agree():
    assert (
        page.disagreement_sentence(plain(leaf("가", 1)))
        == "원문에 적힌 소계와 합계가 아래 항목의 합과 모두 맞습니다."
    )


@pytest.mark.parametrize(
    ("leaves", "sentence"),
    [
        ([leaf("가", 7, 5), leaf("나", 9, 8)], "가장 많이 늘어난 과목은 가(+2,000원)입니다."),
        ([leaf("가", 5, 7), leaf("나", 8, 9)], "가장 많이 줄어든 과목은 가(△2,000원)입니다."),
        ([leaf("가", 5, 5)], "2021 최종예산과 달라진 과목이 없습니다."),
        ([leaf("가", 5), leaf("나", 3)], "2021 최종예산은 이 자료에 없습니다."),
    ],
)
def test_changes(leaves, sentence):
    assert page.change_sentence(plain(*leaves)) == sentence


def test_sizes_come_largest_first(report):
    figure = page.size_figure(report).build()
    assert [row["text"] for row in figure.layout.meta["rows"]][:3] == [
        "공유재산임대료",
        "자치단체간부담금",
        "보조금",
    ]
    assert figure.data[0].x[:3] == (78.76967, 47.60962, 24.91578)
    assert figure.data[0].text[:3] == ("78.8억 원", "47.6억 원", "24.9억 원")


def test_changes_come_largest_rise_first_and_unknown_ones_are_left_out():
    figure = page.change_figure(plain(leaf("가", 5, 7), leaf("나", 9, 0), leaf("다", 3))).build()
    assert [row["text"] for row in figure.layout.meta["rows"]] == ["나", "가"]
    assert figure.data[0].x == (9e-05, -2e-05)
    assert figure.data[0].customdata == ("나<br>증감액 +9,000원<br>순증", "가<br>증감액 △2,000원<br>△28.6%")


def test_where_no_last_year_is_known_nothing_is_drawn():
    assert page.change_figure(plain(leaf("가", 5), leaf("나", 3))) is None


def test_a_rate_that_disagrees_is_shown_as_printed():
    node = Node(
        "가", "가", 1, won(110_000), won(100_000), won(10_000), reported_rate(Fraction(10), Decimal(9))
    )
    table = page.revenue_table(Revenue(2022, date(2022, 8, 29), node))
    assert (
        text_of(table.columns[4], table.rows[0].cells[4]),
        computed_text_of(table.columns[4], table.rows[0].cells[4]),
    ) == ("+9.0%", "+10.0%")


def test_english_says_whole_sentences_and_marks_names(report):
    with translation.override("en"):
        assert page.disagreement_sentence(report) == (
            'The printed subtotals of ‘<span lang="ko">임시적세외수입</span>’ differ from the sums of the items below them.'
        )
        assert page.change_sentence(plain(leaf("가", 5, 5))) == "No item changed from the 2021 final budget."


@pytest.mark.django_db
def test_trend_has_the_budget_of_each_base_date_of_the_year():
    bureau = make_bureau()
    for on, amount in (("2022-03-31", 17_000_000), ("2022-08-29", 17_370_000)):
        earn(make_source(bureau, "revenue", on), "임대료", {2022: amount, 2021: 16_000_000})
    earn(make_source(bureau, "revenue", "2021-12-31"), "임대료", {2021: 16_000_000})
    snapshot = snapshot_of(bureau)
    chart = page.trend_figure(snapshot, revenue(snapshot))
    assert chart.summary == "2022. 3. 31.에 170.0억 원, 2022. 8. 29.에 173.7억 원입니다."
    assert chart.build().data[0].y == (170.0, 173.7)
    early = snapshot_of(bureau, "2022-03-31")
    assert page.trend_figure(early, revenue(early)) is None


@pytest.mark.django_db
def test_trend_of_many_dates_asks_no_more_than_that_of_few(django_assert_num_queries):
    bureau = make_bureau()
    for month in range(1, 10):
        earn(make_source(bureau, "revenue", f"2022-{month:02}-15"), "임대료", {2022: month * 1_000_000})
    snapshot = snapshot_of(bureau)
    shown = revenue(snapshot)
    with django_assert_num_queries(4):  # the version, figures, items and printed totals
        chart = page.trend_figure(snapshot, shown)
    assert chart.build().data[0].y == (10, 20, 30, 40, 50, 60, 70, 80, 90)

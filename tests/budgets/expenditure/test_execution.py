from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from budgets.expenditure import execution
from core.snapshot import Snapshot
from tests.budgets.plain import BIG_DATA, CENTER, PACE, SECURITY, printed, row, summary_of
from tests.factories import NOBODY, make_bureau, make_expenditure, make_unit, print_total, snapshot_of, spend


@pytest.fixture
def report(seeded):
    return execution.summary(Snapshot.from_query(NOBODY, {}))


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def policy(db):
    return make_unit("policy", "주택정책담당관")


# The report


def test_the_reports_totals(report):
    total = report.total
    assert (report.fiscal_year, report.previous_year, report.as_of, report.pace) == (
        2022,
        2021,
        date(2022, 8, 29),
        PACE,
    )
    assert (total.current, total.previous, total.committed) == (
        143_204_842_000,
        121_405_762_000,
        95_839_631_000,
    )
    assert (total.change, total.unexecuted) == (21_799_080_000, 47_365_211_000)
    assert total.rate == Fraction(95_839_631, 143_204_842) * 100
    assert report.committed(total).shown == 95_839_632_000  # as printed


def test_the_reports_departments_in_its_order(report):
    assert [row.label for row in report.departments] == [
        "디지털정책담당관", "빅데이터담당관", "정보시스템담당관", "정보공개담당관", "공간정보담당관", "정보통신보안담당관", "데이터센터", "서울기록원",
    ]  # fmt: skip


def test_the_reports_accounts_stand_under_their_department(report):
    security = report.department("ict-security")
    assert (security.current, security.committed, security.previous) == (
        33_716_436_000,
        19_056_893_000,
        33_106_529_000,
    )
    general, special = security.accounts
    assert (general.label, general.account, general.current, general.committed) == (
        "일반회계",
        "general",
        22_952_023_000,
        17_088_618_000,
    )
    assert (special.full_label, special.subject) == ("정보통신보안담당관 특별회계", "ict-security/special")
    assert report.department("data-center").accounts == ()
    assert report.department("none") is None


def test_what_is_behind_the_pace_comes_farthest_first(report):
    assert [row.full_label for row in report.behind] == [
        "정보통신보안담당관 특별회계",
        "데이터센터",
        "정보통신보안담당관",
    ]


def test_the_reports_notes_and_printed_figures(report):
    assert report.notes == ("※ ´22년 당초예산 + 이월액 + 이체 = ´22년 예산현액", "※ 집행액은 원인행위 기준")
    assert report.rate(report.department("data-center")).printed == Decimal("54.9")
    assert report.previous(report.total).printed == 121_405_762_000
    assert report.committed(report.department("data-center")).printed is None


# Sources


def test_no_expenditure_no_summary(bureau):
    make_expenditure(bureau, "2022-08-29", state="draft")
    make_expenditure(bureau, "2022-08-29")
    assert execution.summary(snapshot_of(bureau, "2022-01-01")) is None


def test_only_the_sources_of_the_newest_kind_are_read_for_last_year(bureau, policy):
    """An execution source of last year's spring does not stand in for last year's final budget."""
    spring = make_expenditure(bureau, "2021-04-30", 2021)
    spend(spring, policy, 70, 7)
    final = make_expenditure(bureau, "2022-01-31", 2021, "book")
    spend(final, policy, 90)
    now = make_expenditure(bureau, "2022-08-29", 2022)
    spend(now, policy, 100, 60)
    total = execution.summary(snapshot_of(bureau)).total
    assert (total.current, total.previous, total.committed) == (100_000, 90_000, 60_000)
    assert execution.summary(snapshot_of(bureau, "2021-12-31")).total.committed == 7_000


def test_execution_is_preferred_to_a_later_book_of_the_same_year(bureau, policy):
    spend(make_expenditure(bureau, "2022-06-30"), policy, 100, 60)
    spend(make_expenditure(bureau, "2022-07-31", kind="book"), policy, 120)
    summary = execution.summary(snapshot_of(bureau))
    assert (summary.total.current, summary.total.committed, summary.as_of) == (
        100_000,
        60_000,
        date(2022, 6, 30),
    )


def test_a_book_alone_knows_no_execution(bureau, policy):
    spend(make_expenditure(bureau, "2022-11-11", 2023, "book"), policy, 100)
    summary = execution.summary(snapshot_of(bureau))
    assert (summary.fiscal_year, summary.pace) == (2023, 0)
    assert (summary.total.current, summary.total.committed, summary.total.rate, summary.total.unexecuted) == (
        100_000,
        None,
        None,
        None,
    )
    assert (summary.total.previous, summary.total.change) == (None, None)
    assert summary.behind == []
    assert summary.gap(summary.total) is None


def test_the_figures_are_dated_by_their_newest_source(bureau, policy):
    spend(make_expenditure(bureau, "2022-03-31"), policy, 100, 10, "general")
    spend(make_expenditure(bureau, "2022-06-30", account="special"), policy, 50, 25, "special")
    summary = execution.summary(snapshot_of(bureau, "2022-08-29"))
    assert summary.as_of == date(2022, 6, 30)
    assert summary.pace == Fraction(181, 365)
    assert (summary.total.current, summary.total.committed) == (150_000, 35_000)


def test_a_note_of_two_sources_is_said_once(bureau, policy):
    spend(make_expenditure(bureau, "2022-03-31", notes="※ 가\n※ 나"), policy, 1)
    make_expenditure(bureau, "2022-06-30", account="special", notes="※ 나")
    assert execution.summary(snapshot_of(bureau)).notes == ("※ 나", "※ 가")


# Rows


def test_a_department_that_is_gone_counts_in_last_years_total(bureau, policy):
    last = make_expenditure(bureau, "2022-08-29", 2021, "book")
    spend(last, make_unit("gone"), 30)
    spend(last, policy, 70)
    spend(make_expenditure(bureau, "2022-08-29"), policy, 110, 11)
    summary = execution.summary(snapshot_of(bureau))
    assert [row.slug for row in summary.departments] == ["policy"]
    assert (summary.total.previous, summary.total.change) == (100_000, 10_000)


def test_a_new_department_has_no_budget_of_last_year(bureau, policy):
    spend(make_expenditure(bureau, "2022-08-29", 2021, "book"), policy, 70)
    new = make_unit("new")
    now = make_expenditure(bureau, "2022-08-29")
    spend(now, policy, 70, 0)
    spend(now, new, 10, 0)
    row = execution.summary(snapshot_of(bureau)).department("new")
    assert (row.previous, row.change, row.rate) == (None, None, 0)


def test_an_account_is_named_by_its_own_name_and_else_by_its_kind(bureau, policy):
    now = make_expenditure(bureau, "2022-08-29")
    spend(now, policy, 1, account="general", order=1)
    spend(now, policy, 2, account="special", account_name="교통사업특별회계", order=2)
    general, special = execution.summary(snapshot_of(bureau)).department("policy").accounts
    assert (general.label, general.subject) == ("일반회계", "policy/general")
    assert (special.label, special.subject) == ("교통사업특별회계", "policy/교통사업특별회계")


def test_accounts_of_which_last_year_gives_the_sum_only(bureau, policy):
    spend(make_expenditure(bureau, "2022-08-29", 2021, "book"), policy, 70)
    now = make_expenditure(bureau, "2022-08-29")
    spend(now, policy, 80, account="general")
    spend(now, policy, 20, account="special")
    row = execution.summary(snapshot_of(bureau)).department("policy")
    assert row.previous == 70_000
    assert [account.previous for account in row.accounts] == [None, None]


# A division of one account


@pytest.fixture
def by_line(bureau, policy):
    """Two lines of one account each of two divisions, as an import by line leaves them."""
    now = make_expenditure(bureau, "2022-08-29")
    other = make_unit("housing", "공동주택담당관")
    for order, (unit, current) in enumerate([(policy, 60), (policy, 40), (other, 10), (other, 5)]):
        spend(now, unit, current, 1, account="general", detailed=f"사업 {order}", order=order)
    return now


def test_an_account_that_stands_alone_is_no_row(bureau, by_line):
    summary = execution.summary(snapshot_of(bureau))
    assert [(row.label, row.current) for row in summary.rows] == [
        ("주택정책담당관", 100_000),
        ("공동주택담당관", 15_000),
    ]


def test_a_second_account_makes_both_rows(bureau, policy, by_line):
    spend(by_line, policy, 7, account="special", account_name="교통사업특별회계", order=9)
    summary = execution.summary(snapshot_of(bureau))
    assert [row.full_label for row in summary.rows] == [
        "주택정책담당관",
        "주택정책담당관 일반회계",
        "주택정책담당관 교통사업특별회계",
        "공동주택담당관",
    ]


def test_an_account_that_the_source_prints_stays_a_row(bureau, by_line):
    print_total(by_line, "current_budget", 100_000, "100", "policy/general", 2022)
    summary = execution.summary(snapshot_of(bureau))
    assert [row.label for row in summary.rows] == ["주택정책담당관", "일반회계", "공동주택담당관"]


def test_the_figure_of_a_single_line_is_known_to_its_division(bureau, policy):
    figure = spend(make_expenditure(bureau, "2022-08-29"), policy, 80, account="general")
    before = spend(make_expenditure(bureau, "2022-08-29", 2021, "book"), policy, 70)
    row = execution.summary(snapshot_of(bureau)).department("policy")
    assert (row.key, row.previous_key) == (figure.pk, before.pk)


# One account alone


def test_one_account_across_the_divisions_of_the_report(seeded):
    snapshot = Snapshot.from_query(NOBODY, {})
    special = execution.account_summary(snapshot, "special")
    assert [(row.label, row.subject, row.current) for row in special.departments] == [
        ("정보통신보안담당관", "ict-security/special", 10_764_413_000)
    ]
    assert (special.total.current, special.total.previous) == (10_764_413_000, 2_963_927_000)
    assert special.title("세출") == "세출(특별회계)"
    assert special.notes[-1] == "※ 회계가 적히지 않은 7개 부서는 들어 있지 않습니다."


def test_what_is_printed_of_the_whole_is_not_of_an_account(bureau, by_line):
    print_total(by_line, "current_budget", 900_000, "900", "", 2022)
    print_total(by_line, "current_budget", 901_000, "901", "policy", 2022)
    part = execution.account_summary(snapshot_of(bureau), "general")
    assert part.current(part.total).printed is None
    assert part.current(part.department("policy")).printed is None


def test_several_accounts_of_a_kind_stand_under_their_division(bureau, policy, by_line):
    for order, name in enumerate(("교통사업특별회계", "주택사업특별회계"), 10):
        spend(by_line, policy, order, account="special", account_name=name, order=order)
    part = execution.account_summary(snapshot_of(bureau), "special")
    assert [(row.label, row.current) for row in part.rows] == [
        ("주택정책담당관", 21_000),
        ("교통사업특별회계", 10_000),
        ("주택사업특별회계", 11_000),
    ]
    named = execution.account_summary(snapshot_of(bureau), "주택사업특별회계")
    assert [(row.label, row.current) for row in named.rows] == [("주택정책담당관", 11_000)]


def test_an_account_of_last_year_alone_counts_in_last_years_total(bureau, policy):
    spend(make_expenditure(bureau, "2022-08-29"), policy, 80, account="general")
    before = make_expenditure(bureau, "2022-08-29", 2021, "book")
    spend(before, policy, 70, account="general")
    spend(before, make_unit("gone"), 30, account="general")
    spend(before, policy, 9, account="special")
    assert execution.account_summary(snapshot_of(bureau), "general").total.previous == 100_000


def test_the_accounts_of_the_year(bureau, policy):
    now = make_expenditure(bureau, "2022-08-29")
    spend(now, policy, 1, account="special", account_name="교통사업특별회계")
    spend(now, policy, 2, account="general")
    spend(now, policy, 3)
    assert execution.accounts_of(snapshot_of(bureau)) == {
        "general": "일반회계",
        "special": "특별회계",
        "교통사업특별회계": "교통사업특별회계",
    }
    assert execution.accounts_of(snapshot_of(bureau, "2021-01-01")) == {}


def test_an_unknown_execution_of_one_department_leaves_the_total_unknown(bureau, policy):
    now = make_expenditure(bureau, "2022-08-29")
    spend(now, policy, 100, 50)
    spend(now, make_unit("other"), 100)
    summary = execution.summary(snapshot_of(bureau))
    assert summary.total.committed is None
    assert summary.department("policy").committed == 50_000


# The total as printed


def test_a_printed_total_within_rounding_is_shown_without_a_mark():
    summary = summary_of(
        SECURITY, CENTER, BIG_DATA, totals=printed(committed=57_775_174_000, current_budget=95_240_529_000)
    )
    committed, current = summary.committed(summary.total), summary.current(summary.total)
    assert (committed.shown, committed.computed) == (57_775_174_000, 57_775_173_000)
    assert (current.shown, current.computed) == (95_240_529_000, 95_240_528_000)
    assert not committed.disagrees and not current.disagrees


def test_a_printed_total_that_disagrees_is_shown_with_the_computed_one_beside_it():
    summary = summary_of(CENTER, totals=printed(current_budget=1_000_000))
    current = summary.current(summary.total)
    assert (current.shown, current.computed, current.disagrees) == (1_000_000, 46_706_677_000, True)
    assert summary.rate(summary.total).shown == summary.total.rate  # of the computed amounts


def test_an_unknown_execution_shows_the_printed_one():
    unknown = summary_of(replace(CENTER, committed=None), totals=printed(committed=25_640_449_000))
    assert unknown.total.committed is None
    assert unknown.committed(unknown.total).shown == 25_640_449_000


def test_leaves_are_accounts_and_departments_without_any():
    assert [leaf.label for leaf in summary_of(SECURITY, CENTER).leaves] == [
        "일반회계",
        "특별회계",
        "데이터센터",
    ]
    assert [one.label for one in summary_of(SECURITY, CENTER).rows] == [
        "정보통신보안담당관",
        "일반회계",
        "특별회계",
        "데이터센터",
    ]


def test_the_gap_is_of_exact_values():
    summary = summary_of(CENTER)
    assert summary.gap(CENTER) == Fraction(25_640_449, 46_706_677) * 100 - Fraction(241, 365) * 100


def test_a_zero_budget_has_no_rate():
    empty = row("새 부서", 0, 0, 0)
    assert (empty.rate, empty.change, empty.unexecuted) == (None, 0, 0)
    assert summary_of(empty).behind == []


def test_a_book_speaks_for_what_a_limited_execution_leaves_out(bureau):
    """One department's file does not hide the others' budgets."""
    one, two = make_unit("one", "1과"), make_unit("two", "2과")
    book = make_expenditure(bureau, "2022-01-31", kind="book")
    spend(book, one, 100)
    spend(book, two, 200)
    limited = make_expenditure(bureau, "2022-06-30", department=one)
    spend(limited, one, 110, committed=40)
    found = execution.summary(snapshot_of(bureau))
    thousand = 1_000
    assert [(row.label, row.current // thousand, row.committed) for row in found.departments] == [
        ("1과", 110, 40 * thousand),
        ("2과", 200, None),
    ]

from datetime import date
from fractions import Fraction

import pytest

from budgets.models import RevenueItem
from budgets.revenue.tree import figures_and_items, revenue
from core import integrity
from core.integrity import Level
from core.snapshot import Snapshot
from tests.budgets.plain import won
from tests.factories import NOBODY, earn, make_bureau, make_source, print_total, snapshot_of


@pytest.fixture
def report(seeded):
    return revenue(Snapshot.from_query(NOBODY, {}))


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def source(bureau):
    return make_source(bureau, "revenue", "2022-06-30", notes="※ 가")


def test_items_know_those_above_them_without_a_query_of_their_own(source, bureau, django_assert_num_queries):
    earn(source, "가", {2022: 7}, earn(source, "위", {}))
    snapshot = snapshot_of(bureau)
    with django_assert_num_queries(1):
        figures, items = figures_and_items(snapshot)
        assert [(figure.item.name, figure.item.parent.name) for figure in figures] == [("가", "위")]
    assert {item.name for item in items} >= {"가", "위"}


def node(report, name):
    return next(one for one in report.root.walk() if one.name == name)


def test_the_reports_total(report):
    root = report.root
    assert (report.fiscal_year, report.previous_year, report.as_of) == (2022, 2021, date(2022, 8, 29))
    assert (root.name, root.level, root.slug) == ("계", 0, "")
    assert (root.current.shown, root.current.computed) == (17_370_899_000, 17_370_899_000)
    assert (root.previous.shown, root.change.shown) == (16_817_627_000, 553_272_000)
    assert root.rate.computed == Fraction(553_272, 16_817_627) * 100


def test_the_reports_tree(report):
    assert [(one.level, one.name) for one in report.root.walk()][:5] == [
        (0, "계"), (1, "세외수입"), (2, "경상적세외수입"), (3, "공유재산임대료"), (3, "주차요금수입"),
    ]  # fmt: skip
    assert [child.name for child in report.root.children] == ["세외수입", "보조금", "국고보조금사용잔액"]
    assert len(report.root.leaves) == 14


def test_the_subtotal_that_the_report_misprints(report):
    wrong = node(report, "임시적세외수입")
    assert report.disagreements == [wrong]
    assert (wrong.current.shown, wrong.current.computed) == (954_794_000, 5_878_506_000)
    assert (wrong.previous.shown, wrong.previous.computed) == (893_020_000, 2_422_479_000)
    assert wrong.change.disagrees
    assert wrong.rate.disagrees
    assert not node(report, "세외수입").current.disagrees


def test_a_net_increase_has_no_rate(report):
    assert node(report, "주차요금수입").rate.shown == "순증"
    assert not node(report, "주차요금수입").rate.disagrees


def test_no_revenue(bureau):
    make_source(bureau, "duties", "2022-06-30")
    assert revenue(snapshot_of(bureau)) is None


def test_a_source_without_figures(bureau, source):
    assert revenue(snapshot_of(bureau)) is None


def test_only_the_newest_source_counts(bureau, source):
    earn(source, "임대료", {2022: 100, 2021: 90})
    newer = make_source(bureau, "revenue", "2022-08-29")
    earn(newer, "보조금", {2022: 10})
    found = revenue(snapshot_of(bureau))
    assert [one.name for one in found.root.walk()] == ["계", "보조금"]
    assert (found.as_of, found.notes) == (date(2022, 8, 29), ())
    assert revenue(snapshot_of(bureau, "2022-08-28")).notes == ("※ 가",)


def test_the_newest_fiscal_year_stands_beside_the_one_before(bureau, source):
    earn(source, "임대료", {2020: 80, 2021: 90, 2022: 100})
    root = revenue(snapshot_of(bureau)).root
    assert (root.current.shown, root.previous.shown) == (100_000, 90_000)


def test_items_without_figures_are_left_out_with_their_parents(bureau, source):
    empty = earn(source, "빈과목", {})
    earn(source, "빈세목", {2022: None}, parent=empty)
    earn(source, "임대료", {2022: 0})
    root = revenue(snapshot_of(bureau)).root
    assert [one.name for one in root.walk()] == ["계", "임대료"]
    assert root.current.shown == 0


def test_an_item_of_last_year_only(bureau, source):
    earn(source, "임대료", {2022: 100, 2021: 90})
    earn(source, "폐지과목", {2021: 10})
    root = revenue(snapshot_of(bureau)).root
    gone = root.children[1]
    assert (gone.current.computed, gone.change.computed, gone.rate.shown) == (None, None, None)
    assert (root.previous.shown, root.change.shown) == (100_000, 0)


def test_rounding_is_no_disagreement(bureau, source):
    parent = earn(source, "수입", {})
    earn(source, "가", {2022: 10, 2021: 1}, parent)
    earn(source, "나", {2022: 10, 2021: 1}, parent)
    print_total(source, "current_budget", 21_000, "21", "수입", 2022)
    print_total(source, "current_budget", 4_000, "4", "수입", 2021)
    item = revenue(snapshot_of(bureau)).root.children[0]
    assert (item.current.shown, item.current.disagrees) == (21_000, False)
    assert (item.previous.shown, item.previous.disagrees) == (4_000, True)


@pytest.mark.parametrize(
    ("amount", "shown", "disagrees"),
    [
        (won(10_000), 10_000, False),
        (won(10_000, 10_500), 10_500, False),
        (won(10_000, 10_501), 10_501, True),
        (won(None, 5_000), 5_000, False),
        (won(None), None, False),
    ],
)
def test_the_printed_amount_is_shown(amount, shown, disagrees):
    assert (amount.shown, amount.disagrees) == (shown, disagrees)


@pytest.mark.parametrize(
    ("value", "printed", "shown", "disagrees"),
    [
        (None, "순증", "순증", True),  # there was something last year
        (10, "10.0", 10, False),
        (9, "9.0", 9, True),
    ],
)
def test_the_printed_rate_is_held_against_the_computed_one(bureau, source, value, printed, shown, disagrees):
    earn(source, "가", {2022: 110, 2021: 100})
    print_total(source, "change_rate", value, printed, "가", 2022)
    (node,) = revenue(snapshot_of(bureau)).root.children
    assert (node.rate.shown, node.rate.computed, node.rate.disagrees) == (shown, 10, disagrees)


def test_figures_that_nothing_leads_to_are_found(bureau, source):
    """Past `clean`, as an import of another program may write them."""
    top = earn(source, "top", {2022: 10})
    earn(source, "under", {2022: 7}, parent=top)
    first, second = earn(source, "first", {2022: 5, 2020: 1}), earn(source, "second", {2021: 3})
    RevenueItem.objects.filter(pk=first.pk).update(parent=second)
    RevenueItem.objects.filter(pk=second.pk).update(parent=first)
    snapshot = snapshot_of(bureau)
    assert revenue(snapshot).root.current.computed == 7_000
    lost = [
        finding
        for finding in integrity.run(snapshot, ["revenue", "expenditure"])
        if finding.id.startswith("revenue.counted/")
    ]
    assert [(finding.id, finding.level, finding.printed) for finding in lost] == [
        ("revenue.counted/top/2022", Level.ERROR, 10),
        ("revenue.counted/first/2022", Level.ERROR, 5),
        ("revenue.counted/second/2021", Level.ERROR, 3),
    ]

"""As-of: of each scope the newest source in force on or before the date counts, alone."""

from datetime import date
from fractions import Fraction

import pytest

from core.models import Source
from core.snapshot import Snapshot, address
from departments.models import Department, User
from tests.factories import (
    NOBODY,
    make_bureau,
    make_expenditure,
    make_source,
    make_unit,
    place,
    snapshot_of,
    succeed,
)

pytestmark = pytest.mark.engine


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def winter(bureau):
    return make_source(bureau, "staffing", "2022-01-31")


@pytest.fixture
def summer(bureau):
    return make_source(bureau, "staffing", "2022-06-30")


def test_the_default_date_is_the_newest_in_force_and_never_today(bureau, winter, summer):
    snapshot = snapshot_of(bureau)
    assert snapshot.as_of == date(2022, 6, 30)
    assert snapshot.asked.on is None
    assert snapshot.base_dates == [date(2022, 6, 30), date(2022, 1, 31)]
    assert snapshot.source("staffing") == summer


@pytest.mark.parametrize(
    ("as_of", "counts"),
    [
        ("2022-01-30", None),
        ("2022-01-31", "winter"),
        ("2022-06-29", "winter"),
        ("2022-06-30", "summer"),
        ("2030-01-01", "summer"),
    ],
)
def test_the_newest_on_or_before_the_date_counts(bureau, winter, summer, as_of, counts):
    snapshot = snapshot_of(bureau, as_of)
    assert snapshot.asked.on
    assert snapshot.source("staffing") == {"winter": winter, "summer": summer, None: None}[counts]


def test_a_scope_is_dated_by_its_own_sources(bureau, winter, summer):
    duties = make_source(bureau, "duties", "2021-01-01")
    snapshot = snapshot_of(bureau)
    assert snapshot.source("duties") == duties
    assert snapshot.source("vision") is None


def test_of_the_same_date_the_later_received_wins(bureau):
    make_source(bureau, "staffing", "2022-06-30", received="2022-07-02")
    late = make_source(bureau, "staffing", "2022-06-30", received="2022-07-05")
    make_source(bureau, "staffing", "2022-06-30", received="2022-07-01")
    assert snapshot_of(bureau).source("staffing") == late


def test_of_the_same_time_the_later_entered_wins(bureau):
    make_source(bureau, "staffing", "2022-06-30")
    later = make_source(bureau, "staffing", "2022-06-30")
    assert snapshot_of(bureau).source("staffing") == later


def test_withdrawing_brings_the_one_before_back(bureau, winter, summer):
    summer.state = Source.State.WITHDRAWN
    summer.save()
    snapshot = snapshot_of(bureau)
    assert snapshot.as_of == date(2022, 1, 31)
    assert snapshot.source("staffing") == winter


def test_a_draft_is_not_read_until_it_comes_into_force(bureau, winter):
    draft = make_source(bureau, "staffing", "2022-06-30", state="draft")
    assert snapshot_of(bureau).base_dates == [date(2022, 1, 31)]
    assert snapshot_of(bureau, "2022-12-31").source("staffing") == winter
    draft.state = Source.State.IN_FORCE
    draft.save()
    assert snapshot_of(bureau).source("staffing") == draft


def test_a_bureau_of_drafts_is_no_choice(bureau):
    make_source(bureau, "staffing", "2022-06-30", state="draft")
    snapshot = snapshot_of(bureau)
    assert bureau not in snapshot.bureaus
    assert snapshot.error == "‘housing-bureau’라는 국·정책관의 자료가 없습니다."


def test_sources_of_a_series_come_newest_first(bureau, winter, summer):
    assert snapshot_of(bureau).sources_of("staffing") == [summer, winter]
    assert snapshot_of(bureau, "2022-03-01").sources_of("staffing") == [winter]


def test_what_counts_is_the_newest_of_each_scope_and_all_of_expenditure(bureau, winter, summer):
    whole = make_expenditure(bureau, "2022-03-31")
    special = make_expenditure(bureau, "2022-06-30", account="special")
    assert snapshot_of(bureau).in_force == [summer, special, whole]


def test_a_date_before_all_data_is_empty(bureau, winter):
    snapshot = snapshot_of(bureau, "2021-12-31")
    assert snapshot.is_empty
    assert snapshot.as_of == date(2021, 12, 31)
    assert snapshot.base_dates == [date(2022, 1, 31)]
    assert snapshot.fiscal_year is None
    assert not snapshot.error


def test_a_date_that_cannot_be_read_is_an_error_beside_the_default(bureau, winter):
    snapshot = snapshot_of(bureau, "2022-02-30")
    assert (snapshot.error, snapshot.error_status) == (
        "기준일 ‘2022-02-30’을 읽을 수 없습니다. 달력에 없는 날짜입니다.",
        400,
    )
    assert snapshot.as_of == date(2022, 1, 31)


def test_an_unknown_bureau_is_not_found(seeded):
    snapshot = Snapshot.from_query(NOBODY, {"bureau": "x" * 60})
    assert snapshot.bureau is None
    assert snapshot.error_status == 404
    assert snapshot.error == f"‘{'x' * 40}’라는 국·정책관의 자료가 없습니다."


def test_links_carry_only_what_was_asked_for(seeded):
    assert Snapshot.from_query(NOBODY, {"page": "2"}).query == {}
    asked = {"as_of": " 2022-08-29", "bureau": "digital-policy-bureau ", "q": "x"}
    snapshot = Snapshot.from_query(NOBODY, asked)
    assert snapshot.bureau.name == "디지털정책관"
    assert snapshot.query == {"as_of": "2022-08-29", "bureau": "digital-policy-bureau"}
    assert snapshot.url("budgets:lines", "data-center", page=2, order="") == (
        "/budgets/expenditure/data-center/?as_of=2022-08-29&bureau=digital-policy-bureau&page=2"
    )
    assert Snapshot.from_query(NOBODY, {}).url("home") == "/"


def test_without_any_data_nothing_is_known():
    snapshot = Snapshot(None, [], [])
    assert snapshot.is_empty
    assert (snapshot.as_of, snapshot.fiscal_year, snapshot.pace, snapshot.source("staffing")) == (
        None,
        None,
        None,
        None,
    )


# Whose bureau


def member_of(unit):
    return User(department=unit)


@pytest.fixture
def two_bureaus(seeded, bureau):
    """Beside the report's bureau another one, with one division in its tree."""
    division = make_unit("housing-policy", "주택정책담당관")
    tree = make_source(bureau, "organisation", "2022-06-30")
    place(tree, bureau)
    place(tree, division, bureau)
    return division


def test_members_read_their_own_bureau(two_bureaus, bureau):
    assert Snapshot.from_query(member_of(two_bureaus), {}).bureau == bureau
    assert Snapshot.from_query(member_of(bureau), {}).bureau == bureau


def test_members_read_another_bureau_when_they_ask_for_it(two_bureaus):
    assert (
        Snapshot.from_query(member_of(two_bureaus), {"bureau": "digital-policy-bureau"}).bureau.slug
        == "digital-policy-bureau"
    )


def test_without_a_unit_the_first_bureau_by_name_is_read(two_bureaus):
    snapshot = Snapshot.from_query(NOBODY, {})
    assert [bureau.name for bureau in snapshot.bureaus] == ["디지털정책관", "주택정책관"]
    assert snapshot.bureau.name == "디지털정책관"


def test_a_unit_that_stands_in_no_tree_reads_the_first_bureau(two_bureaus):
    assert Snapshot.from_query(member_of(make_unit("elsewhere")), {}).bureau.name == "디지털정책관"


def test_a_unit_that_moved_reads_the_bureau_of_its_newest_tree(two_bureaus):
    place(make_source(Snapshot.from_query(NOBODY, {}).bureau, "organisation", "2022-09-01"), two_bureaus)
    assert Snapshot.from_query(member_of(two_bureaus), {}).bureau.name == "디지털정책관"


def test_a_draft_tree_moves_nobody(two_bureaus, bureau):
    place(
        make_source(Snapshot.from_query(NOBODY, {}).bureau, "organisation", "2022-09-01", state="draft"),
        two_bureaus,
    )
    assert Snapshot.from_query(member_of(two_bureaus), {}).bureau == bureau


def test_sources_of_two_bureaus_are_never_mixed(two_bureaus, bureau):
    snapshot = snapshot_of(bureau)
    assert {source.bureau for source in snapshot.sources} == {bureau}
    assert snapshot.source("staffing") is None
    assert snapshot.base_dates == [date(2022, 6, 30)]


# Reorganisations


@pytest.fixture
def predecessor(bureau):
    """The bureau was called otherwise in 2020, and had another division."""
    before = make_bureau("construction-bureau", "건설정책관")
    tree = make_source(before, "organisation", "2020-01-31")
    place(tree, make_unit("construction-policy", "건설정책담당관"), before)
    succeed(before, bureau)
    return before


def test_at_a_past_date_the_predecessors_sources_count(bureau, predecessor, winter):
    assert snapshot_of(bureau, "2020-12-31").source("organisation").bureau == predecessor
    assert snapshot_of(bureau).base_dates == [date(2022, 1, 31), date(2020, 1, 31)]


def test_a_bureau_that_became_another_is_no_choice(bureau, predecessor, winter):
    assert predecessor not in snapshot_of(bureau).bureaus


def test_asked_for_by_its_old_name_it_is_read_at_its_last_date(bureau, predecessor, winter):
    snapshot = Snapshot.from_query(NOBODY, {"bureau": "construction-bureau"})
    assert (snapshot.error, snapshot.chosen, snapshot.bureau, snapshot.as_of) == (
        "",
        bureau,
        predecessor,
        date(2020, 1, 31),
    )
    assert snapshot.url("home") == "/?bureau=construction-bureau"


def test_by_its_old_name_and_a_later_date_what_it_became_is_read(bureau, predecessor, winter):
    snapshot = Snapshot.from_query(NOBODY, {"bureau": "construction-bureau", "as_of": "2022-01-31"})
    assert (snapshot.bureau, snapshot.as_of) == (bureau, date(2022, 1, 31))


def test_a_bureau_whose_successor_has_no_data_yet_is_one(bureau, predecessor):
    assert predecessor in Snapshot.from_query(NOBODY, {}).bureaus


def test_members_of_a_unit_that_is_gone_read_what_their_bureau_became(two_bureaus, bureau, predecessor):
    gone = make_unit("gone", "옛 담당관")
    place(predecessor.bureau_sources.get(), gone)
    assert Snapshot.from_query(member_of(gone), {}).bureau == bureau


@pytest.fixture
def many(db):
    """Five more bureaus, the first named by a row in a table of many alone."""
    for number in range(5):
        kind = "overview" if number == 0 else "execution"
        make_expenditure(make_bureau(f"bureau-{number}", f"{number}국"), "2022-01-31", kind=kind)


@pytest.mark.parametrize(
    ("asked", "name", "queries"),
    [
        ({}, "1국", 2),  # the bureaus, and what is in force for one
        ({"bureau": "bureau-0"}, "0국", 2),
        ({"bureau": "housing-bureau"}, "주택정책관", 2),
        ({"bureau": "construction-bureau"}, "주택정책관", 3),
        ({"bureau": "nowhere"}, None, 2),
    ],
)
def test_a_bureau_is_found_among_many_without_asking_each(
    bureau, predecessor, winter, many, asked, name, queries, django_assert_num_queries
):
    with django_assert_num_queries(queries):
        chosen = Snapshot.from_query(NOBODY, asked).chosen
    assert getattr(chosen, "name", None) == name


def test_whose_bureau_became_another_finds_it_among_many(
    bureau, predecessor, winter, many, django_assert_num_queries
):
    member = member_of(Department.objects.get(slug="construction-policy"))
    with django_assert_num_queries(4):  # the bureaus, the member's, what it became, and what is in force
        assert Snapshot.from_query(member, {}).chosen == bureau


@pytest.fixture
def merged(bureau, predecessor):
    """A second predecessor, whose staff was delivered later."""
    second = make_bureau("roads-bureau", "도로정책관")
    make_source(second, "staffing", "2020-02-28")
    make_source(predecessor, "staffing", "2020-01-31")
    succeed(second, bureau)
    return second


def test_the_facts_of_two_predecessors_are_never_mixed(bureau, predecessor, merged, winter):
    snapshot = snapshot_of(bureau, "2020-12-31")
    assert {source.bureau for source in snapshot.known} == {merged}
    assert snapshot.source("organisation") is None


def test_either_predecessor_is_read_by_its_name(bureau, predecessor, merged, winter):
    for before, on in ((predecessor, date(2020, 1, 31)), (merged, date(2020, 2, 28))):
        snapshot = Snapshot.from_query(NOBODY, {"bureau": before.slug})
        assert (snapshot.chosen, snapshot.bureau, snapshot.as_of) == (bureau, before, on)
        assert {source.bureau for source in snapshot.known} == {before}


# The fiscal year and its pace


def test_the_reports_pace(seeded):
    snapshot = Snapshot.from_query(NOBODY, {})
    assert snapshot.fiscal_year == 2022
    assert snapshot.pace == Fraction(241, 365)
    assert (snapshot.days_gone, snapshot.days_in_year) == (241, 365)


def test_the_fiscal_year_is_the_newest_in_force(bureau):
    make_expenditure(bureau, "2022-08-29", 2022)
    make_expenditure(bureau, "2022-11-11", 2023, "book")
    assert snapshot_of(bureau, "2022-11-10").fiscal_year == 2022
    assert snapshot_of(bureau).fiscal_year == 2023


def test_before_its_year_no_day_of_it_has_gone(bureau):
    make_expenditure(bureau, "2022-11-11", 2023, "book")
    assert (snapshot_of(bureau).pace, snapshot_of(bureau).days_gone) == (0, 0)


def test_after_its_year_all_of_it_has_gone(bureau):
    make_expenditure(bureau, "2020-02-01", 2020)
    snapshot = snapshot_of(bureau, "2021-05-05")
    assert (snapshot.pace, snapshot.days_gone, snapshot.days_in_year) == (1, 366, 366)


def test_without_expenditure_the_year_is_that_of_the_date(bureau, winter):
    snapshot = snapshot_of(bureau)
    assert snapshot.fiscal_year is None
    assert snapshot.pace == Fraction(31, 365)
    assert (snapshot.days_gone, snapshot.days_in_year) == (31, 365)


def test_the_same_bureau_may_be_read_on_another_date(bureau, winter):
    snapshot = snapshot_of(bureau)
    snapshot._cache["something"] = 1
    past = snapshot.at(date(2021, 12, 31))
    assert (past.as_of, past.is_empty, past._cache) == (date(2021, 12, 31), True, {})
    assert snapshot.at(date(2022, 2, 1)).known == snapshot.known[-1:]


def test_address_of_a_view_is_that_of_its_arguments():
    assert address("projects:detail", "public-wifi") == "/projects/public-wifi/"
    assert address("projects:detail", "digital-inclusion") == "/projects/digital-inclusion/"
    assert address("projects:list") == "/projects/"

"""The sources of an edition: its own drafts, what stands in for them, and what waits outside."""

from datetime import date

import pytest

from budgets.models import BudgetFigure
from core.copying import copy_source
from core.models import Source
from departments.models import Department
from reports.editions.opening import open_edition
from reports.editions.snapshot import snapshot_of
from reports.editions.sources import (
    EditionRefused,
    EditionSources,
    named,
    newest_first,
    outside,
    sources_of,
    stands_in,
    take_in,
    take_out,
)
from tests.factories import make_expenditure, make_source
from tests.reports.editions.conftest import DEADLINE
from tests.reports.editions.drafts import drafts_of

pytestmark = pytest.mark.django_db

GIVEN = {"title": "2022년 11월 업무보고", "deadline": DEADLINE}


def test_a_draft_of_somebody_else_is_not_the_editions(bureau, planner):
    """It keeps nothing from being carried forward, and stays where it is."""
    trial = copy_source(Source.objects.get(scope="revenue"), date(2022, 11, 1), planner)
    edition, drafts = open_edition(bureau=bureau, as_of=date(2022, 11, 1), user=planner, **GIVEN)
    assert [source.scope for source in drafts].count("revenue") == 1
    assert trial not in drafts_of(edition)
    assert trial not in snapshot_of(edition).sources
    assert outside(edition, date(2022, 8, 29)) == [trial]
    take_in(edition, trial, user=planner)
    assert (trial in drafts_of(edition), outside(edition, date(2022, 8, 29))) == (True, [])


def test_lines_that_somebody_wrote_in_do_not_give_way_unasked(bureau, planner):
    edition, _ = open_edition(bureau=bureau, as_of=date(2022, 11, 1), user=planner, **GIVEN)
    draft = next(source for source in drafts_of(edition) if source.scope == "expenditure")
    figure = BudgetFigure.objects.of(draft).first()
    figure.committed = 1
    figure.save()
    delivered = make_expenditure(bureau, "2022-10-31")
    assert sources_of(edition, date(2022, 8, 29)).conflicts == [[draft, delivered]]
    with pytest.raises(EditionRefused, match="빼는 까닭"):
        take_out(edition, draft, reason="", user=planner)
    take_out(edition, draft, reason="파일로 대신함", user=planner)
    draft.refresh_from_db()
    assert (draft.state, sources_of(edition, date(2022, 8, 29)).conflicts) == ("withdrawn", [])
    assert edition.events.first().note == "‘세출 2022 (2022. 11. 1.)’ 초안을 이 회차에서 뺌: 파일로 대신함"


def test_a_draft_that_is_not_the_editions_is_not_taken_out(edition, bureau, planner):
    source = make_source(bureau, "duties", "2022-11-01", state="draft")
    with pytest.raises(EditionRefused, match="이 회차의 초안이 아닙니다"):
        take_out(edition, source, reason="x", user=planner)


def test_a_file_of_the_whole_stands_in_for_its_parts(bureau):
    unit = Department.objects.get(slug="data-center")
    whole, division, account = (
        make_expenditure(bureau, "2022-10-31", **limits)
        for limits in ({}, {"department": unit}, {"account": "general"})
    )
    earlier, duties = (
        make_expenditure(bureau, "2021-10-31", 2021),
        make_source(bureau, "duties", "2022-10-31"),
    )
    assert [stands_in(whole, draft) for draft in (whole, division, account, earlier, duties)] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert [stands_in(delivery, whole) for delivery in (division, account)] == [False, False]
    assert not stands_in(duties, duties)


def test_of_the_same_day_the_later_received_comes_first(bureau):
    first, later, newest = (
        make_expenditure(bureau, as_of, received=received, account="general", document="집행.xlsx")
        for as_of, received in (
            ("2022-10-01", "2022-10-02"),
            ("2022-10-01", "2022-10-05"),
            ("2022-10-31", "2022-10-03"),
        )
    )
    assert newest_first([first, newest, later]) == [newest, later, first]
    assert EditionSources([], [], [newest, later, first], [], []).reported == [newest]
    assert named(newest) == "세출 2022 (2022. 10. 31.), 일반회계, 집행.xlsx"

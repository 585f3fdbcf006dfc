"""The grid of an edition: which parts there are, how far each is, and what history tells of who works on it."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.audit.context import acting
from core.integrity import Level
from core.models import Source
from departments.models import Staffing
from projects.models import Brief, Project
from reports.editions import collection as collections
from reports.editions.collection import Collection, collection_of, days_left
from tests.factories import make_unit, place, print_total
from tests.reports.editions.conftest import confirm_all, one_post_more

pytestmark = pytest.mark.django_db


def cell_of(edition, unit, part, project=None):
    cells = collection_of(edition).cells
    places = {
        (cell.place.department.slug, cell.place.part, cell.place.project and cell.place.project.slug): cell
        for cell in cells
    }
    return places[unit, part, project]


def test_what_is_changed_after_it_was_handed_in_is_told(collecting, draft, member):
    staffing = draft(Staffing, department__slug="data-center")
    confirm_all(collecting)
    assert cell_of(collecting, "data-center", "staffing").changed_since == ""
    with acting(lambda: member):
        staffing.save()
    assert cell_of(collecting, "data-center", "staffing").changed_since == ""  # it says the same
    one_post_more()
    cell = cell_of(collecting, "data-center", "staffing")
    assert (cell.state, cell.changed_since) == ("confirmed", "확인 뒤 고침")


def test_open_findings_stand_with_their_unit(edition):
    rows = {row.department.slug: row for row in collection_of(edition).rows}
    assert len(rows["digital-policy-bureau"].findings) == 1  # the speed that is given in two ways, of no unit
    print_total(Source.objects.get(scope="staffing", as_of="2022-11-01"), "headcount", 1, "1", "data-center")
    rows = {row.department.slug: row for row in collection_of(edition).rows}
    assert {one.finding.department for one in rows["data-center"].findings} == {"data-center"}
    assert len(rows["digital-policy-bureau"].findings) == 1


@pytest.mark.parametrize(
    ("today", "left"), [(date(2022, 11, 5), 3), (date(2022, 11, 8), 0), (date(2022, 11, 10), -2)]
)
def test_days_left(edition, today, left):
    assert days_left(edition, today) == left


def test_the_days_end_at_midnight_in_seoul(edition, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2022, 11, 4, 15, 30, tzinfo=UTC))
    assert days_left(edition) == 3


@pytest.mark.engine
def test_a_fixed_number_of_queries(edition, draft, member, bureau):
    with acting(lambda: member):
        draft(Staffing, department__slug="data-center").save()
    collection_of(edition)  # what is remembered for the process is asked for once
    with CaptureQueriesContext(connection) as few:
        collection_of(edition)
    tree = Source.objects.get(scope="organisation", as_of="2022-11-01")
    projects = Source.objects.get(scope="projects", as_of="2022-11-01")
    with acting(lambda: member):
        for number in range(20, 40):
            unit = make_unit(f"unit-{number}")
            place(tree, unit, bureau)
            project = Project.objects.create(slug=f"project-{number}", name=f"사업 {number}")
            Brief.objects.create(
                source=projects,
                project=project,
                number=number,
                title="사업",
                lead_department=unit,
                purpose="목적",
            )
    with CaptureQueriesContext(connection) as many:
        assert len(collection_of(edition).rows) == 29
    assert len(many) == len(few)
    assert len(few) <= 60


def test_what_a_delivery_says_is_the_editions_own(monkeypatch):
    """A file that was confirmed since the report before is brought by the edition as its drafts are."""
    monkeypatch.setattr(collections, "errors_left", lambda findings: findings)
    brought = {"drafts": [Source(scope="staffing")], "deliveries": [Source(scope="expenditure")]}
    found = Collection(None, None, None, [], [], SimpleNamespace(**brought))
    scopes = ["", "staffing", "expenditure", "revenue"]
    found.findings = [SimpleNamespace(finding=SimpleNamespace(scope=scope)) for scope in scopes]
    assert [error.finding.scope for error in found.errors] == ["", "staffing", "expenditure"]


def test_an_edition_that_nobody_has_edited_finds_what_the_report_before_did(edition):
    """Its own day and its carried rows raise nothing new."""
    found = {
        each.finding.id: each.finding.level.value
        for each in collection_of(edition).findings
        if each.finding.level != Level.HOLDS
    }
    assert found == {
        "indicator.statements/5g-maximum-speed-ratio/2022-08-29/정보화 용어 설명 5G 표": "error",
        "text.former/smart-city-bureau": "info",
    }

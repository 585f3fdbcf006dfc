"""A unit hands its parts in by one press, and a planner confirms them by one, part by part in the history."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import ChangeRecord
from departments.models import Staffing
from reports.editions import workflow
from reports.editions.collection import collection_of
from reports.editions.unit_actions import full_name, pick_name
from reports.models import EditionEvent, Submission
from tests.reports.editions.test_collection import acting, cell_of

pytestmark = pytest.mark.django_db
MOST_QUERIES, MOST_OF_A_LIST = 30, 70  # of the list that is handed in with the parts: two of each model


def address(edition, unit="data-center"):
    return f"/reports/{edition.pk}/units/{unit}/confirm/"


def test_nine_presses_confirm_a_whole_report(planner_client, planner, collecting):
    """The bureau's own row among them: 44 parts."""
    for cell in collection_of(collecting).cells:
        workflow.submit(collecting, cell, user=planner)
    rows = collection_of(collecting).rows
    for row in rows:
        picks = [f"{pick_name(cell)} {cell.version_token}" for cell in row.cells]
        planner_client.post(address(collecting, row.department.slug), {"part": picks})
    assert len(rows) == 9
    assert len(confirmed_cells(collecting)) == sum(len(row.cells) for row in rows) == 44


def confirmed_cells(edition):
    return [cell for cell in collection_of(edition).cells if cell.state == "confirmed"]


def test_a_part_that_is_being_written_is_called_so_in_its_history(collecting, member):
    with acting(lambda: member):
        row = Staffing.objects.get(department__slug="data-center", source__as_of="2022-11-01")
        row.authorized += 1
        row.save()
    assert cell_of(collecting, "data-center", "staffing").word == "작성 중"
    workflow.submit(collecting, cell_of(collecting, "data-center", "staffing"), user=member)
    assert collecting.events.first().before == "drafting"


# Handing in


# What it costs


def statements(do) -> int:
    with CaptureQueriesContext(connection) as asked:
        do()
    return len(asked)


@pytest.mark.parametrize("parts", [1, 10])
def test_parts_change_in_a_fixed_number_of_queries(collecting, planner, parts):
    """Handing in makes the rows, confirming changes them; ten parts cost what one does."""
    cells = collection_of(collecting).cells[:parts]
    picks = [(cell, cell.version_token) for cell in cells]
    assert statements(lambda: workflow.submit.of_all(collecting, picks, user=planner)) <= MOST_OF_A_LIST
    picks = [(cell, cell.version_token) for cell in collection_of(collecting).cells[:parts]]
    assert statements(lambda: workflow.confirm.of_all(collecting, picks, user=planner)) <= MOST_QUERIES
    events = collecting.events.filter(kind=EditionEvent.Kind.SUBMISSION)
    assert sorted(events.values_list("before", "after")) == sorted(
        [("not_begun", "submitted"), ("submitted", "confirmed")] * parts
    )
    recorded = ChangeRecord.objects.of(Submission)
    assert recorded.count() == 2 * parts
    assert {(record.before or {}).get("state") for record in recorded} == {None, "submitted"}


def test_the_rest_is_confirmed_in_a_fixed_number_of_queries(planner_client, collecting):
    def press(cells):
        picks = [f"{full_name(cell)} {cell.version_token}" for cell in cells]
        given = {"part": picks, "reason": "담당자 휴직"}
        return statements(lambda: planner_client.post(f"/reports/{collecting.pk}/confirm/", given))

    cells = collection_of(collecting).unconfirmed
    press(cells[:1])
    assert press(cells[1:2]) == press(cells[2:12])
    assert len(confirmed_cells(collecting)) == 12

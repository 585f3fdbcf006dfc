"""Rows whose numbers are unique are renumbered in one go."""

import pytest

from projects.models import Vision, VisionValue
from tests.audit import values
from tests.factories import make_member
from tests.forms import plain, sent

pytestmark = pytest.mark.engine


@pytest.fixture
def vision(seeded):
    return Vision.objects.get()


@pytest.fixture
def renumber(client, vision):
    """Sends the form of the vision with other numbers for its values, '' for one that is deleted; returns the values in their new order."""
    client.force_login(make_member("기획 담당"))
    address = f"/admin/projects/vision/{vision.pk}/change/"

    def send(*numbers):
        fields = plain(sent(client.get(address), "vision_form"))
        for row, number in enumerate(numbers):
            fields |= {f"values-{row}-order": number} if number else {f"values-{row}-DELETE": "on"}
        assert client.post(address, fields).status_code == 302
        return list(vision.values.order_by("order").values_list("order", "name"))

    return send


def test_rows_move_on_by_one(renumber):
    assert renumber("2", "3", "4", "5", "6", "7") == [
        (2, "혁신친화"),
        (3, "지속가능"),
        (4, "사람중심"),
        (5, "비대면전환"),
        (6, "시민체감"),
        (7, "안심·안전"),
    ]


def test_two_rows_change_places(renumber):
    assert renumber("2", "1")[:3] == [(1, "지속가능"), (2, "혁신친화"), (3, "사람중심")]


def test_a_row_takes_the_number_of_a_deleted_one(renumber):
    assert renumber("2", "")[:2] == [(2, "혁신친화"), (3, "사람중심")]


def test_history_tells_the_old_and_the_new_number_alone(renumber, vision):
    first = VisionValue.objects.get(vision=vision, order=1)
    renumber("2", "1")
    assert values(first, "order") == [2, 1]

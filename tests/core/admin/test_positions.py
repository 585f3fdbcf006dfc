"""Rows whose numbers are their places: duties are inserted, moved and deleted in the list that the edit link leads to."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.admin.positions import arranged
from departments.models import Duty
from tests.audit import records_of, values
from tests.factories import make_member
from tests.forms import plain, sent

pytestmark = pytest.mark.engine

UNIT = "data-center"


@pytest.fixture
def duties(client, seeded):
    client.force_login(make_member("부서 담당", unit=UNIT))
    return Duty.objects.filter(department__slug=UNIT, source__as_of="2022-08-29").order_by("order")


@pytest.fixture
def address(duties):
    first = duties[0]
    return f"/admin/departments/duty/?source__id__exact={first.source_id}&department__id__exact={first.department_id}"


def order_of(duties, texts):
    """The numbers with the place that each text had before."""
    return [
        (duty.order, texts.index(duty.text) + 1 if duty.text in texts else duty.text) for duty in duties.all()
    ]


def send_list(client, address, **changed):
    fields = plain(sent(client.get(address), "changelist-form")) | changed | {"_save": "저장"}
    return client.post(address, fields)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, "abcd"),
        ({"d": 2}, "adbc"),
        ({"a": 3}, "bcad"),
        ({"a": 2, "b": 1}, "bacd"),
        ({"a": None}, "bcda"),
        ({"d": 0}, "dabc"),
        ({"b": 99}, "acdb"),
    ],
)
def test_arranged_puts_rows_where_they_ask_to_be(wanted, expected):
    rows = [SimpleNamespace(pk=name) for name in "abcd"]
    assert "".join(row.pk for row in arranged(rows, wanted)) == expected


def test_row_of_the_list_moves_up_and_the_others_on(client, duties, address):
    texts = [duty.text for duty in duties]
    assert len(texts) == 5
    assert send_list(client, address, **{"form-3-order": "2"}).status_code == 302
    assert order_of(duties, texts) == [(1, 1), (2, 4), (3, 2), (4, 3), (5, 5)]


def test_rows_of_the_list_change_places_and_words_at_once(client, duties, address):
    texts = [duty.text for duty in duties]
    fields = {"form-0-order": "2", "form-1-order": "1", "form-4-text": "새로 쓴 업무"}
    assert send_list(client, address, **fields).status_code == 302
    assert order_of(duties, texts) == [(1, 2), (2, 1), (3, 3), (4, 4), (5, "새로 쓴 업무")]
    assert values(duties[0], "order") == [2, 1]
    assert len(records_of(duties[2])) == 1


def test_new_row_goes_between(client, duties):
    texts, first = [duty.text for duty in duties], duties[0]
    fields = {
        "source": first.source_id,
        "department": first.department_id,
        "text": "끼워 넣은 업무",
        "order": "3",
    }
    assert client.post("/admin/departments/duty/add/", fields).status_code == 302
    assert order_of(duties, texts) == [(1, 1), (2, 2), (3, "끼워 넣은 업무"), (4, 3), (5, 4), (6, 5)]


def test_new_row_without_a_number_goes_to_the_end(client, duties):
    texts, first = [duty.text for duty in duties], duties[0]
    fields = {
        "source": first.source_id,
        "department": first.department_id,
        "text": "끝에 더한 업무",
        "order": "",
    }
    assert client.post("/admin/departments/duty/add/", fields).status_code == 302
    assert order_of(duties, texts)[-1] == (6, "끝에 더한 업무")


def test_form_moves_a_row(client, duties):
    texts, last = [duty.text for duty in duties], duties[4]
    page = f"/admin/departments/duty/{last.pk}/change/"
    fields = plain(sent(client.get(page), "duty_form")) | {"order": "1"}
    assert client.post(page, fields).status_code == 302
    assert order_of(duties, texts) == [(1, 5), (2, 1), (3, 2), (4, 3), (5, 4)]


def test_deleted_row_leaves_no_gap(client, duties):
    texts, second = [duty.text for duty in duties], duties[1]
    assert client.post(f"/admin/departments/duty/{second.pk}/delete/", {"post": "yes"}).status_code == 302
    assert order_of(duties, texts) == [(1, 1), (2, 3), (3, 4), (4, 5)]


def test_to_look_at_the_list_takes_no_lock(client, address):
    """A transaction begins with the one lock for writing that SQLite has."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    assert not [query["sql"] for query in queries if query["sql"].startswith(("BEGIN", "SAVEPOINT"))]

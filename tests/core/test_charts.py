"""A page's figures are built once for the same values, and never shown after them."""

import json
import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client

from core import charts
from departments.models import Department, Duty, Staffing
from tests.factories import make_member, make_source

HOME_CHARTS = ["rates", "changes", "schedule"]


def spec_of(client, url, name):
    html = client.get(url).content.decode()
    (block,) = re.findall(rf'<script id="spec-{name}" type="application/json">(.*?)</script>', html)
    return json.loads(block)


@pytest.fixture
def built(monkeypatch):
    """The names of the builders that were called."""
    calls = []
    original = charts.drawing_of

    def counted(figure):
        calls.append(figure.layout.meta["legend"])
        return original(figure)

    monkeypatch.setattr(charts, "drawing_of", counted)
    caches["charts"].clear()
    return calls


def test_drawing_is_built_once_for_a_page(staff_client, built):
    staff_client.get("/")
    assert len(built) == len(HOME_CHARTS)
    staff_client.get("/")
    assert len(built) == len(HOME_CHARTS)


def test_drawing_is_the_same_for_another_reader(staff_client, built):
    own = spec_of(staff_client, "/", "rates")
    manager = Client()
    manager.force_login(make_member("간부"))
    assert spec_of(manager, "/", "rates") == own
    assert len(built) == len(HOME_CHARTS)


def test_drawing_has_its_own_for_each_choice_and_page(staff_client, built):
    every = spec_of(staff_client, "/projects/timeline/", "overview")
    chosen = spec_of(staff_client, "/projects/timeline/?status=warn", "overview")
    assert len(chosen["layout"]["meta"]["rows"]) < len(every["layout"]["meta"]["rows"])
    assert spec_of(staff_client, "/budgets/revenue/", "changes") != spec_of(
        staff_client, "/budgets/expenditure/", "changes"
    )


def test_drawing_has_its_own_for_each_date(staff_client, built):
    now = spec_of(staff_client, "/", "schedule")
    later = spec_of(staff_client, "/?as_of=2022-09-30", "schedule")
    assert (now["layout"]["meta"]["as_of"], later["layout"]["meta"]["as_of"]) == ("2022-08-29", "2022-09-30")


def headcounts(client):
    return spec_of(client, "/departments/", "people")["layout"]["meta"]["columns"][1]["texts"]


def test_drawing_shows_an_edited_fact_at_once(staff_client, built):
    before = headcounts(staff_client)
    Staffing.objects.filter(department__slug="data-center").update(authorized=777)
    after = headcounts(staff_client)
    assert "777" in after and "777" not in before


def test_drawing_shows_what_sql_wrote_past_the_product(staff_client, built):
    before = headcounts(staff_client)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE departments_staffing SET authorized = 778 WHERE department_id = %s",
            [Department.objects.get(slug="data-center").pk],
        )
    after = headcounts(staff_client)
    assert "778" in after and "778" not in before


def test_drawing_shows_a_renamed_unit_at_once(staff_client, built):
    spec_of(staff_client, "/departments/", "people")
    Department.objects.filter(slug="data-center").update(name="자료센터")
    rows = spec_of(staff_client, "/departments/", "people")["layout"]["meta"]["rows"]
    assert "자료센터" in [row["text"] for row in rows]


def test_drawing_is_not_built_anew_for_a_change_that_it_does_not_show(staff_client, built):
    staff_client.get("/")
    Duty.objects.filter(order=1).update(text="바뀐 업무")
    staff_client.get("/")
    assert len(built) == len(HOME_CHARTS)


def test_drawing_of_a_draft_edited_is_remembered(staff_client, built):
    headcounts(staff_client)
    row = Staffing.objects.filter(department__slug="data-center").first()
    row.pk, row.source = None, make_source(row.source.bureau, "staffing", "2022-11-01", state="draft")
    row.save()
    Staffing.objects.filter(pk=row.pk).update(authorized=779)
    assert "779" not in headcounts(staff_client)
    assert len(built) == 2  # people, and how they changed


def test_memory_is_bounded():
    memory = caches["charts"]
    for number in range(600):
        memory.set(str(number), number)
    assert len(memory._cache) <= 500
    assert memory.get("599") == 599 and memory.get("0") is None
    memory.clear()

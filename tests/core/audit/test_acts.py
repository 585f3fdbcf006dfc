"""What was deleted together comes back together, or nothing of it."""

import pytest
from django.core.exceptions import ValidationError

from core.audit.acts import deleted_with, take_back
from core.audit.context import acting
from core.copying import copy_source, counts_of
from core.models import ChangeRecord, Source
from departments.models import Duty
from projects.models import Brief, Milestone
from tests.factories import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


@pytest.fixture
def planner(seeded):
    return make_member("기획 담당", unit="digital-policy", username="planner")


@pytest.fixture
def draft(planner):
    """Of the projects, with milestones and contacts."""
    source = Source.objects.get(scope="projects", as_of="2022-08-29")
    return copy_source(source, source.as_of.replace(month=12), planner)


def delete(user, rows):
    with acting(lambda: user):
        rows.delete()
    return ChangeRecord.objects.filter(kind="deleted").latest("pk")


def test_a_source_comes_back_with_all_that_it_says(draft, planner):
    counts, values = counts_of(draft), _milestones(draft)
    key = draft.pk
    record = delete(planner, draft)
    assert not Source.objects.filter(pk=key).exists()
    number = len(deleted_with(record))
    assert number > 100
    with acting(lambda: planner):
        assert take_back(record, planner) == number
    again = Source.objects.get(pk=key)
    assert (counts_of(again), _milestones(again)) == (counts, values)
    assert deleted_with(record) == []


def _milestones(source):
    return list(
        Milestone.objects.filter(brief__source=source)
        .order_by("pk")
        .values_list("pk", "brief__number", "title")
    )


def test_a_bulk_deletion_comes_back_as_one(planner, client):
    source = Source.objects.get(scope="duties", as_of="2022-08-29")
    before = list(Duty.objects.of(source).order_by("pk").values_list("pk", "text"))
    record = delete(planner, Duty.objects.of(source))
    assert not Duty.objects.of(source).exists()
    client.force_login(planner)
    address = f"/history/{record.pk}/take-back/"
    assert f"주요업무 {len(before)}건" in client.get(address).content.decode()
    assert f'href="{address}"' in client.get("/history/?kind=deleted").content.decode()
    page = client.post(address, {"reason": "잘못 지움"}, follow=True)
    assert f"함께 지운 {len(before)}건을 되돌렸습니다." in page.content.decode()
    assert list(Duty.objects.of(source).order_by("pk").values_list("pk", "text")) == before
    assert client.get(address).status_code == 404


def test_what_no_longer_fits_leaves_everything_as_it_was(draft, planner):
    brief = Brief.objects.filter(source=draft).first()
    record = delete(planner, Brief.objects.filter(source=draft))
    Brief.objects.create(
        source=draft,
        project=brief.project,
        number=99,
        title="새로",
        lead_department=brief.lead_department,
        purpose="x",
    )
    with pytest.raises(ValidationError):
        take_back(record, planner)
    assert Brief.objects.filter(source=draft).count() == 1


def test_who_may_not_have_them_does_not_take_them_back(planner, client):
    source = Source.objects.get(scope="duties", as_of="2022-08-29")
    record = delete(planner, Duty.objects.of(source).exclude(department__slug="data-center"))
    client.force_login(make_member("부서 담당", unit="data-center", username="hana"))
    assert client.post(f"/history/{record.pk}/take-back/", {"reason": "x"}).status_code == 403
    assert (
        Duty.objects.of(source).count()
        == Duty.objects.of(source).filter(department__slug="data-center").count()
    )
    client.force_login(make_member("열람", username="reader"))
    assert client.get(f"/history/{record.pk}/take-back/").status_code == 403

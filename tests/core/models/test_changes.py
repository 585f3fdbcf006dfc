"""A change record by itself: whose it is, and what its columns hold."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import BadRequest

from core.audit.recording import change_reason
from departments.models import (
    Department,
    User,
)
from tests.audit import newest, records_of

pytestmark = pytest.mark.engine


@pytest.fixture
def unit(seeded):
    return Department.objects.get(slug="data-center")


def test_record_has_no_permissions(seeded):
    assert not Permission.objects.filter(content_type__model__startswith="changerecord").exists()


def test_record_act_is_one_a_request(client, seeded):
    client.force_login(User.objects.create(username="manager", is_superuser=True))
    form = {"name": "새 팀", "kind": "team"}
    client.post("/admin/departments/department/add/", form | {"change_reason": "조직 개편"})
    client.post("/admin/departments/department/add/", form | {"name": "더 새로운 팀"})
    Department.objects.get(name="새 팀").delete()
    second, first = records_of(Department).filter(user__isnull=False)
    command = records_of(Department).filter(user=None).first()
    assert len({first.act, second.act, command.act}) == 3
    other = Department.objects.create(slug="other-team", name="다른 팀", kind="team")
    assert records_of(other).first().act == command.act  # of one process outside of requests


def test_record_request_says_who(client, seeded):
    manager = User.objects.create(username="manager", is_superuser=True)
    client.force_login(manager)
    client.post(
        "/admin/departments/department/add/",
        {"slug": "new-team", "name": "새 팀", "kind": "team", "change_reason": "조직 개편"},
    )
    assert newest(Department) == ("created", manager, "조직 개편")


def test_record_reason_is_put_in_one_line_and_never_cut(unit):
    with change_reason("가\n나 " + "다" * 996):
        unit.save()
    reason = newest(unit)[2]
    assert (len(reason), reason[:5]) == (1_000, "가 나 다")
    with pytest.raises(BadRequest), change_reason("다" * 1_001):
        unit.save()

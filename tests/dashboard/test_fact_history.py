"""Who sees in a sheet what was changed."""

import pytest

from core.audit.recording import change_reason
from core.snapshot import snapshots_at
from core.stated_facts import stated_fact
from dashboard.fact_history import of_fact
from departments.models import Staffing
from seoul_digital.lib.query_params import asked_date
from tests.factories import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


@pytest.fixture
def fact():
    staffing = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
    staffing.authorized = 72
    with change_reason("하반기 정원 조정"):
        staffing.save()
    return stated_fact(snapshots_at(asked_date(""))[0], "staffing:data-center/authorized")


def test_planner_sees_the_changes_of_the_row(fact):
    history = of_fact(fact, make_member("기획 담당"))
    change = history.changes[0]
    assert [(field.label, field.old, field.new) for field in change.fields] == [("정원", "69", "72")]
    assert change.reason == "하반기 정원 조정"
    assert history.url == f"/admin/departments/staffing/{fact.record.key}/history/"


def test_reader_sees_none(fact):
    assert of_fact(fact, make_member("열람")) is None


def test_other_unit_sees_none_of_the_changes(fact):
    history = of_fact(fact, make_member("부서 담당", unit="ict-security"))
    assert (history.changes, history.url) == ([], "")


def test_fact_without_a_row_has_no_history():
    fact = stated_fact(snapshots_at(asked_date(""))[0], "staffing:/headcount")
    assert of_fact(fact, make_member("기획 담당")) is None

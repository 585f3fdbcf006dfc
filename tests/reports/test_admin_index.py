"""The index of admin: what waits, what is out of date, how much there is, by subject and for each user."""

from datetime import date

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.copying import copy_source
from core.models import Source
from departments.models import User
from reports.admin_site import OTHERS
from reports.models import Explanation
from tests.factories import make_member


@pytest.fixture
def index(admin_client, seeded):
    return lambda: admin_client.get("/admin/").context


def models_of(context):
    return {
        model["model"]._meta.label_lower: model
        for subject in context["subjects"]
        for model in subject["models"]
    }


def test_subjects_count_what_there_is(index):
    context = index()
    assert [subject["name"] for subject in context["subjects"]] == [
        "자료와 보고서",
        "조직·현원",
        "예산",
        "사업",
        "용어",
        "점검",
        "사람과 권한",
    ]
    counts = {label: model["count"] for label, model in models_of(context).items()}
    assert (counts["core.source"], counts["departments.staffing"], counts["glossary.term"]) == (12, 14, 21)
    assert (counts["projects.milestone"], counts["budgets.budgetfigure"], counts["departments.user"]) == (
        68,
        18,
        1,
    )


def test_four_of_a_task_are_shown_and_the_rest_folds(admin_client, seeded):
    page = admin_client.get("/admin/")
    (projects,) = [subject for subject in page.context["subjects"] if subject["name"] == "사업"]
    assert [model["name"] for model in projects["first"]] == ["사업 보고", "실적·일정", "측정값", "목표"]
    assert "사업 더 보기 8가지" in page.content.decode()


def test_what_no_worker_could_end_is_told_to_administrators(admin_client, client, seeded):
    result = DBTaskResult.objects.create(
        task_path="core.tasks.upkeep.of_yesterday",
        backend_name="default",
        args_kwargs={"args": [], "kwargs": {}},
        status="FAILED",
        run_after=timezone.now(),
        finished_at=timezone.now(),
        exception_class_path="core.tasks.leases.UnknownWork",
    )
    told = "core.tasks.upkeep.of_yesterday: 이 일을 아는 프로그램이 하루 동안 없어 그만두었습니다."
    assert told in admin_client.get("/admin/").content.decode()
    client.force_login(make_member("기획 담당"))
    assert "끝내지 못한 일" not in client.get("/admin/").content.decode()
    result.delete()
    assert "끝내지 못한 일" not in admin_client.get("/admin/").content.decode()


def test_drafts_wait(index, seeded):
    assert index()["drafts"] == []
    copy = copy_source(
        Source.objects.get(scope="staffing", as_of="2022-08-29"), date(2022, 11, 1), User.objects.first()
    )
    assert index()["drafts"] == [copy]


def test_a_scope_older_than_the_newest_is_out_of_date(index, seeded):
    assert not [age for age in index()["ages"] if age.is_old]
    Source.objects.filter(scope="glossary").update(as_of="2022-06-30")
    Source.objects.filter(scope="vision").update(state="withdrawn")
    old = [(age.name, age.newest) for age in index()["ages"] if age.is_old]
    assert old == [("비전·전략", None), ("용어", date(2022, 6, 30))]


def test_open_findings_are_those_that_nobody_has_explained(index, seeded):
    found = index()["findings"]
    assert len(found) == 7
    bureau = Source.objects.get(scope="glossary").bureau
    Explanation.objects.create(
        bureau=bureau,
        finding=found[0].id,
        fingerprint=found[0].fingerprint,
        reason="원문의 오기",
        explained_by=User.objects.first(),
    )
    assert len(index()["findings"]) == 6


def test_a_user_sees_what_is_theirs(client, seeded):
    user = User.objects.create(username="unit")
    user.groups.add(Group.objects.get(name="부서 담당"))
    client.force_login(user)
    copy_source(Source.objects.get(scope="staffing", as_of="2022-08-29"), date(2022, 11, 1), user)
    context = client.get("/admin/").context
    assert OTHERS not in [subject["name"] for subject in context["subjects"]]
    assert context["drafts"] == []  # of no unit, and so of none that the draft speaks of


def test_who_has_no_right_to_anything_is_told_so(client, seeded):
    user = User.objects.create(username="nobody")
    user.user_permissions.add(Permission.objects.get(codename="view_contenttype"))  # of what is not in admin
    client.force_login(user)
    response = client.get("/admin/")
    assert "보거나 고칠 수 있는 자료가 없습니다." in response.content.decode()


def test_it_works_before_anything_is_in_force(admin_client, seeded):
    Source.objects.update(state="draft")
    context = admin_client.get("/admin/").context
    assert (context["ages"], context["findings"], len(context["drafts"])) == ([], [], 12)


def test_the_index_asks_a_bounded_number_of_queries(admin_client, seeded, django_assert_max_num_queries):
    admin_client.get("/admin/")
    with django_assert_max_num_queries(50):
        admin_client.get("/admin/")

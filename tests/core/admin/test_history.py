"""History in admin: the reason of a change, what changed of an object, and going back."""

import pytest
from django.contrib.auth.models import Group, Permission

from budgets.models import BudgetLine
from core.models import Source
from departments.models import Department, Duty, Staffing, User
from projects.models import Brief, Project, Vision
from tests.audit import records_of, values
from tests.factories import count_fields

REASON = "2022년 하반기 정원 조정"


@pytest.fixture
def manager(seeded, django_user_model):
    return django_user_model.objects.create(
        username="manager", last_name="김", first_name="관리", is_superuser=True
    )


@pytest.fixture
def admin_client(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def staffing(seeded):
    return Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")


def text_of(response):
    return " ".join(response.content.decode().split())


def fields_of(staffing, **changed):
    fields = {"order": staffing.order, "authorized": staffing.authorized, **count_fields(staffing)} | changed
    return {"source": staffing.source_id, "department": staffing.department_id, **fields}


def address(instance, page=""):
    return f"/admin/{instance._meta.app_label}/{instance._meta.model_name}/{instance.pk}/{page}"


def change(client, staffing, **changed):
    response = client.post(
        address(staffing, "change/"), fields_of(staffing, **changed) | {"change_reason": REASON}
    )
    assert response.status_code == 302


def test_a_change_says_who_when_why_and_what(admin_client, manager, staffing):
    change(admin_client, staffing, authorized=67)
    newest = records_of(staffing).first()
    assert (newest.kind, newest.user, newest.reason) == ("changed", manager, REASON)
    assert (newest.after["authorized"], newest.before["authorized"]) == (67, 69)
    page = text_of(admin_client.get(address(staffing, "history/")))
    assert '<span class="k">정원</span> <del>69</del> <span aria-hidden="true">→</span> <ins>67</ins>' in page
    assert "김관리" in page
    assert REASON in page
    assert "씨앗 자료" in page


def test_saving_without_a_change_leaves_nothing(admin_client, staffing):
    before = records_of(staffing).count()
    change(admin_client, staffing)
    assert records_of(staffing).count() == before


def test_a_long_text_is_shown_by_its_changed_lines(admin_client, seeded):
    brief = Brief.objects.get(number=1)
    kept = brief.overview.splitlines()[0]
    brief.overview += "\nㅇ 새로 적은 줄"
    brief.save()
    page = text_of(admin_client.get(address(brief, "history/")))
    newest = page.partition("수정")[2].partition("</tr>")[0]
    assert "<ins>ㅇ 새로 적은 줄</ins>" in newest
    assert kept not in newest


def test_amounts_are_shown_in_thousands(admin_client, seeded):
    brief = Brief.objects.get(number=1)
    brief.budget = 8_617_001_000
    brief.save()
    assert "<del>8,617,000천원</del>" in text_of(admin_client.get(address(brief, "history/")))
    assert "<ins>8,617,001천원</ins>" in text_of(admin_client.get(address(brief, "history/")))


def test_every_form_asks_for_the_reason(admin_client, staffing):
    for page in ("change/", "delete/"):
        assert 'name="change_reason"' in text_of(admin_client.get(address(staffing, page)))
    assert 'name="change_reason"' in text_of(admin_client.get("/admin/departments/staffing/add/"))


def test_a_deletion_gives_its_reason_to_all_that_goes_with_it(admin_client, seeded):
    source = Source.objects.get(scope="vision")
    admin_client.post(address(source, "delete/"), {"post": "yes", "change_reason": "잘못 들어온 자료"})
    gone = records_of(Source).first()
    assert (gone.kind, gone.reason) == ("deleted", "잘못 들어온 자료")
    assert (records_of(Vision).first().kind, records_of(Vision).first().reason) == (
        "deleted",
        "잘못 들어온 자료",
    )


def test_deleting_from_the_list_says_so(admin_client, seeded):
    duty = Duty.objects.filter(department__slug="data-center").first()
    admin_client.post(
        "/admin/departments/duty/", {"action": "delete_selected", "_selected_action": duty.pk, "post": "yes"}
    )
    newest = records_of(duty).first()
    assert (newest.kind, newest.reason) == ("deleted", "목록에서 골라 지움")


def test_going_back_is_a_change_of_its_own(admin_client, manager, staffing):
    first = records_of(staffing).first()
    change(admin_client, staffing, authorized=67)
    restore = address(staffing, f"history/{first.pk}/restore/")
    assert "<del>67</del>" in text_of(admin_client.get(restore))
    assert Staffing.objects.get(pk=staffing.pk).authorized == 67  # nothing is done by asking
    response = admin_client.post(restore, {"change_reason": "착오"}, follow=True)
    assert "값을 되돌렸습니다" in text_of(response)
    assert Staffing.objects.get(pk=staffing.pk).authorized == 69
    assert values(staffing, "authorized") == [69, 67, 69]
    newest = records_of(staffing).first()
    assert newest.user == manager
    assert newest.reason.endswith("의 값으로 되돌림. 착오")


def test_what_was_deleted_comes_back(admin_client, staffing):
    key = staffing.pk
    staffing.delete()
    page = text_of(admin_client.get(f"/admin/departments/staffing/{key}/history/"))
    assert "지운 자료입니다" in page
    newest = records_of(Staffing).filter(object_id=key).first()
    admin_client.post(f"/admin/departments/staffing/{key}/history/{newest.pk}/restore/")
    assert Staffing.objects.get(pk=key).authorized == 69
    assert [row.kind for row in records_of(Staffing).filter(object_id=key)] == [
        "created",
        "deleted",
        "created",
    ]


def test_links_come_back_too(admin_client, seeded):
    project, line = Project.objects.first(), BudgetLine.objects.first()
    project.budget_lines.add(line)
    linked = records_of(project).first()
    project.budget_lines.clear()
    admin_client.post(address(project, f"history/{linked.pk}/restore/"))
    assert list(project.budget_lines.all()) == [line]


def test_values_that_no_longer_fit_are_refused(admin_client, staffing):
    key, source = staffing.pk, staffing.source
    newest = records_of(staffing).first()
    source.delete()
    response = admin_client.post(
        f"/admin/departments/staffing/{key}/history/{newest.pk}/restore/", follow=True
    )
    assert "되돌리지 못했습니다" in text_of(response)
    assert not Staffing.objects.filter(pk=key).exists()


def test_a_restored_user_keeps_the_password(admin_client, seeded):
    user = User.objects.create_user(username="lee", password="a-long-password")
    first = records_of(user).first()
    user.first_name = "바뀜"
    user.save()
    admin_client.post(address(user, f"history/{first.pk}/restore/"))
    user.refresh_from_db()
    assert user.first_name == ""
    assert user.check_password("a-long-password")


def test_only_who_may_change_may_go_back(client, staffing):
    reader = User.objects.create(username="reader")
    reader.user_permissions.add(Permission.objects.get(codename="view_staffing"))
    client.force_login(reader)
    page = client.get(address(staffing, "history/"))
    assert page.status_code == 200
    assert "되돌리기" not in text_of(page)
    assert 'name="change_reason"' not in text_of(client.get(address(staffing, "change/")))
    restore = address(staffing, f"history/{records_of(staffing).first().pk}/restore/")
    assert [client.get(restore).status_code, client.post(restore).status_code] == [403, 403]


def test_without_a_right_to_see_the_object_there_is_no_history(client, staffing):
    client.force_login(User.objects.create(username="outsider"))
    response = client.get(address(staffing, "history/"))
    assert (response.status_code, response.url) == (
        302,
        f"/admin/login/?next={address(staffing, 'history/')}",
    )


@pytest.mark.parametrize("key", ["0", "999999", "abc", "1_2F"])
def test_what_never_was_has_no_history(admin_client, key):
    assert admin_client.get(f"/admin/departments/staffing/{key}/history/").status_code == 302


def test_a_row_of_another_object_is_not_restored(admin_client, staffing):
    other = records_of(Department.objects.first()).first()
    assert admin_client.post(address(staffing, f"history/{10**9 + other.pk}/restore/")).status_code == 404


def test_markup_in_values_stays_text(admin_client, seeded):
    unit = Department.objects.get(slug="data-center")
    unit.name = "<script>alert(1)</script>"
    unit.save()
    page = admin_client.get(address(unit, "history/")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_group_membership_is_kept(admin_client, seeded):
    user, group = User.objects.create(username="park"), Group.objects.get(name="예산 담당")
    group.user_set.add(user)
    page = text_of(admin_client.get(address(user, "history/")))
    assert '<span class="k">역할</span> <ins>예산 담당</ins>' in page


def test_no_history_can_be_edited_in_admin(admin_client):
    assert "historical" not in admin_client.get("/admin/").content.decode().lower()


def test_the_page_of_an_object_has_a_fixed_number_of_queries(
    admin_client, staffing, django_assert_num_queries
):
    for number in range(60):
        staffing.authorized = number
        staffing.save()
    admin_client.get(address(staffing, "history/"))
    with django_assert_num_queries(6):
        admin_client.get(address(staffing, "history/"))

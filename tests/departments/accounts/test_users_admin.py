"""Users in admin: who gives whom which role."""

import re

import pytest
from django.contrib.auth.models import Group, Permission

from departments.models import Department, User
from tests.audit import records_of
from tests.core.access.test_scope import OTHER, OWN, address, fields_of, member, own, staffing_of, text_of  # noqa: F401 (fixtures)
from tests.factories import make_member
from tests.test_permissions_changes import restore_address


@pytest.fixture
def keeper(client, seeded):
    client.force_login(make_member("관리자", username="keeper"))
    return client


def user_fields(user, **changed):
    return {
        "username": user.username,
        "is_active": "on",
        "date_joined_0": "2022-01-01",
        "date_joined_1": "00:00:00",
    } | changed


@pytest.mark.parametrize(
    ("role", "expected"),
    [("열람", False), ("간부", False), ("부서 담당", True), ("예산 담당", True), ("기획 담당", True)],
)
def test_is_staff_follows_the_role(seeded, role, expected):
    user = User.objects.create(username="kim")
    user.groups.add(Group.objects.get(name=role))
    assert User.objects.get(pk=user.pk).is_staff is expected
    user.groups.clear()
    assert User.objects.get(pk=user.pk).is_staff is False


def test_form_that_gives_a_role_opens_the_administration(keeper, client):
    user, group = User.objects.create(username="kim"), Group.objects.get(name="부서 담당")
    assert keeper.post(address(user), user_fields(user, groups=[group.pk])).status_code == 302
    assert [record.state["groups"] for record in records_of(user)] == [[group.pk], []]
    client.force_login(user)
    assert client.get("/admin/").status_code == 200


def test_one_page_makes_a_user(keeper):
    unit, group = Department.objects.get(slug=OWN), Group.objects.get(name="부서 담당")
    response = keeper.post(
        "/admin/departments/user/add/",
        {
            "username": "kim",
            "last_name": "김",
            "first_name": "서울",
            "email": "kim@example.org",
            "department": unit.pk,
            "groups": [group.pk],
            "password1": "first-horse-9",
            "password2": "first-horse-9",
        },
        follow=True,
    )
    assert response.redirect_chain == [("/admin/departments/user/", 302)]
    user = User.objects.get(username="kim")
    assert (user.display_name, user.department, list(user.groups.all())) == ("김서울", unit, [group])
    assert (user.check_password("first-horse-9"), user.must_change_password) == (True, True)
    assert "부서 담당" in text_of(response)
    assert "첫 비밀번호" in text_of(response)


def test_first_password_is_changed_at_the_first_sign_in(client, seeded):
    user = User.objects.create_user(username="kim", password="first-horse-9", must_change_password=True)
    client.post("/accounts/login/", {"username": "kim", "password": "first-horse-9"})
    asked = client.get("/departments/?as_of=2022-08-29")
    change = "/accounts/password/?next=%2Fdepartments%2F%3Fas_of%3D2022-08-29"
    assert (asked.status_code, asked.headers["Location"]) == (302, change)
    assert "다른 사람이 정해 준 비밀번호" in text_of(client.get(change))
    fields = {
        "old_password": "first-horse-9",
        "new_password1": "first-horse-9",
        "new_password2": "first-horse-9",
    }
    assert "지금과 다른 비밀번호" in text_of(client.post(change, fields))
    fields |= {"new_password1": "second-horse-9", "new_password2": "second-horse-9"}
    assert client.post(change, fields).headers["Location"] == "/departments/?as_of=2022-08-29"
    assert client.get("/departments/").status_code == 200
    user.refresh_from_db()
    assert user.must_change_password is False


def test_first_password_leads_to_no_other_site(client, seeded):
    client.force_login(
        User.objects.create_user(username="kim", password="first-horse-9", must_change_password=True)
    )
    fields = {
        "old_password": "first-horse-9",
        "new_password1": "second-horse-9",
        "new_password2": "second-horse-9",
    }
    response = client.post("/accounts/password/?next=https://evil.example/", fields)
    assert response.headers["Location"] == "/accounts/password/done/"


def test_password_that_another_gives_is_a_first_one(keeper):
    user = User.objects.create(username="kim")
    fields = {"password1": "given-horse-9", "password2": "given-horse-9"}
    assert keeper.post(f"/admin/departments/user/{user.pk}/password/", fields).status_code == 302
    user.refresh_from_db()
    assert (user.check_password("given-horse-9"), user.must_change_password) == (True, True)


def test_own_password_is_changed_where_the_old_one_is_asked_for(keeper):
    own_key = User.objects.get(username="keeper").pk
    response = keeper.get(f"/admin/departments/user/{own_key}/password/")
    assert response.headers["Location"] == "/accounts/password/"


def test_list_of_users_asks_a_fixed_number_of_queries(keeper, django_assert_max_num_queries):
    for number in range(20):
        make_member("부서 담당", username=f"user{number}")
    with django_assert_max_num_queries(13):
        keeper.get("/admin/departments/user/")


def test_role_counts_people_not_pairs(keeper):
    for number in range(3):
        make_member("열람", username=f"user{number}")
    response = keeper.get("/admin/auth/group/?q=열람")
    assert [group.member_count for group in response.context["cl"].result_list] == [3]


def test_nobody_but_a_superuser_makes_one(keeper):
    user = User.objects.create(username="kim")
    form = keeper.get(address(user)).context["adminform"].form
    assert {"is_superuser", "user_permissions"}.isdisjoint(form.fields)
    keeper.post(
        address(user), user_fields(user, is_superuser="on", user_permissions=[Permission.objects.first().pk])
    )
    user.refresh_from_db()
    assert (user.is_superuser, user.user_permissions.count()) == (False, 0)


def test_nobody_but_a_superuser_touches_one(keeper):
    root = User.objects.create_superuser(username="root", password="a-long-password")
    assert keeper.post(address(root), user_fields(root, is_active="")).status_code == 403
    assert (
        keeper.post(
            f"/admin/departments/user/{root.pk}/password/", {"password1": "x", "password2": "x"}
        ).status_code
        == 403
    )
    keeper.post(
        "/admin/departments/user/", {"action": "delete_selected", "_selected_action": root.pk, "post": "yes"}
    )
    root.refresh_from_db()
    assert root.is_active
    assert root.check_password("a-long-password")


def test_nobody_goes_back_to_being_a_superuser(keeper):
    user = User.objects.create(username="kim", is_superuser=True)
    first = records_of(user).first()
    user.is_superuser = False
    user.save()
    assert keeper.post(restore_address(User, user.pk, first)).status_code == 403


@pytest.mark.parametrize(("city", "status"), [("", 200), ("on", 302)])
def test_a_planner_has_a_bureau_or_the_whole_city(client, seeded, city, status):
    client.force_login(make_member("관리자", username="keeper"))
    form = {
        "username": "plan",
        "last_name": "박",
        "first_name": "기획",
        "groups": Group.objects.get(name="기획 담당").pk,
    }
    form |= {"password1": "vkfksgksmf-2022", "password2": "vkfksgksmf-2022"} | (
        {"is_city_wide": city} if city else {}
    )
    response = client.post("/admin/departments/user/add/", form)
    assert response.status_code == status
    if status == 200:
        errors = response.context["adminform"].form.errors["department"]
        assert errors == [
            "기획 담당은 한 국·정책관의 일을 합니다. 소속 부서를 고르거나 ‘서울시 전체’를 켜 주세요."
        ]
    assert User.objects.filter(username="plan", is_city_wide=True).exists() == (status == 302)


def test_a_group_of_ones_own_is_given_rights_in_korean(admin_client):
    page = admin_client.get("/admin/auth/group/add/").content.decode()
    rights = re.findall(r'name="permissions"[^>]*>\s*([^<]+?)</label>', page)
    assert len(rights) > 150
    assert set(rights) >= {"추가", "수정", "삭제", "보기", "가져오기", "내보내기", "업무보고 발행"}
    assert not [right for right in rights if re.search("[A-Za-z]", right)]
    assert "selectfilter" not in page
    right = Permission.objects.get(codename="view_duty")
    admin_client.post(
        "/admin/auth/group/add/", {"name": "감사 담당", "permissions": [right.pk], "change_reason": ""}
    )
    assert [*Group.objects.get(name="감사 담당").permissions.all()] == [right]


def test_the_password_of_an_account_shows_nothing_of_its_hash(admin_client, admin_user):
    page = admin_client.get(f"/admin/departments/user/{admin_user.pk}/change/").content.decode()
    assert "정해져 있습니다." in page
    for word in ("argon2", "알고리즘", "솔트", "해시"):
        assert word not in page

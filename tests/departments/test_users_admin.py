"""Users in admin: who gives whom which role."""

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


def test_a_role_opens_the_door_to_admin(keeper):
    user, unit = User.objects.create(username="kim"), Department.objects.get(slug=OWN)
    group = Group.objects.get(name="부서 담당")
    response = keeper.post(address(user), user_fields(user, groups=[group.pk], department=unit.pk))
    assert response.status_code == 302
    user.refresh_from_db()
    assert (user.is_staff, user.department, list(user.groups.all())) == (True, unit, [group])


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

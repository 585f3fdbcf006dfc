"""Who is signed in, and whether that person may download tables."""

import pytest
from django.contrib.auth.models import Permission

from core.access.backends import StaffBackend, already_read
from departments.models import User
from tests.factories import make_member


@pytest.mark.parametrize(("role", "expected"), [("열람", False), ("간부", True), ("부서 담당", True)])
def test_staff_backend_tells_by_the_role_who_exports(seeded, role, expected):
    assert StaffBackend().get_user(make_member(role).pk).can_export is expected


def test_staff_backend_tells_by_a_permission_who_exports(seeded):
    user = make_member("열람")
    user.user_permissions.add(Permission.objects.get(codename="export_tables"))
    assert StaffBackend().get_user(user.pk).can_export is True


def test_staff_backend_asks_once(seeded, django_assert_num_queries):
    key = make_member("간부").pk
    with django_assert_num_queries(1):
        StaffBackend().get_user(key)


@pytest.mark.parametrize(("is_asked_for", "queries"), [(True, 0), (False, 1)])
def test_user_who_is_read_already_is_not_asked_for(seeded, is_asked_for, queries, django_assert_num_queries):
    read, other = (
        User.objects.get_with_access(make_member("간부", username=username).pk) for username in "ab"
    )
    with already_read(read), django_assert_num_queries(queries):
        wanted = read if is_asked_for else other
        assert StaffBackend().get_user(wanted.pk).pk == wanted.pk


def test_staff_backend_knows_nobody_who_left(seeded):
    user = make_member("간부")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert StaffBackend().get_user(user.pk) is None
    assert StaffBackend().get_user(0) is None
    with already_read(User.objects.get_with_access(user.pk)):
        assert StaffBackend().get_user(user.pk) is None

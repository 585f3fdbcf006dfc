"""Roles as groups and permissions, made after every `migrate`."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS

from core.access.roles import install_roles
from tests.audit import RESTORABLE
from tests.core.access.test_scope import OTHER, OWN, address, fields_of, member, own, staffing_of, text_of  # noqa: F401 (fixtures)


def install_all_roles():
    for config in apps.get_app_configs():
        install_roles(config, using=DEFAULT_DB_ALIAS)


def test_every_model_can_be_imported_and_exported_by_permission(seeded):
    for model in RESTORABLE:
        name = model._meta.model_name
        assert (
            Permission.objects.get(codename=f"import_{name}").name == f"{model._meta.verbose_name} 가져오기"
        )
        assert Permission.objects.filter(codename=f"export_{name}").count() == 1


def test_a_role_is_what_the_program_says(seeded):
    role, own_group = Group.objects.get(name="열람"), Group.objects.create(name="우리 모임")
    permission = Permission.objects.get(codename="delete_source")
    for group in (role, own_group):
        group.permissions.add(permission)
    Group.objects.get(name="간부").delete()
    install_all_roles()
    assert list(role.permissions.all()) == []
    assert list(own_group.permissions.all()) == [permission]
    assert [one.codename for one in Group.objects.get(name="간부").permissions.all()] == ["export_tables"]


def test_setting_up_again_asks_and_writes_little(seeded, django_assert_max_num_queries):
    with django_assert_max_num_queries(250):
        install_all_roles()

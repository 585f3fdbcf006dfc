"""Roles (역할): what a role is, and the groups and permissions that it becomes after every `migrate`.

The roles themselves are data: `settings.ROLES` names the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import Exists, Q
from django.utils.module_loading import import_string

from ..models import Source

ACTIONS = {
    "view": "보기",
    "add": "추가",
    "change": "수정",
    "delete": "삭제",
    "import": "가져오기",
    "export": "내보내기",
}
EVERY_ACTION = tuple(ACTIONS)
VIEW = ("view",)
TABLES = "export_tables"  # the permission to download the tables of pages


@dataclass(frozen=True)
class Grant:
    """`models` are labels, or labels of apps for all their models; `unit_editable` adds the models that say so.

    With `scopes` it holds for sources of these scopes alone.
    """

    models: Sequence[str] = ()
    actions: Sequence[str] = EVERY_ACTION
    scopes: Sequence[str] = ()
    exclude: Sequence[str] = ()
    unit_editable: bool = False

    def covers(self, label: str, action: str) -> bool:
        if action not in self.actions or label in self.exclude:
            return False
        named = not {label, label.partition(".")[0]}.isdisjoint(self.models)
        return named or self.unit_editable and getattr(apps.get_model(label), "unit_editable", False)


@dataclass(frozen=True)
class Role:
    """`own_unit_only`: for the user's own unit and those below; `own_bureau_only`: for the user's bureau, unless the user works
    for the whole city. `can_export`: may download the tables of pages."""

    name: str
    grants: Sequence[Grant] = ()
    own_unit_only: bool = False
    own_bureau_only: bool = False
    can_export: bool = True

    def grant(self, label: str, action: str) -> Grant | None:
        return next((grant for grant in self.grants if grant.covers(label, action)), None)

    def gives(self, label: str, codename: str) -> bool:
        """Whether the permission of this code name on the model belongs to the role."""
        if codename == TABLES:
            return self.can_export
        action, _, _ = codename.partition("_")
        return self.grant(label, action) is not None


@cache
def all_roles() -> dict[str, Role]:
    """Every role by its name, in the order of the list."""
    return {role.name: role for role in import_string(settings.ROLES)}


def unit_editable_models() -> list[type[Any]]:
    """The models whose rows belong to one unit, which that unit edits."""
    return [model for model in apps.get_models() if getattr(model, "unit_editable", False)]


def permissions_of(model: type[Any]) -> list[tuple[str, str]]:
    """(code name, name) of the permissions on a model: Django's own with Korean names, and those to import and export."""
    options = model._meta
    actions = (*options.default_permissions, "import", "export") if options.default_permissions else ()
    named = [
        (f"{action}_{options.model_name}", f"{options.verbose_name_raw} {ACTIONS[action]}")
        for action in actions
    ]
    return [
        *named,
        *options.permissions,
        *([(TABLES, "화면의 표를 파일로 받기")] if options.label == Source._meta.label else []),
    ]


def can_export(user: Any) -> Any:
    """Whether the user has the permission, by hand or by a group."""
    return Exists(_permissions_of(user).filter(codename=TABLES))


def uses_admin(user: Any) -> Any:
    """Whether the user has any other permission, so that there is something to do in the administration."""
    return Exists(_permissions_of(user).exclude(codename=TABLES))


def administers_users(user: Any) -> Any:
    """Whether the user makes accounts or gives rights."""
    return Exists(_permissions_of(user).filter(codename__in=("add_user", "change_user", "change_group")))


def _permissions_of(user: Any) -> Any:
    return Permission.objects.filter(Q(group__user=user) | Q(user=user))


def install_roles(app_config: Any, using: str, apps: Any = apps, **kwargs: Any) -> None:
    """Receives `post_migrate`: the app's permissions, and what the roles have of them.

    What was given to a role by hand is taken back: a role is what `settings.ROLES` says. Groups of other names are left alone.
    """
    try:
        groups, permissions = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
        types, config = apps.get_model("contenttypes", "ContentType"), apps.get_app_config(app_config.label)
    except LookupError:  # a `migrate` that stops before there is all of this
        return
    by_type = {
        kind.pk: model
        for model, kind in types.objects.db_manager(using).get_for_models(*config.get_models()).items()
    }
    _add_permissions(permissions.objects.using(using), by_type)
    given = list(
        permissions.objects.using(using)
        .filter(content_type__in=by_type)
        .values_list("pk", "content_type", "codename")
    )
    for role in all_roles().values():
        group, _ = groups.objects.using(using).get_or_create(name=role.name)
        wanted = {
            key for key, kind, codename in given if role.gives(by_type[kind]._meta.label_lower, codename)
        }
        links = groups.permissions.through.objects.using(using)
        of_app = links.filter(group_id=group.pk, permission__in=[key for key, *_ in given])
        has = set(of_app.values_list("permission_id", flat=True))
        of_app.filter(permission__in=has - wanted).delete()
        links.bulk_create([links.model(group_id=group.pk, permission_id=key) for key in sorted(wanted - has)])


def _add_permissions(permissions: Any, by_type: Any) -> None:
    known = {
        (permission.content_type_id, permission.codename): permission
        for permission in permissions.filter(content_type__in=by_type)
    }
    for kind, model in by_type.items():
        for codename, name in permissions_of(model):
            permission = known.get((kind, codename))
            if permission is None:
                permissions.create(content_type_id=kind, codename=codename, name=name)
            elif permission.name != name:
                permissions.filter(pk=permission.pk).update(name=name)

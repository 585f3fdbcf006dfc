"""Who may do what (역할): six groups as data, set up after every `migrate`, so that new models have them too.

A role gives permissions, as Django knows them, and says for which rows they hold: those of every unit, those of sources of some scopes,
or those of the user's own unit and the units below it (`reach.py` finds these rows).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.apps import apps

from core.models import Source

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
BUDGET_SCOPES = (Source.Scope.REVENUE, Source.Scope.EXPENDITURE)


@dataclass(frozen=True)
class Grant:
    """`models` are labels, or labels of apps for all their models. With `scopes` it holds for sources of these scopes alone."""

    models: Sequence[str]
    actions: Sequence[str] = EVERY_ACTION
    scopes: Sequence[str] = ()
    without: Sequence[str] = ()

    def covers(self, label, action):
        return (
            action in self.actions
            and label not in self.without
            and not {label, label.partition(".")[0]}.isdisjoint(self.models)
        )


@dataclass(frozen=True)
class Role:
    """`own_only`: for the user's own unit and those below. `takes_out`: may download the tables of pages."""

    name: str
    grants: Sequence[Grant] = ()
    own_unit_only: bool = False
    can_export: bool = True

    def grant(self, label, action) -> Grant | None:
        return next((grant for grant in self.grants if grant.covers(label, action)), None)

    def gives(self, label, codename):
        """Whether the permission of this code name on the model belongs to the role."""
        if codename == TABLES:
            return self.can_export
        action, _, _ = codename.partition("_")
        return self.grant(label, action) is not None


WORK = ("departments", "budgets", "projects", "glossary", "reports")
OF_A_UNIT = (
    "departments.staffing",
    "departments.duty",
    "projects.brief",
    "projects.contact",
    "projects.funding",
    "projects.milestone",
    "projects.measurement",
    "projects.target",
)
EDITION = ("reports.edition",)
PUBLISHING = Grant(EDITION, ("submit", "preview", "publish"))
CHOSEN_BY_A_UNIT = (
    "core.source",
    "departments.department",
    "projects.project",
    "projects.strategy",
    "projects.indicator",
)

ROLES = {
    role.name: role
    for role in (
        Role("열람", can_export=False),
        Role("간부"),
        Role(
            "부서 담당",
            (Grant(OF_A_UNIT), Grant(CHOSEN_BY_A_UNIT, VIEW), Grant(EDITION, ("view", "submit"))),
            own_unit_only=True,
        ),
        Role(
            "예산 담당",
            (
                Grant(("budgets",)),
                Grant(("core.source", "core.controltotal"), scopes=BUDGET_SCOPES),
                Grant(("departments.department",), VIEW),
                Grant(("reports.explanation",), ("view", "add")),
                Grant(EDITION, ("view", "preview")),
            ),
        ),
        Role("기획 담당", (Grant(WORK, without=("departments.user",)), PUBLISHING)),
        Role(
            "관리자",
            (
                Grant((*WORK, "auth.group")),
                PUBLISHING,
                Grant(("axes",), VIEW),
                Grant(("axes.accessattempt",), ("delete",)),
            ),
        ),  # which unlocks
    )
}


def permissions_of(model):
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


def set_up(app_config, using, apps=apps, **kwargs):
    """Receives `post_migrate`: the app's permissions, and what the roles have of them.

    What was given to a role by hand is taken back: a role is what this file says. Groups of other names are left alone.
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
    for role in ROLES.values():
        group, _ = groups.objects.using(using).get_or_create(name=role.name)
        wanted = {
            key for key, kind, codename in given if role.gives(by_type[kind]._meta.label_lower, codename)
        }
        _set_permissions(
            groups.permissions.through.objects.using(using), group, {key for key, *_ in given}, wanted
        )


def _add_permissions(permissions, by_type):
    known = {(one.content_type_id, one.codename): one for one in permissions.filter(content_type__in=by_type)}
    for kind, model in by_type.items():
        for codename, name in permissions_of(model):
            permission = known.get((kind, codename))
            if permission is None:
                permissions.create(content_type_id=kind, codename=codename, name=name)
            elif permission.name != name:
                permissions.filter(pk=permission.pk).update(name=name)


def _set_permissions(links, group, of_app, wanted):
    has = set(links.filter(group_id=group.pk, permission__in=of_app).values_list("permission_id", flat=True))
    links.filter(group_id=group.pk, permission__in=has - wanted).delete()
    links.bulk_create([links.model(group_id=group.pk, permission_id=key) for key in sorted(wanted - has)])

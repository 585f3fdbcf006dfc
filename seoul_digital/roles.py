"""Who may do what (역할): six roles as data.

A role gives permissions, as Django knows them, and says for which rows they hold: those of every bureau, those of the user's
bureau (of all, where the user works for the whole city), those of sources of some scopes, or those of the user's own unit
and the units below it (`core.access.scope` finds these rows).
"""

from core.access.roles import VIEW, Grant, Role
from core.models import Source

BUDGET_SCOPES = (Source.Scope.REVENUE, Source.Scope.EXPENDITURE)
EDITABLE_APPS = ("core", "departments", "budgets", "projects", "glossary", "reports")
EDITION = ("reports.edition",)
PUBLISHING = Grant(EDITION, ("submit", "preview", "publish"))
CHOSEN_BY_A_UNIT = (
    "core.source",
    "departments.department",
    "departments.jobseries",
    "projects.project",
    "projects.strategy",
    "projects.indicator",
    "budgets.budgetline",
)

ROLES = (
    Role("열람", can_export=False),
    Role("간부"),
    Role(
        "부서 담당",
        (
            Grant(unit_editable=True),
            Grant(CHOSEN_BY_A_UNIT, VIEW),
            Grant(("glossary.term",), ("view", "add")),
            Grant(EDITION, ("view", "submit")),
        ),
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
        own_bureau_only=True,
    ),
    Role(
        "기획 담당",
        (
            Grant(EDITABLE_APPS, exclude=("departments.user", "core.threshold")),
            Grant(("core.threshold",), VIEW),
            PUBLISHING,
        ),
        own_bureau_only=True,
    ),
    Role(
        "관리자",
        (
            Grant((*EDITABLE_APPS, "auth.group")),
            PUBLISHING,
            Grant(("axes",), VIEW),
            Grant(("axes.accessattempt",), ("delete",)),  # which unlocks
        ),
    ),
)

"""What the pages that span the apps show, and where findings are read."""

from core.models import Source
from core.page_links import Page, register_fact_page, register_findings_page, register_page_links

HOME = (Page("현황판", "home"),)
ON_HOME = (
    "departments.placement",
    "departments.staffing",
    "departments.staffingcount",
    "budgets.revenuefigure",
    "budgets.budgetfigure",
    "projects.brief",
    "projects.milestone",
)
SCOPES_ON_HOME = (
    Source.Scope.ORGANISATION,
    Source.Scope.STAFFING,
    Source.Scope.REVENUE,
    Source.Scope.EXPENDITURE,
    Source.Scope.PROJECTS,
)

register_page_links(dict.fromkeys(ON_HOME, HOME), dict.fromkeys(SCOPES_ON_HOME, HOME))
register_findings_page("integrity")
register_fact_page("fact")

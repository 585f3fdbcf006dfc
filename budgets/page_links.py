"""Pages that show the budget."""

from core.models import Source
from core.page_links import Page, register_page_links

REVENUE, EXPENDITURE = Page("세입", "budgets:revenue"), Page("세출", "budgets:expenditure")

register_page_links(
    {
        "budgets.revenueitem": (REVENUE,),
        "budgets.revenuefigure": (REVENUE,),
        "budgets.budgetline": (Page("부서별 세출", "budgets:lines", "department.slug"), EXPENDITURE),
        "budgets.budgetfigure": (Page("부서별 세출", "budgets:lines", "line.department.slug"), EXPENDITURE),
    },
    {Source.Scope.REVENUE: (REVENUE,), Source.Scope.EXPENDITURE: (EXPENDITURE,)},
)

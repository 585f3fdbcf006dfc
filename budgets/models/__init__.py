from .figures import BudgetFigure, BudgetLine, RevenueFigure, RevenueItem
from .imports import BudgetImport, ColumnMapping, DepartmentAlias, LineNaming, ProgrammeDecision

__all__ = [
    "BudgetFigure",
    "BudgetImport",
    "BudgetLine",
    "ColumnMapping",
    "DepartmentAlias",
    "LineNaming",
    "ProgrammeDecision",
    "RevenueFigure",
    "RevenueItem",
]

from .figures import BudgetFigure, BudgetLine, RevenueFigure, RevenueItem
from .imports import BudgetImport, ColumnMapping, DepartmentAlias

__all__ = [
    "BudgetFigure",
    "BudgetImport",
    "BudgetLine",
    "ColumnMapping",
    "DepartmentAlias",
    "RevenueFigure",
    "RevenueItem",
]

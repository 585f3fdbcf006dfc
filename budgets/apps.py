from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "budgets"
    verbose_name = "예산"

    def ready(self):
        from . import texts  # noqa: F401  (offers the budget's texts to search)

from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "budgets"
    verbose_name = "예산"

    def ready(self) -> None:
        from . import checks, page_links, search  # noqa: F401  (registers what can be checked and found)

from django.apps import AppConfig
from django.db.models.signals import post_save


class BudgetsConfig(AppConfig):
    name = "budgets"
    verbose_name = "예산"

    def ready(self) -> None:
        from core.models import Source

        from .imports.line_identity import apply_namings

        def apply(sender, instance, **_: object) -> None:
            if instance.state == Source.State.IN_FORCE:
                apply_namings(instance)

        post_save.connect(apply, sender=Source, weak=False, dispatch_uid="budgets.line_namings")
        from . import checklist, checks, overview_checks, page_links, plausibility, search, stated_facts  # noqa: F401  (registers what can be checked and found)

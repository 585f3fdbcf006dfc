from datetime import timedelta

from django.apps import AppConfig
from django.db.models import QuerySet
from django.db.models.signals import post_save


class BudgetsConfig(AppConfig):
    name = "budgets"
    verbose_name = "예산"

    def ready(self) -> None:
        from core.audit.imported_rows import register_unsettled
        from core.models import Source
        from core.tasks.periodic import register_periodic

        from .imports.jobs import tidy
        from .imports.line_identity import apply_namings
        from .models import BudgetImport

        def unsettled() -> QuerySet[BudgetImport, int]:
            return BudgetImport.objects.filter(
                state__in=["reading", "discarded"], source__state=Source.State.DRAFT
            ).values_list("source_id", flat=True)

        register_unsettled(unsettled)
        register_periodic(tidy, every=timedelta(hours=1))

        def apply(sender, instance, **_: object) -> None:
            if instance.state == Source.State.IN_FORCE:
                apply_namings(instance)

        post_save.connect(apply, sender=Source, weak=False, dispatch_uid="budgets.line_namings")
        from . import (  # noqa: F401  (registers what can be checked and found)
            checklist,
            checks,
            line_checks,
            line_facts,
            overview_checks,
            page_links,
            plausibility,
            search,
            stated_facts,
        )
        from .expenditure import facts  # noqa: F401

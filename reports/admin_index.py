"""What the index of admin says: what waits to be done, how old each scope is, how much there is of each model."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Value

from core.models import Source
from core.tasks.failures import failed_work

from . import findings as integrity

SHOWN = 20  # of a list


@dataclass(frozen=True)
class Age:
    """The newest base date in force of a scope; `is_old` where another scope of the bureau has a newer one."""

    scope: str
    name: str
    newest: date | None
    is_old: bool


def context(site, request, subjects):
    counts = counted(site, request, subjects)
    for model in (model for subject in subjects for model in subject["models"]):
        model["count"] = counts.get(model["model"]._meta.label_lower, 0)
    return {
        "drafts": drafts(site, request),
        "ages": ages(request.snapshot),
        "findings": findings(request),
        "failed_work": failed_work() if request.user.has_perm("departments.change_user") else [],
        "subjects": subjects,
    }


def counted(site, request, subjects):
    """Rows of each model that the user may see, by label, in one query."""
    models = [model["model"] for subject in subjects for model in subject["models"]]
    if not models:
        return {}
    first, *others = (
        site.get_model_admin(model)
        .get_queryset(request)
        .order_by()
        .annotate(of_model=Value(model._meta.label_lower))
        .values_list("of_model")
        .annotate(number=Count("pk"))
        for model in models
    )
    return dict(first.union(*others, all=True) if others else first)


def drafts(site, request):
    """Sources being written that the user may see, the newest first."""
    source_admin = site.get_model_admin(Source)
    if not source_admin.has_view_permission(request):
        return []
    waiting = source_admin.get_queryset(request).filter(state=Source.State.DRAFT)
    return list(waiting.select_related("bureau").newest_first()[:SHOWN])


def ages(snapshot) -> list[Age]:
    """Of every scope; those without a source in force too."""
    newest = {
        scope: next((source.as_of for source in snapshot.sources if source.scope == scope), None)
        for scope in Source.Scope
    }
    last = max(filter(None, newest.values()), default=None)
    return (
        [Age(scope.value, str(scope.label), on, on != last) for scope, on in newest.items()] if last else []
    )


def findings(request):
    """Errors and warnings that nobody has explained, on what is in force."""
    if request.snapshot.is_empty:
        return []
    return [explained.finding for explained in integrity.findings_of(request.snapshot) if explained.is_open]

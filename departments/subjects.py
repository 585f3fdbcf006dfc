"""The units of the organisation, and the job series of the whole, as subjects of printed totals."""

from core.import_export.names import Names
from core.subjects import WHOLE, Wanted, register_subjects

from .models import Department, JobSeries


@register_subjects
def unit_names(wanted: Wanted) -> dict[str, str]:
    """The names of units by their slugs."""
    return dict(Names(Department, wanted).shown)


@register_subjects
def series_names(wanted: Wanted) -> dict[str, str]:
    """The name of every job series by the subject of its total of the whole."""
    return {series.subject: f"{WHOLE} {series.name}" for series in JobSeries.objects.all()}

"""The units of the organisation, and the job series of the whole, as subjects of printed totals."""

from core.import_export.names import Names
from core.subjects import WHOLE, register_subjects

from .models import Department, JobSeries


@register_subjects
def unit_names() -> dict[str, str]:
    """The name of every unit by its slug."""
    return dict(Names(Department).shown)


@register_subjects
def series_names() -> dict[str, str]:
    """The name of every job series by the subject of its total of the whole."""
    return {series.subject: f"{WHOLE} {series.name}" for series in JobSeries.objects.all()}

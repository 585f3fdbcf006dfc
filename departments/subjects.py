"""The units of the organisation as subjects of printed totals."""

from core.subjects import register_subjects

from .models import Department


@register_subjects
def unit_names() -> dict[str, str]:
    """The name of every unit by its slug."""
    return dict(Department.objects.values_list("slug", "name"))

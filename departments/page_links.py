"""Pages that show the organisation."""

from core.models import Source
from core.page_links import Page, register_page_links

UNITS = Page("조직·인력", "departments:list")


def unit_page(path: str) -> Page:
    return Page("부서", "departments:detail", path)


register_page_links(
    {
        "departments.department": (unit_page("slug"), UNITS),
        "departments.placement": (unit_page("department.slug"), UNITS),
        "departments.foundationprofile": (unit_page("department.slug"), UNITS),
        "departments.succession": (unit_page("successor.slug"),),
        "departments.duty": (unit_page("department.slug"), UNITS),
        "departments.jobseries": (UNITS,),
        "departments.staffing": (unit_page("department.slug"), UNITS),
        "departments.staffingcount": (unit_page("staffing.department.slug"), UNITS),
    },
    {
        Source.Scope.ORGANISATION: (UNITS,),
        Source.Scope.DUTIES: (UNITS,),
        Source.Scope.STAFFING: (UNITS,),
    },
)

"""Where readers see what is kept of each model: for search, history, and the way from admin to the pages."""

from dataclasses import dataclass
from functools import reduce

from django.core.exceptions import ObjectDoesNotExist

from .audit.history_rows import label_of
from .models import Source

WAYS_TO_SOURCE = ("source", "brief.source", "vision.source")


@dataclass(frozen=True)
class Page:
    """A page by the name of its view; `slug` and `fragment` are the ways from an object to those in the address."""

    name: str
    view: str
    slug: str = ""
    fragment: str = ""


HOME = Page("현황판", "home")
REVENUE, EXPENDITURE = Page("세입", "budgets:revenue"), Page("세출", "budgets:expenditure")
UNITS, INDICATORS = Page("조직·인력", "departments:list"), Page("지표", "projects:indicators")
PROJECTS, TIMELINE = Page("주요 사업", "projects:list"), Page("일정", "projects:timeline")


def _unit(way):
    return Page("부서", "departments:detail", way)


def _project(way):
    return Page("사업", "projects:detail", way)


# The page that shows it best comes first.
PAGES = {
    "departments.department": (_unit("slug"), UNITS),
    "departments.placement": (_unit("department.slug"), UNITS, HOME),
    "departments.foundationprofile": (_unit("department.slug"), UNITS),
    "departments.succession": (_unit("successor.slug"),),
    "departments.duty": (_unit("department.slug"), UNITS),
    "departments.staffing": (_unit("department.slug"), UNITS, HOME),
    "budgets.revenueitem": (REVENUE,),
    "budgets.revenuefigure": (REVENUE, HOME),
    "budgets.budgetline": (Page("부서별 세출", "budgets:lines", "department.slug"), EXPENDITURE),
    "budgets.budgetfigure": (Page("부서별 세출", "budgets:lines", "line.department.slug"), EXPENDITURE, HOME),
    "projects.strategy": (PROJECTS,),
    "projects.vision": (PROJECTS,),
    "projects.visionvalue": (PROJECTS,),
    "projects.visionstrategy": (PROJECTS,),
    "projects.project": (_project("slug"), PROJECTS),
    "projects.brief": (_project("project.slug"), PROJECTS, HOME),
    "projects.contact": (_project("brief.project.slug"),),
    "projects.funding": (_project("brief.project.slug"), PROJECTS),
    "projects.milestone": (_project("brief.project.slug"), TIMELINE, HOME),
    "projects.indicator": (INDICATORS, _project("project.slug")),
    "projects.measurement": (INDICATORS, _project("indicator.project.slug")),
    "projects.target": (INDICATORS, _project("indicator.project.slug")),
    "glossary.term": (Page("용어집", "glossary:list", fragment="slug"),),
    "glossary.definition": (Page("용어집", "glossary:list", fragment="term.slug"),),
}
OF_SCOPES = {
    Source.Scope.ORGANISATION: (UNITS, HOME),
    Source.Scope.DUTIES: (UNITS,),
    Source.Scope.STAFFING: (UNITS, HOME),
    Source.Scope.REVENUE: (REVENUE, HOME),
    Source.Scope.EXPENDITURE: (EXPENDITURE, HOME),
    Source.Scope.VISION: (PROJECTS,),
    Source.Scope.PROJECTS: (PROJECTS, TIMELINE, HOME),
    Source.Scope.INDICATORS: (INDICATORS,),
    Source.Scope.GLOSSARY: (Page("용어집", "glossary:list"),),
}


def known(model, keys) -> set[int]:
    """Those of the keys whose objects readers know of: what lasts and only drafts speak of is on no page yet.

    Of what a source says itself `shown_at` knows without a query.
    """
    links = {way.partition(".")[0] for way in WAYS_TO_SOURCE}
    if not getattr(model, "source_paths", ()) or links & {one.name for one in model._meta.fields}:
        return set(keys)
    return set(model._base_manager.filter(model.published(), pk__in=keys).values_list("pk", flat=True))


def pages_showing(instance, snapshot) -> list[tuple[str, str]]:
    """(name, address) of the pages that show the object on its source's day; none while its source is not in force."""
    source = source_reached(instance)
    if source and source.state != Source.State.IN_FORCE:
        return []
    of_model = PAGES.get(label_of(type(instance)))
    pages = of_model or (OF_SCOPES.get(source.scope, ()) if source else ())
    found = ((page.name, _address(page, instance, source, snapshot)) for page in pages)
    return [(name, address) for name, address in found if address]


def source_reached(instance) -> Source | None:
    """The source that the object's facts belong to, itself included; None for what lasts or where it is gone."""
    if isinstance(instance, Source):
        return instance
    return next(filter(None, (_reached(instance, way) for way in WAYS_TO_SOURCE)), None)


def _address(page, instance, source, snapshot):
    slug, mark = (_reached(instance, way) if way else "" for way in (page.slug, page.fragment))
    if slug is None or mark is None:
        return ""
    fragment = f"#term-{mark}" if mark else ""
    return (
        snapshot.url(
            page.view,
            *filter(None, [slug]),
            as_of=source and str(source.as_of),
            bureau=_bureau(source, snapshot),
        )
        + fragment
    )


def _bureau(source, snapshot):
    """The bureau to ask for, where there are several and the source is one's own."""
    known = [bureau.slug for bureau in snapshot.bureaus if source and bureau.pk == source.bureau_id]
    return known[0] if known and len(snapshot.bureaus) > 1 else ""


def _reached(instance, way):
    """What stands at the end of a way such as `brief.project.slug`; None where there is no such way, or it is gone."""
    try:
        return reduce(lambda one, name: getattr(one, name, None), way.split("."), instance)
    except ObjectDoesNotExist:
        return None

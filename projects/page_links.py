"""Pages that show the projects."""

from core.models import Source
from core.page_links import Page, register_page_links

INDICATORS = Page("지표", "projects:indicators")
PROJECTS, TIMELINE = Page("주요 사업", "projects:list"), Page("일정", "projects:timeline")


def project_page(path: str) -> Page:
    return Page("사업", "projects:detail", path)


register_page_links(
    {
        "projects.strategy": (PROJECTS,),
        "projects.vision": (PROJECTS,),
        "projects.visionvalue": (PROJECTS,),
        "projects.visionstrategy": (PROJECTS,),
        "projects.project": (project_page("slug"), PROJECTS),
        "projects.brief": (project_page("project.slug"), PROJECTS),
        "projects.contact": (project_page("brief.project.slug"),),
        "projects.funding": (project_page("brief.project.slug"), PROJECTS),
        "projects.milestone": (project_page("brief.project.slug"), TIMELINE),
        "projects.indicator": (INDICATORS, project_page("project.slug")),
        "projects.measurement": (INDICATORS, project_page("indicator.project.slug")),
        "projects.target": (INDICATORS, project_page("indicator.project.slug")),
    },
    {
        Source.Scope.VISION: (PROJECTS,),
        Source.Scope.PROJECTS: (PROJECTS, TIMELINE),
        Source.Scope.INDICATORS: (INDICATORS,),
    },
)

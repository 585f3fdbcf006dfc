"""Where the report as a document has what pages show, by scope and by kind of fact."""

from core.models import Source
from core.page_links import register_document

SCOPE = Source.Scope
PROJECTS = (SCOPE.PROJECTS, "chapter-projects")
INDICATORS = (SCOPE.INDICATORS, "chapter-projects")  # it prints them in the texts of its projects

register_document(
    "document",
    {
        **{
            scope: (scope, scope.value)
            for scope in (SCOPE.ORGANISATION, SCOPE.STAFFING, SCOPE.DUTIES, SCOPE.REVENUE, SCOPE.EXPENDITURE)
        },
        SCOPE.VISION: (SCOPE.VISION, "chapter-vision"),
        SCOPE.GLOSSARY: (SCOPE.GLOSSARY, "chapter-glossary"),
        **dict.fromkeys(
            (SCOPE.PROJECTS, "project_budget", "project_period", "funding", "milestone"), PROJECTS
        ),
        **dict.fromkeys(
            (SCOPE.INDICATORS, "measurement", "measured", "share", "target", "achieved"), INDICATORS
        ),
    },
)

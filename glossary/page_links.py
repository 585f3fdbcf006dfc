"""Pages that show the glossary."""

from core.models import Source
from core.page_links import Page, register_page_links


def term_page(path: str = "") -> Page:
    return Page("용어집", "glossary:list", fragment=path, fragment_prefix="term-")


register_page_links(
    {"glossary.term": (term_page("slug"),), "glossary.definition": (term_page("term.slug"),)},
    {Source.Scope.GLOSSARY: (term_page(),)},
)

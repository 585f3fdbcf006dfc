"""Every fact of the report stands in its documents; where the document has no such table, a row's parts stand in it each."""

import re
from itertools import permutations
from pathlib import Path

import pytest
import yaml

from tests.report.seen import BREAK, Page

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one

FACTS = Path(__file__).parents[1] / "report" / "facts"
# What the report says, without what pages compute or tell in a table of their own (departments, indicators, time line, home).
LISTS = sorted(
    path
    for path in FACTS.glob("*.yaml")
    if not path.stem.startswith(("department-", "home", "indicators", "timeline"))
)
NO_TABLE = {"projects"}  # the report lists its projects without a table
HEADER = 5  # cells: a head's merged cells are drawn between its two rows, so that they are not read in order
PAGE_REFERENCE = re.compile(r"p\.\d+")  # of the source's own pages


def facts_of(path):
    return yaml.safe_load(path.read_text())["facts"]


def parts_of(fact):
    """A fact's kind and its parts, without the source's page numbers."""
    kind, parts = next(iter(fact.items())) if isinstance(fact, dict) else ("text", [fact])
    return kind, [part for part in parts if not PAGE_REFERENCE.fullmatch(part)]


def in_html(page, fact, has_table):
    kind, parts = parts_of(fact)
    if kind == "text":
        return page.shows(fact)
    if kind == "row":
        return page.shows_in_row(parts) if has_table else all(page.shows_near([part]) for part in parts)
    return page.shows_near(parts) or page.shows_in_row(parts)


class Printed:
    """The text of a PDF: words in order, white space between them as BREAK, which may also stand within a word at a line's end."""

    def __init__(self, pages):
        bodies = [re.sub(r"- \d+ -\s*$", "", page) for page in pages]
        self.text = BREAK + re.sub(r"\s+", BREAK, "\n".join(bodies)) + BREAK

    def shows(self, parts, within):
        return bool(re.search(f".{{0,{within}}}?".join(map(self.pattern, parts)), self.text))

    @staticmethod
    def pattern(part):
        if part == "-":
            return f"(?<={BREAK})-(?={BREAK})"
        characters = f"{BREAK}?".join(map(re.escape, re.sub(r"\s", "", part)))
        before = r"(?<![\d,.△])" if part[0].isdigit() else ""
        return before + characters + (r"(?![\d]|[,.]\d)" if part[-1].isdigit() else "")


def in_pdf(printed, fact, has_table):
    kind, parts = parts_of(fact)
    if kind == "row" and not has_table:
        return all(printed.shows([part], 0) for part in parts)
    if kind == "row" and len(parts) <= HEADER:
        return any(printed.shows(order, 60) for order in permutations(parts))
    return printed.shows(parts, 120 if kind == "row" else 60)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_every_fact_is_in_the_html(html, path):
    page = Page(html)
    missing = [str(fact) for fact in facts_of(path) if not in_html(page, fact, path.stem not in NO_TABLE)]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_every_fact_is_in_the_pdf(pages, path):
    printed = Printed(pages)
    missing = [str(fact) for fact in facts_of(path) if not in_pdf(printed, fact, path.stem not in NO_TABLE)]
    assert not missing, "\n".join(missing)


def test_the_lists_cover_the_report():
    assert {
        "expenditure",
        "glossary",
        "organisation",
        "projects",
        "revenue",
        *(f"project-{number:02}" for number in range(1, 12)),
    } <= {path.stem for path in LISTS}


@pytest.mark.parametrize(
    "parts",
    [
        ["143,204,843"],
        ["계", "266", "△8", "258", "259"],
        ["정원", "26"],
        ["디지털정책담당관", "35", "-", "36"],
        ["없는 말"],
    ],
)
def test_what_is_not_there_is_not_found(pages, parts):
    assert not Printed(pages).shows(parts, 40)

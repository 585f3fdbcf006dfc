"""Every fact of the report is seen on the page of its subject.

The lists in `facts/` were read from the report itself, not from the fixtures. A fact is a string; `row` is several strings in
one table row; `near` is several strings close to each other, such as a name and its phone number.
"""

from pathlib import Path

import pytest
import yaml

from tests.report.seen import Page

LISTS = sorted((Path(__file__).parent / "facts").glob("*.yaml"))


def is_seen(page: Page, fact: str | dict[str, list[str]]) -> bool:
    match fact:
        case {"row": parts}:
            return page.shows_in_row(parts)
        case {"near": parts}:
            return page.shows_near(parts) or page.shows_in_row(parts)
    return page.shows(fact)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_every_fact_is_seen(staff_client, path):
    listed = yaml.safe_load(path.read_text())
    response = staff_client.get(listed["page"])
    assert response.status_code == 200
    page = Page(response.content.decode())
    missing = [str(fact) for fact in listed["facts"] if not is_seen(page, fact)]
    assert not missing, (
        f"{listed['page']} lacks {len(missing)} of {len(listed['facts'])} facts:\n" + "\n".join(missing)
    )


def test_over_nine_hundred_facts_are_listed():
    """A row counts for the cells beside its label."""
    facts = [fact for path in LISTS for fact in yaml.safe_load(path.read_text())["facts"]]
    rows = [fact["row"] for fact in facts if isinstance(fact, dict) and "row" in fact]
    assert len(facts) - len(rows) + sum(len(row) - 1 for row in rows) > 900

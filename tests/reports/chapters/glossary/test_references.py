"""The places that terms lead to, by the report of 2022-08-29 and by small reports."""

import pytest

from reports.chapters.glossary.data import TermRow
from reports.document import document_of
from reports.render import blocks
from reports.render.blocks import TextLine
from tests.reports.plain import of_kind, park_report, project

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


@pytest.mark.parametrize(
    ("slug", "target"),
    [
        (
            "metaverse",
            "9. 메타버스를 활용한 차세대 행정서비스 제공",
        ),  # in a title, though project 4 speaks of it first
        ("virtual-seoul", "6. 공간정보를 활용한 행정혁신 서비스 추진"),
        ("cpted", "6. 공간정보를 활용한 행정혁신 서비스 추진"),
    ],
)
def test_terms_lead_to_what_they_are_about(document, slug, target):
    term = next(one for one in of_kind(document, blocks.TermEntry) if one.key == f"term-{slug}")
    assert term.target_title == target


def test_sections_of_terms_are_those_of_the_report(document):
    """The source's own page references (p.9 … p.18) fall into these projects."""
    numbers = {9: "1.", 10: "2.", 11: "2.", 12: "3.", 13: "4.", 14: "5.", 15: "6.", 18: "9."}
    pages = [15, 13, 15, 18, 13, 10, 11, 13, 12, 11, 15, 9, 14, 15, 12, 14, 14, 9, 15, 15, 9]
    assert [one.target_title.split()[0] for one in of_kind(document, blocks.TermEntry)] == [
        numbers[page] for page in pages
    ]


def test_a_term_that_is_nowhere_said_leads_nowhere():
    terms = (
        TermRow("swan", "백조", "백조", "▪ 새"),
        TermRow("lake", "호수", "호수", "▪ 물", forms=("호수", "못")),
    )
    found = of_kind(
        document_of(
            park_report(projects=(project(overview="ㅇ 못을 팜", title="공원 조성"),), glossary=terms)
        ),
        blocks.TermEntry,
    )
    assert [(one.target, one.target_title) for one in found] == [
        ("", ""),
        ("project-roofs-2", "1. 공원 조성"),
    ]
    assert found[0].body == (TextLine("새", 1, "▪", "definition"),)

"""A project as blocks, by small projects of plain values."""

import pytest

from reports.chapters.projects.data import ContactRow, FundingRow, ProjectRow
from reports.chapters.projects.document import budget_text
from reports.document import document_of
from reports.render import blocks
from reports.render.blocks import Box, HeadingBlock, People, Pictures, TextLine
from tests.reports.plain import PARKS, park_report

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def project(slug="lake", **fields):
    return ProjectRow(slug, fields.pop("number", 1), fields.pop("title", "호수공원 조성"), PARKS, **fields)


def test_a_project_has_its_parts_in_order():
    told = project(
        contacts=(
            ContactRow("담당", "박나무", "1234"),
            ContactRow("담당", "김호수"),
            ContactRow("팀장", "이공원", "5"),
        ),
        purpose="쉴 곳을 넓힘",
        overview="ㅇ 넓이 : 3만㎡\n[그림] 앞\n[그림] 뒤",
        achievements="ㅇ 착공\n  - 기초 공사\n    ※ 국비 포함",
        budget=1_500_000_000,
        schedule_heading="향후계획",
        schedule="ㅇ 개장 : ’24. 5.",
    )
    made = document_of(park_report(projects=(told,))).chapters[0].blocks[1:]
    assert made == (
        HeadingBlock(2, "호수공원 조성", "project-lake", "1.", opens_page=True),
        People(
            (
                blocks.RoleContacts("담당", (("박나무", "1234"), ("김호수", ""))),
                blocks.RoleContacts("팀장", (("이공원", "5"),)),
            )
        ),
        Box("쉴 곳을 넓힘", "project-lake-2"),
        HeadingBlock(3, "사업개요", "project-lake-3"),
        TextLine("넓이 : 3만㎡", 1, "ㅇ", "item", "project-lake-4"),
        Pictures(("앞", "뒤"), 1, "project-lake-5"),
        HeadingBlock(3, "추진실적", "project-lake-6"),
        TextLine("착공", 1, "ㅇ", "item", "project-lake-7"),
        TextLine("기초 공사", 2, "-", "item", "project-lake-8"),
        TextLine("국비 포함", 2, "※", "note", "project-lake-9"),
        HeadingBlock(3, "사업예산 : 1,500백만원", "project-lake-10"),
        HeadingBlock(3, "향후계획", "project-lake-11"),
        TextLine("개장 : ’24. 5.", 1, "ㅇ", "item", "project-lake-12"),
    )
    assert made[1].persons[0].text == "담당 : 박나무 ☎1234, 김호수"


@pytest.mark.parametrize(
    ("fields", "printed"),
    [
        ({}, ""),
        ({"budget": 2_000_000, "budget_printed": "약 2백만원"}, "약 2백만원"),
        (
            {
                "budget": 3_000_000,
                "fundings": (FundingRow("시", 1_000_000), FundingRow("재단", 2_000_000, "2백만")),
            },
            "3백만원(시 1백만원, 재단 2백만)",
        ),
    ],
)
def test_budget_is_printed_as_the_report_has_it(fields, printed):
    assert budget_text(project(**fields)) == printed

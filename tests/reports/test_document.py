"""The document's blocks, by the report of 2022-08-29 and by small reports of plain values."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from reports.chapters.budget_document import rate_text
from reports.chapters.glossary.data import TermRow
from reports.chapters.organisation.data import UnitCount, UnitRow
from reports.chapters.projects.data import ContactRow, FundingRow, ProjectRow
from reports.chapters.projects.document import budget_text
from reports.chapters.vision.document import mark_of
from reports.document import document_of
from reports.render import blocks
from reports.render.blocks import Box, HeadingBlock, OrganisationChart, People, Pictures, TableBlock, TextLine
from reports.report import Name, Report
from seoul_digital.lib.reported import ReportedFigure, reported_rate
from tests.reports.plain import with_parts

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one

PARKS = Name("parks", "공원담당관")


def project(slug="lake", **fields):
    return ProjectRow(slug, fields.pop("number", 1), fields.pop("title", "호수공원 조성"), PARKS, **fields)


def report(**fields):
    empty = Report("공원국 업무보고", Name("park-bureau", "공원국"), date(2024, 3, 31))
    return with_parts(empty, **fields)


def of_kind(document, kind):
    return [block for chapter in document.chapters for block in chapter.blocks if isinstance(block, kind)]


def words(rows):
    return [[cell.text for cell in row] for row in rows]


def test_contents_of_the_seeded_report(document):
    assert [(one.level, one.title) for one in document.contents] == [
        (1, "Ⅰ. 일반현황"),
        (2, "조직"),
        (2, "인력"),
        (2, "부서별 주요업무"),
        (2, "2022년도 세입․세출 예산현황"),
        (1, "Ⅱ. 정책목표 및 추진전략"),
        (1, "Ⅲ. 주요 현안 업무"),
        (2, "1. 공공와이파이 확충 및 시민 이용편의 제고"),
        (2, "2. 사물인터넷 기반 시민체감형 서비스 확산"),
        (2, "3. 지능형 CCTV 기반 시민 안전서비스 확대"),
        (2, "4. 빅데이터 기반 행정 활성화 추진"),
        (2, "5. 차세대 업무관리시스템 구축 및 자치구 확산"),
        (2, "6. 공간정보를 활용한 행정혁신 서비스 추진"),
        (2, "7. 시민의 알 권리 보장을 위한 정보공개제도 운영"),
        (2, "8. 디지털 기반 공공 아카이브 운영 강화 및 기록정보서비스 확대"),
        (2, "9. 메타버스를 활용한 차세대 행정서비스 제공"),
        (2, "10. 디지털 격차해소로 스마트 포용도시 실현"),
        (2, "11. 서울스마트시티 리더스포럼 개최"),
        (1, "정보화 용어 설명"),
        (1, "지난 보고 대비 변경사항"),
        (2, "조직"),
        (2, "인력"),
    ]


def test_keys_are_unique(document):
    every = [chapter.heading.key for chapter in document.chapters]
    every += [
        block.key for chapter in document.chapters for block in chapter.blocks if getattr(block, "key", "")
    ]
    assert len(every) == len(set(every))


def test_tables_print_as_the_report_does(document):
    tables = {table.name: table for table in of_kind(document, TableBlock)}
    staff, money = tables["인력"], tables["세출 총괄"]
    assert words(staff.header) == [
        ["구분", "정원", "현원", "과부족", "직종별 현원"],
        ["소계", "일반직", "임기제", "관리운영직"],
    ]
    assert words(staff.body)[:2] == [
        ["계", "266", "258", "△8", "258", "224", "26", "8"],
        ["디지털정책담당관", "35", "35", "-", "35", "31", "3", "1"],
    ]
    assert money.unit == "(’22.8.29. 기준, 단위 : 천원, %)"
    assert words(money.header)[0] == ["구분", "2022\n예산현액", "2021\n최종예산", "증감", "집행현황"]
    assert words(money.body)[7] == [
        "일반회계",
        "22,952,023",
        "30,142,602",
        "△7,190,579",
        "△23.9%",
        "17,088,618",
        "74.5%",
    ]
    assert [cell.align for cell in money.body[7]] == ["left", *["right"] * 6]
    assert money.body[7][0].indent == 1


def test_printed_figures_win_and_no_disagreement_is_marked(document):
    revenue = next(table for table in of_kind(document, TableBlock) if table.name == "세입 총괄")
    row = next(row for row in words(revenue.body) if row[0] == "임시적세외수입")
    assert row == ["임시적세외수입", "954,794", "893,020", "61,774", "6.9%"]
    assert not any(
        "◆" in cell.text for table in of_kind(document, TableBlock) for line in table.body for cell in line
    )


def test_organisation_chart_leaves_out_kinds_that_are_not_all_named(document):
    (chart,) = of_kind(document, OrganisationChart)
    assert chart.root.name == "디지털정책관"
    assert [unit.name for unit in chart.root.below][-2:] == ["데이터센터", "서울기록원"]
    assert [unit.name for unit in chart.root.below[-1].below] == ["기록정책과", "보존서비스과", "운영지원과"]
    assert all(not unit.below for unit in chart.root.below[:-2])  # 10 of 27 teams are known by name
    assert chart.root.below[0].lines == ("디지털정책", "담당관")


def test_kinds_that_are_all_named_stand_in_the_chart():
    units = (UnitRow("b", "공원국", "bureau", "국"), UnitRow("t", "나무팀", "team", "팀", 1, "b"))
    named = document_of(report(units=units, unit_counts=(UnitCount("team", "팀", 1, "1팀"),)))
    unnamed = document_of(report(units=units, unit_counts=(UnitCount("team", "팀", 2, "2팀"),)))
    assert [unit.name for unit in of_kind(named, OrganisationChart)[0].root.below] == ["나무팀"]
    assert of_kind(unnamed, OrganisationChart)[0].root.below == ()


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
    made = document_of(report(projects=(told,))).chapters[0].blocks[1:]
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


@pytest.mark.parametrize(
    ("rate", "printed"),
    [
        (reported_rate(Fraction(2, 3), Decimal("0.60")), "0.6%"),
        (reported_rate(Fraction(200, 3)), "66.7%"),
        (reported_rate("순증"), "순증"),
        (ReportedFigure(), "-"),
    ],
)
def test_rate_text(rate, printed):
    assert rate_text(rate) == printed


@pytest.mark.parametrize(("number", "mark"), [(1, "①"), (20, "⑳"), (21, "21."), (None, "")])
def test_mark_of(number, mark):
    assert mark_of(number) == mark


def test_an_empty_report_has_no_chapter():
    assert document_of(report()).chapters == ()


def test_chapters_are_numbered_as_they_stand():
    told = report(projects=(project(),))
    assert [one.title for one in document_of(told).contents] == ["Ⅰ. 주요 현안 업무", "1. 호수공원 조성"]


# Terms


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
        document_of(report(projects=(project(overview="ㅇ 못을 팜", title="공원 조성"),), glossary=terms)),
        blocks.TermEntry,
    )
    assert [(one.target, one.target_title) for one in found] == [("", ""), ("project-lake-2", "1. 공원 조성")]
    assert found[0].body == (TextLine("새", 1, "▪", "definition"),)


# Changes


def test_changes_are_told_by_subject(seeded_reports):
    now, _ = seeded_reports
    before = replace(
        now,
        as_of=date(2022, 2, 28),
    )
    first, *others = now.chapters["projects"].projects
    cheaper = replace(first, budget=8_000_000_000, budget_printed="8,000백만원")
    before = with_parts(before, projects=(cheaper, *others))
    chapter = document_of(now, before).chapters[-1]
    assert [block.title for block in chapter.blocks if isinstance(block, HeadingBlock)] == ["주요 사업"]
    table = next(
        block for block in chapter.blocks if isinstance(block, TableBlock) and block.name == "달라진 사업"
    )
    assert words(table.body) == [
        ["1. 공공와이파이 확충 및 시민 이용편의 제고", "달라짐", "8,000", "8,617", "+617", "1", "-", "-"]
    ]
    assert words(table.header)[1][:2] == ["’22.2.28.", "’22.8.29."]


def test_plain_values_name_their_kinds():
    assert blocks.plain(Person := blocks.RoleContacts("담당", (("박나무", "1"),))) == {
        "kind": "rolecontacts",
        "role": Person.role,
        "people": [["박나무", "1"]],
    }
    assert blocks.plain(date(2022, 8, 29)) == "2022-08-29"

"""What of a report is about one unit, by the report of 2022-08-29."""

import io

import openpyxl
import pytest

from reports.chapters.vision.data import strategies_of
from reports.unit_report import of_unit
from reports.workbook import unit_to_xlsx

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


@pytest.fixture(scope="module")
def report(seeded_reports):
    return seeded_reports[0]


def test_a_division_with_its_teams_and_accounts(report):
    part = of_unit(report, "ict-security")
    assert (part.title, part.bureau.name) == ("정보통신보안담당관 업무보고", "정보통신보안담당관")
    assert [(unit.name, unit.level, unit.parent) for unit in part.chapters["organisation"].units] == [
        ("정보통신보안담당관", 0, ""),
        ("공공와이파이팀", 1, "ict-security"),
        ("스마트CCTV팀", 1, "ict-security"),
    ]
    assert [one.name for one in part.chapters["staffing"].units] == ["정보통신보안담당관"]
    assert part.chapters["staffing"].total.headcount.computed == 36
    assert [row.name for row in part.chapters["expenditure"].rows] == [
        "정보통신보안담당관",
        "일반회계",
        "특별회계",
    ]
    assert [one.number for one in part.chapters["projects"].projects] == [1, 3]
    assert [one.name for one in strategies_of(part)] == ["미래 스마트도시 혁신기반 구축"]
    assert {one.project for one in part.chapters["indicators"].indicators} == {
        "public-wifi",
        "intelligent-cctv",
    }
    assert "revenue" not in part.chapters
    assert (part.chapters["vision"].statement, part.chapters["organisation"].unit_counts) == ((), ())


def test_terms_are_those_that_it_speaks_of(report):
    told = [term.name for term in of_unit(report, "ict-security").chapters["glossary"].terms]
    assert told == ["스마트시티 통합플랫폼", "와이파이", "지능형 CCTV 선별관제 시스템", "AP", "5G"]
    assert "glossary" not in of_unit(report, "seoul-archives").chapters


def test_a_team_has_the_projects_of_its_people(report):
    part = of_unit(report, "public-wifi-team")
    assert [one.number for one in part.chapters["projects"].projects] == [1]
    assert not part.chapters.keys() & {"staffing", "expenditure", "duties"}


def test_a_supervised_foundation_stands_alone(report):
    assert [
        one.name for one in of_unit(report, "seoul-digital-foundation").chapters["organisation"].foundations
    ] == ["서울디지털재단"]
    assert "seoul-digital-foundation" not in {
        unit.slug for unit in of_unit(report, "digital-policy-bureau").chapters["organisation"].units
    }


def test_a_unit_that_is_not_in_the_report(report):
    assert of_unit(report, "smart-city") is None
    assert unit_to_xlsx(report, "smart-city") is None


def test_the_workbook_names_the_whole_that_it_is_a_part_of(report):
    sheet = openpyxl.load_workbook(io.BytesIO(unit_to_xlsx(report, "data-center")))["자료"]
    facts = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert (facts["보고서"], facts["부분"]) == (
        "디지털정책관 업무보고",
        "데이터센터의 인력, 예산, 사업만 담았습니다.",
    )


def test_rates_of_a_unit_are_those_of_the_report(report):
    book = openpyxl.load_workbook(io.BytesIO(unit_to_xlsx(report, "ict-security")), data_only=True)
    rows = {row[0]: row[1:] for row in book["세출"].iter_rows(min_row=7, values_only=True) if row[0]}
    assert rows["정보통신보안담당관"][4:6] == (19_056_893, pytest.approx(0.565210777))
    assert rows["특별회계"][5] == pytest.approx(0.18285019335)

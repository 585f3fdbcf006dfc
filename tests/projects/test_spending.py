import io

import openpyxl
import pytest

from budgets.models import BudgetLine
from core import integrity
from core.snapshot import Snapshot
from departments.models import Department
from projects.models import Brief, Project
from reports.assembly import reports_of
from reports.formats import FORMATS
from reports.models import Explanation
from tests.factories import NOBODY, make_expenditure, spend
from tests.report.seen import Page

URL = "/projects/public-wifi/"  # its report prints 8,617백만원


@pytest.fixture
def link(seeded):
    """A function that links a line of a September file to the project; amounts in 백만원."""
    bureau, unit = (Department.objects.get(slug=slug) for slug in ("digital-policy-bureau", "ict-security"))
    source = make_expenditure(bureau, "2022-09-30")

    def linked(current, committed=None, name="공공와이파이 조성"):
        amounts = [None if value is None else value * 1_000 for value in (current, committed)]
        figure = spend(source, unit, *amounts, account="special", detailed=name)
        Project.objects.get(slug="public-wifi").budget_lines.add(figure.line)

    return linked


def see(client):
    return Page(client.get(URL).content.decode())


def finding():
    found = integrity.run(Snapshot.from_query(NOBODY, {}), ["vision", "projects", "indicators"])
    return next(one for one in found if one.id == "project.lines/public-wifi")


def test_a_project_without_lines_says_so(staff_client):
    assert see(staff_client).shows("이 사업과 이어진 예산 줄이 없어 집행액은 나타내지 않습니다.")


def test_a_linked_line_stands_on_the_page_with_its_execution(staff_client, link):
    link(8_617, 5_000)
    seen = see(staff_client)
    assert seen.shows("이어진 예산 줄 1개의 예산현액은 8,617백만원(86.2억 원)으로 사업예산과 같습니다.")
    assert seen.shows_in_row(["공공와이파이 조성", "정보통신보안담당관", "8,617,000", "5,000,000", "58.0%"])
    assert seen.shows("예산 줄은 2022. 9. 30. 기준")
    assert not seen.shows("이 사업과 이어진 예산 줄이 없어")


def test_the_printed_budget_stays_as_it_is(staff_client, link):
    link(9_000, 5_000)
    brief = Brief.objects.get(project__slug="public-wifi", source__as_of="2022-08-29")
    assert see(staff_client).shows(brief.budget_printed)


def test_a_difference_is_asked_about_with_both_values(staff_client, link):
    link(9_000)
    seen = see(staff_client)
    assert seen.shows("예산현액은 9,000백만원(90.0억 원)으로 사업예산보다 383백만원(3.8억 원) 많습니다.")
    assert seen.shows("까닭을 설명해 주십시오.")
    one = finding()
    assert (one.level, one.printed, one.computed, one.unit) == (
        integrity.Level.WARNING,
        8_617,
        9_000,
        "백만원",
    )
    assert one.department == "ict-security"


def test_an_explanation_stands_beside_the_difference(staff_client, staff, link):
    link(9_000)
    one = finding()
    bureau = Department.objects.get(slug="digital-policy-bureau")
    Explanation.objects.create(
        bureau=bureau,
        finding=one.id,
        fingerprint=one.fingerprint,
        reason="추경으로 늘었습니다.",
        explained_by=staff,
    )
    assert see(staff_client).shows("설명: 추경으로 늘었습니다.")
    assert not see(staff_client).shows("까닭을 설명해 주십시오.")


@pytest.mark.parametrize(("won", "level"), [(8_617_499_999, "holds"), (8_617_500_001, "warning")])
def test_rounding_to_the_printed_unit_is_no_difference(link, won, level):
    link(8_617)
    BudgetLine.objects.get(detailed="공공와이파이 조성").figures.update(current=won)
    assert finding().level == level


def test_the_citys_part_of_a_budget_is_what_its_lines_are(staff_client, link):
    link(8_000)
    brief = Brief.objects.get(project__slug="public-wifi", source__as_of="2022-08-29")
    brief.fundings.all().delete()
    brief.fundings.create(order=1, name="市", amount=8_000_000_000)
    brief.fundings.create(order=2, name="재단", amount=617_000_000)
    assert finding().level == "holds"
    assert see(staff_client).shows("예산현액은 8,000백만원(80.0억 원)으로 사업예산의 市 예산과 같습니다.")


def test_an_unknown_execution_is_not_zero(staff_client, link):
    link(8_617)
    assert see(staff_client).shows_in_row(["공공와이파이 조성", "정보통신보안담당관", "8,617,000", "-", "-"])


def test_a_line_that_is_not_in_force_has_no_budget(staff_client, link):
    link(8_617, 1)
    bureau = Department.objects.get(slug="digital-policy-bureau")
    spend(make_expenditure(bureau, "2022-10-31"), Department.objects.get(slug="data-center"), 1)
    assert see(staff_client).shows("이어진 예산 줄이 이 기준일의 예산자료에 없어 집행액을 알 수 없습니다.")


def test_the_projects_workbook_has_the_line(manager_client, link):
    link(8_617, 5_000)
    response = manager_client.get(URL, {"download": "all", "format": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(response.getvalue()))
    values = {cell.value for row in book["예산 줄과 집행"].iter_rows() for cell in row}
    assert {8_617_000, 5_000_000} <= values


def test_the_reports_workbook_has_the_line_on_the_projects_sheet(link):
    link(8_617, 5_000)
    content = FORMATS["xlsx"].write(*reports_of(Snapshot.from_query(NOBODY, {})))
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["사업 1"]
    values = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"예산 줄과 집행(2022. 9. 30. 기준 · 단위: 천원, %)", 8_617_000, 5_000_000} <= values


def test_many_linked_projects_are_read_at_once(staff_client, link, django_assert_max_num_queries):
    link(8_617, 5_000)
    lines = BudgetLine.objects.filter(detailed="공공와이파이 조성")
    for project in Project.objects.all():
        project.budget_lines.add(*lines)
    staff_client.get("/integrity/")
    staff_client.get(URL)  # remembers what the numbers of texts state
    with django_assert_max_num_queries(16):
        assert staff_client.get(URL).status_code == 200

"""A budget that alone is newer dates nothing else: each subject says its own date, and statuses are of their own source."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from core.snapshot import Snapshot
from departments.models import Department
from reports.assembly import reports_of
from reports.document import document_of
from reports.formats import FORMATS
from tests.factories import NOBODY, make_expenditure, spend
from tests.report.seen import Page

COUNTS = "실적·일정 68건 가운데 완료 19건, 기간 중 29건, 예정 15건, 미정 5건입니다."
PAGES = ("/", "/projects/", "/projects/timeline/", "/projects/public-wifi/", "/departments/data-center/")


@pytest.fixture
def september(seeded):
    """An execution file of 2022-09-30 for one division."""
    bureau, unit = (Department.objects.get(slug=slug) for slug in ("digital-policy-bureau", "data-center"))
    source = make_expenditure(bureau, "2022-09-30", department=unit)
    spend(source, unit, 46_706_677, 30_000_000)


def see(client, url, **query):
    return Page(client.get(url, query).content.decode())


@pytest.mark.parametrize("url", PAGES)
def test_the_header_tells_the_subject_that_is_newer(staff_client, september, url):
    assert see(staff_client, url).shows("기준일 2022. 8. 29.(월) (예산 2022. 9. 30.)")


def test_the_header_tells_a_date_that_was_asked_for_alone(staff_client, september):
    seen = see(staff_client, "/", as_of="2022-09-30")
    assert seen.shows("기준일 2022. 9. 30.(금)")
    assert not seen.shows("(예산 2022. 9. 30.)")


@pytest.mark.parametrize("url", ["/projects/", "/projects/timeline/"])
def test_schedules_are_judged_on_the_date_of_their_own_source(staff_client, september, url):
    assert see(staff_client, url).shows(COUNTS)
    assert not see(staff_client, url, as_of="2022-09-30").shows(COUNTS)


def test_a_project_is_judged_on_the_date_of_its_source(staff_client, seeded, september):
    seen = see(staff_client, "/projects/public-wifi/")
    assert seen.shows("상태는 기간과 기준일, 보고서에 적힌 말로만 판정하고 진도(%)는 추정하지 않습니다.")
    assert not seen.shows("자료를 2022. 9. 30.(금)에 견주어 판정했습니다.")
    asked = see(staff_client, "/projects/public-wifi/", as_of="2022-09-30")
    assert asked.shows("2022. 8. 29.(월) 자료를 2022. 9. 30.(금)에 견주어 판정했습니다.")


@pytest.mark.usefixtures("pages_made_anew")
def test_home_says_the_date_of_each_figure_and_counts_from_the_projects_own(staff_client, september):
    seen = see(staff_client, "/")
    assert seen.shows("세출 집행률 2022. 9. 30. 기준")
    assert seen.shows("2022. 9. 30. 기준 자료입니다.")
    assert seen.shows("진도선 74.8%")  # of the budget's own date
    assert not seen.shows("현원 2022. 8. 29. 기준")
    assert seen.shows("2022. 8. 30. ~ 2022. 11. 27.")
    home = staff_client.get("/").context["home"]
    assert dict(home.progress.counts()) == {"done": 19, "in_progress": 29, "planned": 15, "undetermined": 5}


@pytest.mark.usefixtures("pages_made_anew")
def test_a_department_counts_its_projects_on_their_own_date(staff_client, september, seeded):
    def rows(**query):
        page = staff_client.get("/departments/digital-policy-bureau/", query)
        return [tuple(row.cells[3:7]) for row in page.context["tables"]["projects"].rows]

    assert rows() == rows(as_of="2022-08-29")
    assert rows() != rows(as_of="2022-12-31")


def test_the_document_is_headed_with_both_dates(september):
    report, before = reports_of(Snapshot.from_query(NOBODY, {}))
    assert document_of(report).as_of_printed == "2022. 8. 29.(예산 2022. 9. 30.)"
    assert report.chapters["projects"].judged_on == date(2022, 8, 29)
    assert before.chapters["projects"] == report.chapters["projects"]
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].write(report, before)))
    assert "상태는 2022. 8. 29. 기준" in {cell.value for row in book["추진일정"]["A1:C3"] for cell in row}


def test_the_report_before_is_not_judged_on_a_later_date(september):
    """Of two budgets that are newer, the one before would else judge the schedules anew."""
    bureau, unit = (Department.objects.get(slug=slug) for slug in ("digital-policy-bureau", "data-center"))
    spend(make_expenditure(bureau, "2022-10-31", department=unit), unit, 46_706_677, 35_000_000)
    report, before = reports_of(Snapshot.from_query(NOBODY, {}))
    assert (report.as_of, before.as_of) == (date(2022, 10, 31), date(2022, 9, 30))
    assert before.chapters["projects"] == report.chapters["projects"]


def test_a_report_on_a_date_that_was_asked_for_is_judged_on_it(september):
    report, _ = reports_of(Snapshot.from_query(NOBODY, {"as_of": "2022-12-31"}))
    assert report.chapters["projects"].judged_on == date(2022, 12, 31)
    assert document_of(report).as_of_printed == "2022. 12. 31."

"""Another bureau's job series, 별정직 and 공무직, are data: added in admin and by a fixture, they stand wherever staff do."""

import io
from datetime import date

import openpyxl
import pytest
from django.test import Client
from pypdf import PdfReader

from core import integrity
from core.import_export.formats import Csv, FileDataset, Xlsx
from core.models import ControlTotal, Source
from core.seeding import seed
from core.snapshot import Snapshot
from departments.models import JobSeries, Staffing, StaffingCount, User
from departments.resources import StaffingResource
from departments.staffing import figure, summary
from reports.assembly import assemble
from reports.document import document_of
from reports.render.html import to_html
from reports.render.hwpx import to_hwpx
from reports.render.pdf import to_pdf
from reports.serial import from_json, to_json
from reports.workbook import to_xlsx
from tests.audit import records_of
from tests.core.edit_conflicts.two_people import address, opened, row_of, saved
from tests.databases import around_tests
from tests.factories import NOBODY, counts_of
from tests.report.seen import BREAK, Page
from tests.reports import hangul

FIXTURE = """
- model: departments.jobseries
  fields: {name: 공무직, order: 5}
"""
SEVEN = ["일반직", "임기제", "관리운영직", "별정직", "공무직"]


def staffing_of(slug, as_of="2022-08-29"):
    return Staffing.objects.get(department__slug=slug, source__as_of=as_of)


def series(name):
    return JobSeries.objects.get(name=name)


@pytest.fixture(scope="module")
def typed(django_db_setup, django_db_blocker, tmp_path_factory):
    """Both series, and four and two of them at the data centre, typed into the form of the source, once for the tests of this module."""
    folder = tmp_path_factory.mktemp("series")
    yield from around_tests(django_db_blocker, lambda: type_series(folder))


def type_series(folder):
    client = Client()
    client.force_login(User.objects.create_superuser("typist"))
    new = {"name": "별정직", "order": 4}
    assert client.post("/admin/departments/jobseries/add/", new).status_code == 302
    (folder / "series.yaml").write_text(FIXTURE, encoding="utf-8")
    assert seed([folder / "series.yaml"]).added == {"직종": 1}
    centre = staffing_of("data-center")
    url = address(centre.source)
    form = opened(client, url)
    assert "별정직" in client.get(url).content.decode()
    row = row_of(form, "staffing_set", centre)
    typed = {
        f"{row}-{series('별정직').form_field}": "4",
        f"{row}-{series('공무직').form_field}": "2",
    }
    saved(client, url, form, **typed)


@pytest.fixture
def added(typed, admin_client, seeded):
    return admin_client


@pytest.fixture(scope="module")
def report(typed, django_db_blocker):
    with django_db_blocker.unblock():
        return assemble(Snapshot.from_query(NOBODY, {}))


def table_of(client, address, title):
    tables = client.get(address).context["tables"].values()
    return next(table for table in tables if table.title == title)


def cells_of(row):
    return [cell.text for cell in row.cells]


def rows_of(table):
    return [cells_of(row) for row in table.body]


def test_the_form_saves_the_counts_and_nothing_else(added):
    centre = staffing_of("data-center")
    assert counts_of(centre) == {"일반직": 51, "임기제": 9, "관리운영직": 3, "별정직": 4, "공무직": 2}
    assert (StaffingCount.objects.count(), centre.authorized) == (8 * 3 + 6 * 3 + 2, 69)
    assert not StaffingCount.objects.filter(series__name="별정직").exclude(staffing=centre).exists()


def test_the_organisation_page_has_a_column_each(added):
    table = table_of(added, "/departments/", "부서별 정원과 현원")
    assert [column.label for column in table.columns][5:] == SEVEN
    rows = rows_of(table)
    assert rows[0][2:] == ["258", "△8", "258", "224", "26", "8", "4", "2"]  # printed sums win
    assert next(row for row in rows if row[0] == "데이터센터")[5:] == ["51", "9", "3", "4", "2"]


def series_drawn():
    """What the legend of the people chart names."""
    staff = summary(Snapshot.from_query(NOBODY, {}))
    drawn = figure(staff, date(2022, 8, 29), lambda slug: f"/departments/{slug}/").build()
    return [name for swatch, name in drawn.layout.meta["legend"] if swatch not in {"vacant", "tick"}]


def test_the_chart_tells_four_series_apart_and_adds_up_the_rest(added):
    assert series_drawn() == ["일반직", "임기제", "관리운영직", "그 밖"]
    JobSeries.objects.get(name="공무직").counts.all().delete()
    assert series_drawn()[-1] == "별정직"


def test_the_unit_page_search_and_download_have_them(added):
    assert "별정직4·공무직2" in Page(added.get("/departments/data-center/").content.decode()).text
    assert "data-center" in added.get("/search/?q=공무직").content.decode()
    content = added.get("/departments/?download=staffing&format=csv").content.decode("utf-8-sig")
    assert "공무직" in content
    assert any(line.startswith("데이터센터,69,") and line.endswith(",4,2") for line in content.splitlines())


def test_a_comparison_counts_none_where_a_date_has_no_such_series(added):
    table = table_of(added, "/compare/?from=2020-01-31&to=2022-08-29", "직종별 현원의 변화")
    groups = list(dict.fromkeys(column.group for column in table.columns if column.group))
    assert groups == SEVEN
    centre = next(row for row in rows_of(table) if row[0] == "데이터센터")
    assert centre[-6:] == ["-", "4", "+4", "-", "2", "+2"]


def test_every_document_has_a_column_each(report):
    document = document_of(report, None)
    figures = ["데이터센터", "69", "63", "△6", "63", "51", "9", "3", "4", "2"]
    for page in (Page(to_html(document).decode()), Page(hangul.page_of(to_hwpx(document)))):
        assert figures in [[cell for cell in row.split(BREAK) if cell] for row in page.rows]
    pdf = "".join(page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(document))).pages)
    assert "별정직" in pdf
    assert "공무직" in pdf
    assert from_json(to_json(report)) == report


def test_the_workbook_adds_up_all_series(report):
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(report, None)))
    rows = [[cell.value for cell in row] for row in book["인력"].iter_rows()]
    assert any(row[5:10] == SEVEN for row in rows)
    assert len(book["인력"]._charts[0].series) == 5


def test_files_have_a_column_each_and_come_back(added):
    exported = StaffingResource().export(Staffing.objects.all())
    before = list(exported)
    assert exported.headers == ["자료", "부서", "차례", "정원", *SEVEN]
    result = StaffingResource().import_data(Xlsx().create_dataset(Xlsx().export_data(exported)))
    assert (result.problems, result.changed_rows) == ([], [])
    content = Csv().export_data(exported)
    Staffing.objects.all().delete()
    StaffingResource().import_data(Csv().create_dataset(content))
    assert list(exported) == before
    assert counts_of(staffing_of("data-center"))["별정직"] == 4
    template = added.get("/admin/departments/staffing/import/template/").content
    sheet = openpyxl.load_workbook(io.BytesIO(template)).worksheets[0]
    assert [cell.value for cell in sheet[1]][-5:] == SEVEN


def brought(headers, *rows):
    return StaffingResource().import_data(FileDataset(enumerate([headers, *rows], 1)))


def test_a_file_changes_one_count_and_leaves_the_unit_itself(added):
    centre = staffing_of("data-center")
    before = records_of(centre).count()
    result = brought(["자료", "부서", "별정직"], [centre.source.slug, "data-center", 6])
    assert [(one.label, one.old, one.new) for one in result.changed_rows[0].diff] == [("별정직", "4", "6")]
    assert counts_of(centre)["별정직"] == 6
    assert records_of(centre).count() == before
    assert records_of(centre.counts.get(series__name="별정직")).count() == 2


def test_an_empty_cell_is_none_of_a_series_and_adds_no_row(added):
    slug = staffing_of("data-center").source.slug
    rows = [[slug, "data-center", ""], [slug, "big-data", ""]]
    assert brought(["자료", "부서", "별정직"], *rows).problems == []
    assert counts_of(staffing_of("data-center"))["별정직"] == 0
    assert "별정직" not in counts_of(staffing_of("big-data"))
    (problem,) = brought(["자료", "부서", "별정직"], [slug, "big-data", -1]).problems
    assert (problem.column, problem.message) == ("별정직", "0 이상의 값을 입력해 주세요.")


def test_a_column_of_an_unknown_series_says_what_to_do(added):
    (problem,) = brought(["자료", "부서", "연구사"], ["x", "y", 1]).problems
    assert problem.message == "‘연구사’는 알 수 없는 열입니다."
    assert problem.remedy.startswith("이 열을 지우거나, 새 직종이라면 먼저 관리 화면의 ‘직종’에 더해 주세요.")


def test_the_checks_add_up_all_series(added):
    findings = {
        one.id: one
        for one in integrity.run(Snapshot.from_query(NOBODY, {}), ["organisation", "staffing", "duties"])
    }
    found = findings["staffing.headcount/data-center"]
    assert found.formula == "현원 = 일반직 + 임기제 + 관리운영직 + 별정직 + 공무직"
    assert (found.printed, found.computed, found.level) == (63, 69, integrity.Level.ERROR)


def test_a_printed_total_of_a_series_wins_and_is_checked(added):
    source = Source.objects.get(scope="staffing", as_of="2022-08-29")
    for subject, value in (("/별정직", 5), ("data-center/별정직", 3), ("/연구사", 1)):
        ControlTotal.objects.create(
            source=source, measure="headcount", subject=subject, value=value, printed=str(value)
        )
    findings = {
        one.id: one
        for one in integrity.run(Snapshot.from_query(NOBODY, {}), ["organisation", "staffing", "duties"])
    }
    assert (findings["staffing.total/별정직"].printed, findings["staffing.total/별정직"].computed) == (5, 4)
    assert findings["staffing.별정직/data-center"].subject == "데이터센터 별정직"
    assert findings["staffing.series//연구사"].level is integrity.Level.WARNING
    table = table_of(added, "/departments/", "부서별 정원과 현원")
    assert rows_of(table)[0][8] == "5"
    listed = added.get("/admin/core/controltotal/?q=별정직").content.decode()
    assert "데이터센터 별정직" in listed
    assert "전체 별정직" in listed


def test_a_renamed_series_keeps_its_printed_totals(added):
    one = series("관리운영직")
    one.name = "관리직"
    one.save()
    assert {total.subject for total in ControlTotal.objects.filter(subject__startswith="/관리")} == {
        "/관리직"
    }
    table = table_of(added, "/departments/", "부서별 정원과 현원")
    assert [column.label for column in table.columns][5:8] == ["일반직", "임기제", "관리직"]


@pytest.mark.parametrize("name", ["정원", "별/정직", " 일반직 "])
def test_a_name_that_files_could_not_tell_is_refused(added, name):
    response = added.post("/admin/departments/jobseries/add/", {"name": name, "order": 9})
    assert response.status_code == 200
    assert "name" in response.context["adminform"].form.errors


def test_a_series_that_somebody_has_is_not_deleted(added):
    one = series("일반직")
    added.post(f"/admin/departments/jobseries/{one.pk}/delete/", {"post": "yes"})
    assert JobSeries.objects.filter(pk=one.pk).exists()

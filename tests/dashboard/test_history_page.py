"""What the history page says, links and gives as a file."""

import csv
from io import BytesIO, StringIO

import openpyxl
from django.utils import timezone
from django.utils.translation import override

from budgets.models import BudgetFigure
from core.audit.recording import tracked_models
from core.models import Source
from dashboard.history_page import lead, model_name
from departments.models import Department, Duty, User
from glossary.models import Term
from projects.models import Brief, Measurement, Milestone, Project
from seoul_digital.lib.language import has_hangul
from tests.dashboard.test_history_filters import text_of


def test_links_lead_to_where_readers_see_the_object(reader):
    objects = {
        "/departments/data-center/?as_of=2022-08-29": Duty.objects.filter(
            department__slug="data-center"
        ).first(),
        "/projects/public-wifi/?as_of=2022-08-29": Milestone.objects.filter(
            brief__project__slug="public-wifi"
        ).first(),
        "/projects/public-wifi/": Project.objects.get(slug="public-wifi"),
        "/budgets/expenditure/data-center/?as_of=2022-08-29": BudgetFigure.objects.filter(
            line__department__slug="data-center"
        ).first(),
        "/projects/indicators/?as_of=2022-08-29": Measurement.objects.first(),
        "/glossary/#term-access-point": Term.objects.get(slug="access-point"),
    }
    for one in objects.values():
        one.save()
    response = reader.get("/history/?kind=changed")
    assert {one.page_url for one in response.context["entries"]} == set(objects)
    for address in objects:
        assert reader.get(address.partition("#")[0]).status_code == 200


def test_a_project_of_a_draft_alone_has_no_page(reader):
    planned, brief = Project.objects.create(slug="planned", name="새 사업"), Brief.objects.first()
    Source.objects.filter(pk=brief.source_id).update(state="draft")
    Brief.objects.filter(pk=brief.pk).update(project=planned)
    (entry,) = reader.get("/history/?model=projects.project&kind=added&q=새 사업").context["entries"][:1]
    assert (entry.change.instance.pk, entry.page_url) == (planned.pk, "")


def test_what_is_gone_or_not_in_force_has_no_page(reader):
    duty = Duty.objects.first()
    duty.save()
    Source.objects.filter(scope="duties").update(state="withdrawn")
    duties = reader.get("/history/?model=departments.duty&kind=changed").context["entries"]
    assert [one.page_url for one in duties] == [""]
    Source.objects.filter(scope="duties").update(state="in_force")
    duty.delete()
    duties = reader.get("/history/?model=departments.duty&kind=changed").context["entries"]
    assert [one.page_url for one in duties] == [""]


def test_the_workbook_has_a_line_a_field(reader, edited):
    response = reader.get("/history/?kind=changed&download=changes&format=xlsx")
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["김관리", "수정", "인력", "데이터센터 정원 72명", "정원", "69", "72", "하반기 정원 조정"] in [
        line[1:] for line in lines
    ]
    assert f"바뀐%20내역_{timezone.localdate()}" in response.headers["Content-Disposition"].replace(
        "%EB%B0%94%EB%80%90", "바뀐"
    ).replace("%EB%82%B4%EC%97%AD", "내역")


def test_the_csv_has_every_page_and_no_formulas(reader, edited):
    unit = Department.objects.get(slug="data-center")
    unit.name = '=HYPERLINK("http://example.com")'
    unit.save()
    response = reader.get("/history/?download=changes&format=csv")
    lines = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert len(lines) > 3_000
    assert '\'=HYPERLINK("http://example.com")' in [cell for line in lines for cell in line]
    assert not [cell for line in lines for cell in line if cell.startswith("=")]


def test_a_download_is_cut_and_says_so(reader, monkeypatch):
    monkeypatch.setattr("dashboard.history_page.MOST_LINES", 10)
    response = reader.get("/history/?download=changes&format=xlsx")
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert any(text.endswith("건 가운데 최근 것부터 10줄입니다. 조건을 주면 좁혀집니다.") for text in cells)
    assert sheet.max_row < 20
    assert "파일에는 최근 것부터 10줄까지 담습니다." in text_of(reader.get("/history/"))


def test_the_sentence():
    assert lead(0, None, False) == ["바뀐 내역이 아직 없습니다."]
    assert lead(0, None, True) == ["조건에 맞는 내역이 없습니다."]
    assert lead(1034, None, False) == ["바뀐 내역이 1,034건 있습니다."]
    assert lead(1, None, True) == ["조건에 맞는 내역이 1건 있습니다."]


def test_every_recorded_model_has_its_name_in_both_languages():
    for model in tracked_models():
        with override("ko"):
            assert model_name(model) == model._meta.verbose_name
        with override("en"):
            assert not has_hangul(model_name(model)), model


def test_a_user_is_a_user():
    with override("en"):
        assert model_name(User) == "User"

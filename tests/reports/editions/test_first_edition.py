"""The first edition of a bureau that is known by a row of the city's performance plan of 2020 alone, from opening to comparing."""

import io
import zipfile

import openpyxl
import pytest
from pypdf import PdfReader

from core.models import Source
from departments.models import Department, Staffing
from projects.models import Project
from reports.models import Edition
from tests.budgets.imports.test_overview import PLAN, staged
from tests.budgets.test_views_import import (
    act,
    read_at_once,  # noqa: F401
)
from tests.factories import make_member, series_field
from tests.forms import plain, sent
from tests.reports.views.test_editions import said, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(client, seeded, tmp_path):
    client.force_login(make_member("기획 담당", username="city"))
    path = tmp_path / "성과계획서.csv"
    path.write_text(PLAN, encoding="utf-8")
    act(client, staged(client, path), "force")
    return Department.objects.get(name="경제정책실")


@pytest.fixture
def economy(client, bureau):
    """Its planner, signed in."""
    client.force_login(make_member("기획 담당", unit=bureau.slug, username="economy"))
    return client


def open_new(client, as_of, deadline):
    given = {"title": "경제정책실 업무보고", "as_of": as_of, "deadline": deadline}
    page = client.post("/reports/new/", given, follow=True)
    return Edition.objects.order_by("-pk").first(), said(page)


def add(client, model, **given):
    """By its form in the administration."""
    address = f"/admin/{model}/add/"
    page = client.post(address, plain(sent(client.get(address))) | given)
    assert page.status_code == 302, page.context["errors"]


def write(client, bureau):
    """All that a bureau of one division has to tell, by the forms that its edition leads to."""
    draft = {source.scope: source.pk for source in Source.objects.filter(bureau=bureau, state="draft")}
    add(client, "departments/department", name="일자리정책과", kind="division")
    unit = Department.objects.get(name="일자리정책과")
    own = {"department": unit.pk, "order": "1"}
    add(client, "departments/placement", source=draft["organisation"], parent=bureau.pk, **own)
    counts = {series_field("일반직"): "30", series_field("임기제"): "8"}
    add(client, "departments/staffing", source=draft["staffing"], authorized="40", **counts, **own)
    add(client, "departments/duty", source=draft["duties"], text="일자리 정책 총괄", **own)
    add(client, "projects/project", name="서울형 일자리")
    brief = {
        "project": Project.objects.get(name="서울형 일자리").pk,
        "lead_department": unit.pk,
        "number": "1",
    }
    text = {"title": "서울형 일자리", "purpose": "일자리를 늘림", "overview": "ㅇ (추진배경) 실업 증가"}
    add(client, "projects/brief", source=draft["projects"], order="1", **brief, **text)
    add(client, "projects/vision", source=draft["vision"], statement="경제가 살아나는 서울")


def publish(client, edition):
    for state in ("collecting", "review"):
        client.post(f"/reports/{edition.pk}/state/", {"state": state})
    page = client.get(f"/reports/{edition.pk}/checklist/")
    picked = [f"{name} {cell.version_token}" for cell, _, name in page.context["unconfirmed"]]
    page = client.post(f"/reports/{edition.pk}/confirm/", {"part": picked, "reason": "첫 보고"}, follow=True)
    token = {"version_token": page.context["checklist"].version_token}
    client.post(f"/reports/{edition.pk}/checklist/", token)
    proposal = client.get(f"/reports/{edition.pk}/publish/").context["proposal"]
    given = {"version_token": proposal.version_token}
    return said(client.post(f"/reports/{edition.pk}/publish/", given, follow=True))


def printed(client, edition, extension):
    response = client.get(f"/reports/{edition.pk}/files/{extension}/")
    assert response.status_code == 200
    return io.BytesIO(response.getvalue())


def test_a_first_edition_is_written_published_and_compared(economy, bureau):
    edition, told = open_new(economy, "20.8.31.", "20.9.7.")
    assert told == ["회차를 열고, 처음 쓰는 빈 초안 8건을 만들었습니다."]
    write(economy, bureau)
    rows = {row.row.department.name: row for row in economy.get(f"/reports/{edition.pk}/").context["rows"]}
    assert list(rows) == ["경제정책실", "일자리정책과"]
    parts = {one.cell.place.label: one for _, cells in rows["일자리정책과"].columns for one in cells}
    assert list(parts) == ["인력", "주요업무", "예산", "서울형 일자리"]
    assert all(
        economy.get(parts[name].edit_url).status_code == 200 for name in ("인력", "주요업무", "서울형 일자리")
    )
    assert publish(economy, edition) == ["발행했습니다. 이 회차의 화면과 파일은 이제 바뀌지 않습니다."]
    sources = Source.objects.filter(bureau=bureau, as_of="2020-08-31")
    assert set(sources.in_force().values_list("scope", flat=True)) == {
        "organisation", "staffing", "duties", "projects", "vision",
    }  # fmt: skip
    assert set(sources.filter(state="withdrawn").values_list("scope", flat=True)) == {
        "revenue", "indicators", "glossary",
    }  # fmt: skip
    pdf = "".join(page.extract_text() for page in PdfReader(printed(economy, edition, "pdf")).pages)
    hwpx = zipfile.ZipFile(printed(economy, edition, "hwpx")).read("Contents/section0.xml").decode()
    book = openpyxl.load_workbook(printed(economy, edition, "xlsx"))
    cells = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    for words in ("일자리정책과", "일자리 정책 총괄", "서울형 일자리"):
        assert words in pdf
        assert words in hwpx
        assert any(words in cell for cell in cells)
    assert "집행액 미제출" in pdf

    second, told = open_new(economy, "20.11.1.", "20.11.7.")
    assert told == ["회차를 열고, 지난 자료를 이어받은 초안 5건, 처음 쓰는 빈 초안 3건을 만들었습니다."]
    row = Staffing.objects.get(source__as_of="2020-11-01", source__bureau=bureau)
    row.authorized = 42
    row.save()
    page = text_of(economy.get(f"/reports/{second.pk}/changes/"))
    assert "42" in page
    assert "일자리정책과" in page


def test_every_page_of_such_a_bureau_is_there_and_before_anything_was_known_no_edition_is_opened(economy):
    addresses = ("/", "/reports/", "/departments/", "/budgets/expenditure/", "/budgets/revenue/", "/projects/",
                 "/document/", "/compare/", "/glossary/", "/integrity/", "/search/?q=경제")  # fmt: skip
    assert {address: economy.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )
    page = economy.post("/reports/new/", {"title": "x", "as_of": "2019. 12. 31.", "deadline": "2020. 1. 7."})
    assert "이 기준일의 자료도, 그 앞의 자료도 없어 회차를 열 수 없습니다." in text_of(page)

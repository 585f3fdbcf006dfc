"""The history page: what is listed, how it is filtered, and what is downloaded."""

import csv
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from budgets.models import BudgetFigure, BudgetLine
from core.audit.changes import changes
from core.audit.context import acting
from core.audit.recording import change_reason
from core.models import ControlTotal, Source
from dashboard.history_page import lead
from departments.models import Department, Duty, Staffing, User
from glossary.models import Term
from projects.models import Brief, Measurement, Milestone, Project
from tests.audit import RESTORABLE, records_of
from tests.factories import explain_names

pytestmark = pytest.mark.engine


@pytest.fixture
def manager(seeded):
    return User.objects.create(
        username="manager", last_name="김", first_name="관리", is_staff=True, is_superuser=True
    )


@pytest.fixture
def reader(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def edited(manager):
    """One change by the manager: 데이터센터's authorised staff, 69 to 72."""
    staffing = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
    staffing.authorized = 72
    with acting(lambda: manager), change_reason("하반기 정원 조정"):
        staffing.save()
    return staffing


def text_of(response):
    return " ".join(response.content.decode().split())


def listed(client, **asked):
    """(model, kind, name) of the changes on the page."""
    response = client.get("/history/", asked)
    assert response.status_code == 200
    return [(one.change.model, one.change.kind, one.change.name) for one in response.context["entries"]]


def test_a_change_is_shown_with_who_when_why_and_what(reader, edited):
    page = text_of(reader.get("/history/"))
    assert f"{timezone.localdate():%Y}. " in page
    assert "김관리가 수정한 인력 ‘데이터센터 정원 72명’입니다." in page
    assert '<span class="k">정원</span> <del>69</del> <span aria-hidden="true">→</span> <ins>72</ins>' in page
    assert "하반기 정원 조정" in page
    assert f'href="/admin/departments/staffing/{edited.pk}/history/"' in page
    assert 'href="/departments/data-center/?as_of=2022-08-29"' in page


def test_only_staff_may_read_it(client, staff_client):
    assert staff_client.get("/history/").status_code == 403
    assert "바뀐 내역" not in text_of(staff_client.get("/"))
    assert client.get("/history/").status_code == 403


def test_staff_find_it_in_their_menu(reader):
    assert '<a href="/history/">바뀐 내역</a>' in text_of(reader.get("/"))


def test_nobody_signed_in_is_sent_to_sign_in(client, db):
    assert client.get("/history/").headers["Location"] == "/accounts/login/?next=/history/"


def test_who_may_not_see_the_objects_gets_no_links_to_admin(client, edited):
    clerk = User.objects.create(username="clerk", is_staff=True)
    client.force_login(clerk)
    assert "/admin/departments/staffing/" not in text_of(client.get("/history/"))
    clerk.user_permissions.add(Permission.objects.get(codename="view_staffing"))
    assert f'href="/admin/departments/staffing/{edited.pk}/history/"' in text_of(client.get("/history/"))


def test_the_filters(reader, manager, edited):
    mine = (Staffing, "changed", "데이터센터 정원 72명")
    assert listed(reader, user=manager.pk) == [mine]
    assert listed(reader, kind="changed") == [mine]
    assert listed(reader, model="departments.staffing", kind="changed") == [mine]
    assert listed(reader, model="departments.duty", kind="changed") == []
    assert listed(reader, user=manager.pk, kind="deleted") == []
    assert mine not in listed(reader, user="command")
    today = timezone.localdate()
    assert listed(reader, user=manager.pk, **{"from": today, "to": today}) == [mine]
    assert listed(reader, user=manager.pk, **{"from": date(today.year + 1, 1, 1)}) == []
    assert listed(reader, user=manager.pk, to="2022-08-29") == []


def test_a_day_ends_at_midnight_in_seoul(reader, edited, monkeypatch):
    moment = timezone.datetime(
        2023, 1, 1, 14, 59, 59, tzinfo=timezone.get_fixed_timezone(0)
    )  # 23:59:59 in Seoul
    with monkeypatch.context() as patched:
        patched.setattr("core.audit.recording.timezone.now", lambda: moment)
        Department.objects.get(slug="data-center").save()
    assert len(listed(reader, **{"from": "2023-01-01", "to": "2023-01-01"})) == 1
    assert listed(reader, **{"from": "2023-01-02", "to": "2023-01-02"}) == []


def models_of(client, slug):
    found, page = set(), 1
    while True:
        response = client.get("/history/", {"department": slug, "page": page})
        found |= {one.change.model._meta.label_lower for one in response.context["entries"]}
        if not response.context["page"].has_next():
            return found
        page += 1


def test_what_belongs_to_a_department(reader):
    """빅데이터담당관 leads two projects; their parts, indicators and measurements are its own too."""
    assert models_of(reader, "big-data") == {
        "departments.department",
        "departments.placement",
        "departments.duty",
        "departments.staffing",
        "departments.staffingcount",
        "core.controltotal",
        "budgets.budgetline",
        "budgets.budgetfigure",
        "projects.project",
        "projects.brief",
        "projects.contact",
        "projects.milestone",
        "projects.indicator",
        "projects.measurement",
    }


def test_what_hung_on_something_deleted_is_found(reader):
    brief = Brief.objects.filter(lead_department__slug="big-data").first()
    count = brief.milestones.count()
    brief.delete()
    gone = listed(reader, department="big-data", kind="deleted", model="projects.milestone")
    assert len(gone) == count > 0


def test_a_printed_total_belongs_to_its_unit(reader):
    total = ControlTotal.objects.filter(subject="data-center").first()
    total.printed = "1"
    total.save()
    assert [one[0] for one in listed(reader, department="data-center", kind="changed")] == [ControlTotal]
    assert listed(reader, department="big-data", kind="changed") == []


@pytest.mark.parametrize(
    "asked",
    [
        {"user": "nobody"},
        {"user": "1' OR 1=1"},
        {"department": "없음"},
        {"model": "auth.group"},
        {"kind": "~"},
        {"page": "x"},
        {"page": "-3"},
        {"page": "9" * 40},
    ],
)
def test_what_nothing_has_is_as_if_not_asked(reader, edited, asked):
    assert (
        reader.get("/history/", asked).context["page"].paginator.count
        == reader.get("/history/").context["page"].paginator.count
    )


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("어제", "2022-08-29처럼 연-월-일로 적어 주세요."),
        ("2022-02-30", "달력에 없는 날짜입니다."),
        ("<script>alert(1)</script>", "2022-08-29처럼 연-월-일로 적어 주세요."),
    ],
)
def test_a_day_that_cannot_be_read_is_said(reader, edited, day, reason):
    response = reader.get("/history/", {"from": day})
    assert f"을(를) 읽을 수 없습니다. {reason}" in text_of(response)
    assert response.context["entries"] == []
    assert "<script>alert" not in response.content.decode()


def test_days_the_wrong_way_round_are_said(reader, edited):
    response = reader.get("/history/", {"from": "2022-08-30", "to": "2022-08-29"})
    assert "‘부터’의 날이 ‘까지’의 날보다 늦습니다. 두 날을 바꾸어 보십시오." in text_of(response)
    assert response.context["entries"] == []


def test_pages_of_fifty(reader, edited):
    first = reader.get("/history/")
    assert len(first.context["entries"]) == 50
    assert '<a href="?page=2">옛 것</a>' in text_of(first)
    second = reader.get("/history/?page=2&user=command")
    assert "가장 최근 것은" not in text_of(second)
    assert '<a href="?page=1&amp;user=command">새 것</a>' in text_of(second)


def test_a_fixed_number_of_queries_whatever_the_models(client, seeded, django_assert_num_queries):
    """One change of every model, users with groups and permissions too, read by one who is no superuser."""
    explain_names()
    for model in RESTORABLE:
        if model is not User:
            first = model.objects.first()
            first.save()
    clerk = User.objects.create(username="clerk", is_staff=True)
    clerk.groups.add(Group.objects.get(name="관리자"))
    clerk.user_permissions.add(*Permission.objects.filter(codename__startswith="view_")[:3])
    Project.objects.first().budget_lines.add(BudgetLine.objects.first())
    client.force_login(clerk)
    client.get("/history/")
    with django_assert_num_queries(53):
        response = client.get("/history/")
    assert {one.change.model for one in response.context["entries"]} == set(RESTORABLE)
    with django_assert_num_queries(13):
        client.get("/history/?model=departments.duty")


def test_the_name_of_every_object_needs_no_query(seeded, django_assert_num_queries):
    explain_names()
    records = [records_of(model).first() for model in RESTORABLE if model is not User]
    with django_assert_num_queries(1):
        assert all(one.name for one in changes(records))


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


def test_markup_in_values_stays_text(reader):
    unit = Department.objects.get(slug="data-center")
    unit.name = "<img src=x onerror=alert(1)>"
    with change_reason("<script>alert(2)</script>"):
        unit.save()
    page = reader.get("/history/").content.decode()
    assert "<img src=x" not in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in page


def test_without_any_source_history_is_still_read(reader):
    for source in Source.objects.all():
        source.delete()
    assert "삭제" in text_of(reader.get("/history/"))


def test_the_sentence():
    assert lead(0, None, False) == ["바뀐 내역이 아직 없습니다."]
    assert lead(0, None, True) == ["조건에 맞는 내역이 없습니다."]
    assert lead(1034, None, False) == ["바뀐 내역이 1,034건 있습니다."]
    assert lead(1, None, True) == ["조건에 맞는 내역이 1건 있습니다."]

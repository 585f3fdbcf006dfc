"""Whose it is: nobody sees, changes, exports, brings in or goes back to what is another's, by whatever way."""

import io

import openpyxl
import pytest

from budgets.models import BudgetFigure, RevenueFigure
from core.access.scope import access_scope
from core.models import ControlTotal, Source
from departments.models import Department, Duty, JobSeries, Staffing, User
from projects.models import Brief, Measurement, Milestone, Project
from tests.factories import (
    count_fields,
    counts_of,
    earn,
    make_bureau,
    make_member,
    make_source,
    make_staffing,
    make_unit,
    place,
)

OWN, OTHER = "digital-policy", "ict-security"


@pytest.fixture
def member(seeded):
    """Edits for 디지털정책담당관 and the teams below it."""
    return make_member("부서 담당", unit=OWN)


@pytest.fixture
def own(client, member):
    client.force_login(member)
    return client


def test_conditions_on_rows_are_of_models_that_may_be_seen_at_all(member):
    conditions = access_scope(member).visible_conditions([Staffing, Milestone, User])
    assert list(conditions) == [Staffing, Milestone]
    seen = Staffing.objects.filter(conditions[Staffing])
    assert staffing_of(OWN) in seen
    assert staffing_of(OTHER) not in seen


def staffing_of(slug):
    return Staffing.objects.get(department__slug=slug, source__as_of="2022-08-29")


def address(instance, page="change/"):
    return f"/admin/{instance._meta.app_label}/{instance._meta.model_name}/{instance.pk}/{page}"


def fields_of(staffing, **changed):
    return {
        "source": staffing.source_id,
        "department": staffing.department_id,
        "order": staffing.order,
        "authorized": staffing.authorized,
        **count_fields(staffing),
    } | changed


def text_of(response):
    return " ".join(response.content.decode().split())


# Which units


# Lists and forms


def listed(client, model):
    return set(client.get(f"/admin/{model._meta.app_label}/{model._meta.model_name}/").context["cl"].queryset)


def test_lists_show_what_is_ones_own(own):
    assert {row.department.slug for row in listed(own, Staffing)} == {OWN}
    assert {row.number for row in listed(own, Brief)} == {2, 9, 10, 11}
    assert {row.brief.number for row in listed(own, Milestone)} == {2, 9, 10, 11}
    assert {row.indicator.project.slug for row in listed(own, Measurement)} == {
        "internet-of-things", "metaverse-seoul", "digital-inclusion", "smart-city-leaders-forum",
    }  # fmt: skip


def test_the_export_of_a_list_holds_no_more(own):
    response = own.post("/admin/departments/staffing/export/", {"format": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values)
    cells = {str(cell) for row in rows for cell in row}
    names = dict(Department.objects.values_list("slug", "name"))
    assert names[OWN] in cells
    assert not {names[OTHER], names["data-center"]} & cells


def test_the_index_of_admin_shows_no_more(own):
    page = text_of(own.get("/admin/"))
    assert "/admin/departments/staffing/" in page
    for model in ("revenuefigure", "placement", "user", "group", "vision"):
        assert f"/{model}/" not in page


def test_no_button_is_shown_that_would_be_refused(own):
    source = Source.objects.get(scope="staffing", as_of="2022-08-29")
    response = own.get(address(source))
    assert response.context["source_tools"] == []
    for button in ('name="_save"', 'name="_continue"', 'name="change_reason"', address(source, "delete/")):
        assert button not in text_of(response)
    page = text_of(own.get("/admin/core/source/"))
    assert "/admin/core/source/" in page
    for view in ("add", "import", "export"):
        assert f"/admin/core/source/{view}/" not in page
    assert "delete_selected" not in page


# Drafts


@pytest.fixture
def drafts(seeded):
    """A draft of staffing with a figure of each unit, and one of revenue."""
    bureau = Department.objects.get(slug="digital-policy-bureau")
    source = make_source(bureau, "staffing", "2022-12-31", "draft", document="내부 초안")
    rows = [make_staffing(source, Department.objects.get(slug=slug), 77, 1) for slug in (OWN, OTHER)]
    revenue = make_source(bureau, "revenue", "2022-12-31", "draft")
    earn(revenue, "새 수입", {2022: 1})
    return rows


def test_a_units_draft_is_read_by_that_unit_alone(own, drafts):
    mine, theirs = drafts
    assert own.get(address(mine)).status_code == 200
    assert own.get(address(theirs)).status_code == 302
    assert own.get(address(theirs, "history/")).status_code == 403
    assert theirs not in listed(own, Staffing)
    assert own.get(address(mine.source)).status_code == 200
    assert f"/{theirs.pk}/" not in text_of(own.get(address(mine.source)))


def test_a_draft_of_another_bureau_is_read_by_nobody_here(own, seeded):
    source = make_source(make_bureau(), "staffing", "2022-12-31", "draft")
    assert source not in listed(own, Source)
    assert own.get(address(source)).status_code == 302


@pytest.mark.parametrize("address", ["/departments/{}/", "/budgets/expenditure/{}/"])
def test_a_unit_of_a_draft_alone_has_no_page_yet(own, seeded, address):
    tree = make_source(
        Department.objects.get(slug="digital-policy-bureau"), "organisation", "2022-12-31", "draft"
    )
    place(tree, make_unit("planned-team", "새로 만들 팀", "team"), Department.objects.get(slug=OTHER))
    assert own.get(address.format("planned-team")).status_code == 404
    Source.objects.filter(pk=tree.pk).update(state="in_force")
    assert "새로 만들 팀" in text_of(own.get(address.format("planned-team")))


def test_budget_keepers_read_drafts_of_budgets_alone(client, drafts):
    client.force_login(make_member("예산 담당"))
    assert {row.scope for row in listed(client, Source)} == {"revenue", "expenditure"}
    assert {row.source.scope for row in listed(client, ControlTotal)} <= {"revenue", "expenditure"}
    assert client.get(address(drafts[0].source)).status_code == 302
    assert RevenueFigure.objects.get(source__state="draft") in listed(client, RevenueFigure)


def test_two_roles_do_not_lend_each_other_their_reach(client, drafts):
    client.force_login(make_member("부서 담당", "예산 담당", unit=OWN))
    assert {row.department.slug for row in listed(client, Staffing)} == {OWN}
    assert listed(client, BudgetFigure) == set(BudgetFigure.objects.all())
    assert "new_state" not in text_of(client.get(address(drafts[0].source)))
    assert client.get(f"/admin/sources/confirm/?pk={drafts[0].source_id}").status_code == 403


def test_planners_read_every_draft(client, drafts):
    client.force_login(make_member("기획 담당"))
    assert set(drafts) <= listed(client, Staffing)


# Forged forms


def test_nothing_is_moved_to_another_unit(own, seeded):
    mine, other = staffing_of(OWN), Department.objects.get(slug=OTHER)
    response = own.post(address(mine), fields_of(mine, department=other.pk, authorized=99))
    assert response.status_code == 200
    assert "선택하신 것이 선택가능항목에 없습니다" in text_of(response)
    mine.refresh_from_db()
    assert (mine.department.slug, mine.authorized == 99) == (OWN, False)


def test_anothers_row_is_not_changed_by_its_number(own, seeded):
    theirs = staffing_of(OTHER)
    before = theirs.authorized
    for page in ("change/", "delete/"):
        response = own.post(address(theirs, page), fields_of(theirs, authorized=99) | {"post": "yes"})
        assert (response.status_code, response["Location"]) == (
            302,
            "/admin/",
        )  # not among those that are seen
    own.post(
        "/admin/departments/staffing/",
        {"action": "delete_selected", "_selected_action": theirs.pk, "post": "yes"},
    )
    theirs.refresh_from_db()
    assert theirs.authorized == before


def test_anothers_row_is_not_changed_in_the_list(own, seeded):
    theirs = staffing_of(OTHER)
    before = theirs.authorized
    form = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": theirs.pk, "_save": "저장"}
    own.post(
        "/admin/departments/staffing/",
        form | {f"form-0-{name}": value for name, value in fields_of(theirs, authorized=99).items()},
    )
    theirs.refresh_from_db()
    assert theirs.authorized == before


@pytest.mark.parametrize("whose", ["another bureau's", "withdrawn", "of budgets"])
def test_no_source_is_chosen_that_may_not_be_edited(own, seeded, whose):
    bureau = Department.objects.get(slug="digital-policy-bureau")
    source = {
        "another bureau's": lambda: make_source(make_bureau(), "staffing", "2022-12-31", "draft"),
        "withdrawn": lambda: make_source(bureau, "staffing", "2022-12-31", "withdrawn"),
        "of budgets": lambda: Source.objects.filter(scope="revenue").first(),
    }[whose]()
    added = {
        "source": source.pk,
        "department": Department.objects.get(slug=OWN).pk,
        "order": 1,
        "authorized": 1,
    }
    response = own.post("/admin/departments/staffing/add/", added | count_fields(None))
    assert response.status_code == 200
    assert "source" in response.context["adminform"].form.errors
    assert not Staffing.objects.filter(source=source).exists()


def test_ones_own_is_added_to_a_draft(own, drafts):
    source, unit = drafts[0].source, Department.objects.get(slug="digital-cooperation-team")
    added = {
        "source": source.pk,
        "department": unit.pk,
        "order": 1,
        "authorized": 3,
        JobSeries.objects.get(name="임기제").form_field: 2,
    }
    assert own.post("/admin/departments/staffing/add/", added).status_code == 302
    staffing = Staffing.objects.get(source=source, department=unit)
    assert (staffing.authorized, counts_of(staffing)) == (3, {"임기제": 2})


def test_a_budget_source_does_not_become_another(client, seeded):
    client.force_login(make_member("예산 담당"))
    source = Source.objects.filter(scope="revenue").first()
    data = {
        "slug": source.slug,
        "bureau": source.bureau_id,
        "scope": "staffing",
        "as_of": "2022-08-29",
        "state": "in_force",
    }
    response = client.post(address(source), data | {"received_at_0": "2022-08-29", "received_at_1": "00:00"})
    assert response.status_code == 200
    assert "맡은 부서나 범위가 아닌 자료로 저장할 수 없습니다." in text_of(response)
    source.refresh_from_db()
    assert source.scope == "revenue"


def offered(client, model, field):
    app, _, name = model.partition(".")
    answer = client.get("/admin/autocomplete/", {"app_label": app, "model_name": name, "field_name": field})
    return {one["text"] for one in answer.json()["results"]}


def test_fields_offer_what_may_be_chosen(own, drafts):
    assert offered(own, "departments.staffing", "department") == {
        "디지털정책담당관",
        "디지털협력팀",
        "메타버스서울팀",
        "사물인터넷팀",
    }
    assert offered(own, "projects.milestone", "brief") == {
        str(brief) for brief in Brief.objects.filter(number__in=(2, 9, 10, 11))
    }
    assert offered(own, "projects.brief", "project") == {
        str(brief.project) for brief in Brief.objects.filter(number__in=(2, 9, 10, 11))
    }
    assert offered(own, "departments.staffing", "source") == {"인력 (2022. 12. 31.)", "인력 (2022. 8. 29.)"}


@pytest.mark.parametrize("model", ["budgets.budgetimport"])
def test_a_field_of_no_form_offers_no_more_than_the_list(own, drafts, model):
    make_source(make_bureau(), "staffing", "2023-01-31", "draft")
    texts = offered(own, model, "source")
    assert "인력 (2022. 12. 31.)" in texts
    assert not {"인력 (2023. 1. 31.)", "세입 (2022. 12. 31.)"} & texts


@pytest.mark.parametrize("key", ["x", "9x"])  # a number beyond every key never reaches the page
def test_an_address_fills_in_no_key_that_is_none(own, seeded, key):
    assert own.get(f"/admin/departments/staffing/add/?source={key}&authorized=3").context[
        "adminform"
    ].form.initial == {"authorized": "3"}


def test_a_brief_claims_no_project_of_another(own, seeded):
    """A draft that names one's own unit does not open what the leading unit has measured."""
    bureau = Department.objects.get(slug="digital-policy-bureau")
    draft = make_source(bureau, "projects", "2022-12-31", "draft")
    theirs = Project.objects.get(slug="public-wifi")
    brief = {
        "source": draft.pk,
        "project": theirs.pk,
        "number": 1,
        "title": "가로채기",
        "lead_department": Department.objects.get(slug=OWN).pk,
    }
    response = own.post(
        "/admin/projects/brief/add/", brief | {"purpose": "x", "schedule_heading": "향후일정"}
    )
    assert response.status_code == 200
    assert not Brief.objects.filter(source=draft).exists()
    measured = Measurement.objects.filter(indicator__project=theirs).first()
    Brief.objects.create(
        source=draft,
        project=theirs,
        number=1,
        title="초안",
        purpose="x",
        lead_department=Department.objects.get(slug=OWN),
    )
    assert own.get(address(measured)).status_code == 302


def test_a_project_goes_with_its_newest_brief_in_force(own, seeded):
    theirs = Project.objects.get(slug="public-wifi")
    bureau, unit = Department.objects.get(slug="digital-policy-bureau"), Department.objects.get(slug=OWN)
    source = make_source(bureau, "projects", "2022-12-31")
    Brief.objects.create(
        source=source, project=theirs, number=1, title="옮김", purpose="x", lead_department=unit
    )
    assert own.get(address(Measurement.objects.filter(indicator__project=theirs).first())).status_code == 200


def test_of_who_has_no_rights_none_is_asked_for(seeded, member, django_assert_num_queries):
    reader, clerk = (
        User.objects.get_with_access(pk) for pk in (User.objects.create(username="reader").pk, member.pk)
    )
    with django_assert_num_queries(0):
        assert not access_scope(reader).has(Duty, "change")
    assert access_scope(clerk).has(Duty, "change")
    assert access_scope(User.objects.get(pk=member.pk)).has(Duty, "change")
    assert access_scope(User(username="admin", is_superuser=True)).has(Duty, "change")

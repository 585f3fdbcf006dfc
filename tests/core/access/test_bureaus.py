"""Whose bureau it is: planners and budget keepers of one bureau do nothing to what is another's, by whatever way."""

from datetime import date

import pytest

from budgets.models import BudgetImport, BudgetLine, DepartmentAlias
from core.access.scope import access_scope
from core.models import ControlTotal, Source
from departments.models import Department, Placement, Staffing, Succession
from glossary.models import Definition, Term
from projects.models import Project
from reports.models import Edition, EditionEvent, Explanation
from tests.audit import records_of
from tests.factories import (
    count_fields,
    make_bureau,
    make_edition,
    make_expenditure,
    make_member,
    make_source,
    make_staffing,
    make_unit,
    place,
    print_total,
    snapshot_of,
    spend,
    succeed,
)

HOME, OTHER = "digital-policy-bureau", "housing-bureau"


@pytest.fixture
def housing(seeded):
    """A second bureau with a tree, a division, staff, money and a term of its own."""
    bureau, unit = make_bureau(), make_unit("housing-policy", "주택정책과")
    tree = make_source(bureau, "organisation", "2022-08-29")
    place(tree, bureau)
    place(tree, unit, bureau)
    make_staffing(make_source(bureau, "staffing", "2022-08-29"), unit, 30, 20)
    money = make_expenditure(bureau, "2022-08-29")
    spend(money, unit, 1_000, 400)
    print_total(money, "current_budget", 1_000_000, "1,000")
    terms = make_source(bureau, "glossary", "2022-08-29")
    term = Term.objects.create(slug="sale", name="분양")
    Definition.objects.create(source=terms, term=term, order=1, heading="분양", text="ㅇ 나누어 파는 것")
    return bureau


@pytest.fixture
def planner(housing):
    """Of the digital bureau."""
    return make_member("기획 담당", unit="digital-policy")


@pytest.fixture
def own(client, planner):
    client.force_login(planner)
    return client


def address(instance, page="change/"):
    return f"/admin/{instance._meta.app_label}/{instance._meta.model_name}/{instance.pk}/{page}"


def theirs(model):
    path = "bureau" if model is Source else f"{model.source_path()}__bureau"
    return model.objects.filter(**{f"{path}__slug": OTHER}).first()


# Rows


@pytest.mark.parametrize("model", [Source, Staffing, Placement, ControlTotal, Definition])
def test_what_another_bureau_says_is_not_reached(own, model):
    row = theirs(model)
    for page in ("change/", "delete/"):
        assert own.get(address(row, page)).status_code == 302  # not among what is seen
        assert own.post(address(row, page), {"post": "yes"}).status_code == 302
    assert own.get(address(row, "history/")).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()
    listed = own.get(f"/admin/{model._meta.app_label}/{model._meta.model_name}/").context["cl"].queryset
    assert row not in listed
    assert listed.exists()


@pytest.mark.parametrize("role", ["기획 담당", "예산 담당"])
def test_a_budget_source_is_its_bureaus_alone(client, housing, role):
    client.force_login(make_member(role, unit="digital-policy"))
    source = Source.objects.get(bureau=housing, scope="expenditure")
    keys = f"?pk={source.pk}"
    assert client.get(f"/admin/sources/withdraw/{keys}").status_code == 403
    assert client.post(f"/admin/sources/withdraw/{keys}").status_code == 403
    assert client.get(f"/admin/sources/{source.pk}/copy/").status_code == 403
    assert client.post(f"/admin/sources/{source.pk}/copy/", {"as_of": "2022-12-01"}).status_code == 403
    source.refresh_from_db()
    assert source.state == "in_force"


def test_nothing_is_written_into_a_source_of_another_bureau(own, housing):
    source = Source.objects.get(bureau=housing, scope="staffing")
    added = {"source": source.pk, "department": Department.objects.get(slug="data-center").pk, "order": 1}
    response = own.post("/admin/departments/staffing/add/", added | {"authorized": 1, **count_fields(None)})
    assert "source" in response.context["adminform"].form.errors
    assert Staffing.objects.of(source).count() == 1


def test_a_source_is_not_given_to_another_bureau(own, housing):
    source = {
        "slug": "new",
        "bureau": housing.pk,
        "scope": "staffing",
        "as_of": "2022-12-01",
        "state": "draft",
    }
    response = own.post(
        "/admin/core/source/add/", source | {"received_at_0": "2022-12-01", "received_at_1": "00:00"}
    )
    assert "bureau" in response.context["adminform"].form.errors
    assert not Source.objects.filter(slug="new").exists()


def test_what_lasts_is_changed_by_its_bureau_and_seen_by_all(planner, housing):
    access = access_scope(planner)
    unit, line = (
        Department.objects.get(slug="housing-policy"),
        BudgetLine.objects.get(department__slug="housing-policy"),
    )
    term = Term.objects.get(slug="sale")
    for row in (unit, line, term, housing):
        assert access.may(row, "view")
        assert not access.may(row, "change")
    for row in (Department.objects.get(slug="data-center"), Project.objects.first(), Term.objects.first()):
        assert access.may(row, "change")


def test_what_both_bureaus_speak_of_is_the_citys(planner, housing, django_user_model):
    term = Term.objects.exclude(slug="sale").first()
    source = Source.objects.get(bureau=housing, scope="glossary")
    Definition.objects.create(source=source, term=term, order=2, heading="x", text="ㅇ x")
    assert not access_scope(planner).may(term, "change")
    city = make_member("기획 담당", unit="digital-policy", username="city")
    django_user_model.objects.filter(pk=city.pk).update(is_city_wide=True)
    assert access_scope(django_user_model.objects.get(pk=city.pk)).may(term, "change")


def test_a_planner_does_not_make_another_bureau_the_predecessor_of_his(own, planner, housing):
    """Its sources would become his."""
    home = Department.objects.get(slug=HOME)
    own.post(
        "/admin/departments/succession/add/",
        {"predecessor": housing.pk, "successor": home.pk, "kind": "merged"},
    )
    assert not Succession.objects.filter(predecessor=housing).exists()
    assert not access_scope(planner).may_save_as(
        Succession(predecessor=housing, successor=home, kind="merged")
    )
    assert not access_scope(planner).may_save_as(DepartmentAlias(name="주택", department=housing))


def test_the_bureaus_before_and_after_are_ones_own(planner, housing):
    before = Source.objects.filter(bureau__slug="smart-city-bureau").first()
    assert access_scope(planner).may(before, "change")
    after = make_bureau("digital-city-bureau", "디지털도시국")
    succeed(Department.objects.get(slug=HOME), after)
    planner = type(planner).objects.get(pk=planner.pk)
    assert access_scope(planner).may(make_source(after, "staffing", "2023-01-01", "draft"), "change")


def test_a_planner_without_a_bureau_reaches_nothing(planner, django_user_model):
    django_user_model.objects.filter(pk=planner.pk).update(department=None)
    access = access_scope(django_user_model.objects.get(pk=planner.pk))
    assert not access.may(Source.objects.first(), "change")
    assert not access.reaches_bureau(Edition, "change", Department.objects.get(slug=HOME).pk)


def test_a_bureau_before_its_first_tree_has_a_planner(seeded):
    new = make_bureau("new-bureau", "새 정책관")
    access = access_scope(make_member("기획 담당", unit="new-bureau"))
    assert access.may(make_source(new, "organisation", "2022-09-01", "draft"), "change")
    assert not access.may(Source.objects.get(scope="revenue"), "change")


# Files


def test_a_file_of_another_bureau_is_not_opened(own, housing):
    incoming = BudgetImport.objects.create(bureau=housing, file_name="x.xlsx", token="x", sha256="x", size=1)
    page = f"/budgets/import/{incoming.pk}/"
    assert own.get(page).status_code == 404
    assert own.get(f"{page}file/").status_code == 404
    for action in ("force", "withdraw", "discard", "limit", "unit", "renew", "explain"):
        assert own.post(f"{page}{action}/").status_code == 404
    assert "x.xlsx" not in own.get("/budgets/import/").content.decode()
    BudgetImport.objects.filter(pk=incoming.pk).update(bureau=Department.objects.get(slug=HOME))
    assert "x.xlsx" in own.get("/budgets/import/").content.decode()


# Editions


@pytest.fixture
def their_edition(housing):
    return make_edition(bureau=OTHER, title="2022년 11월 주택 업무보고", state="collecting")


@pytest.mark.parametrize("page", ["", "edit/", "events/", "findings/", "missing/", "publish/", "document/", "changes/",
                                  "parts/housing-policy/staffing/"])  # fmt: skip
def test_another_bureaus_edition_is_not_opened(own, their_edition, page):
    assert own.get(f"/reports/{their_edition.pk}/{page}").status_code == 403


@pytest.mark.parametrize(
    ("page", "values"),
    [
        ("state/", {"state": "review"}),
        ("edit/", {"title": "x"}),
        ("delete/", {}),
        ("remind/", {}),
        ("publish/", {}),
        ("parts/housing-policy/staffing/", {"action": "confirm"}),
        ("parts/housing-policy/staffing/", {"action": "submit"}),
    ],
)
def test_nothing_is_done_with_another_bureaus_edition(own, their_edition, page, values):
    assert own.post(f"/reports/{their_edition.pk}/{page}", values).status_code == 403
    assert Edition.objects.get(pk=their_edition.pk).state == "collecting"
    assert not EditionEvent.objects.filter(edition=their_edition).exists()


def test_no_edition_is_opened_for_another_bureau(own, housing):
    form = {"title": "x", "as_of": "2022-11-01", "deadline": "2022-11-08"}
    assert own.get("/reports/new/?bureau=housing-bureau").status_code == 403
    assert own.post("/reports/new/?bureau=housing-bureau", form).status_code == 403
    assert not Edition.objects.filter(bureau=housing).exists()
    assert own.get("/reports/new/").status_code == 200


def test_another_bureaus_findings_are_not_explained(own, housing):
    page = own.get("/integrity/?bureau=housing-bureau").content.decode()
    assert 'action="/integrity/explain/' not in page
    assert (
        own.post("/integrity/explain/?bureau=housing-bureau", {"finding": "x", "reason": "x"}).status_code
        == 403
    )
    assert not Explanation.objects.exists()


def test_a_planner_for_the_whole_city_works_for_every_bureau(client, their_edition, django_user_model):
    planner = make_member("기획 담당", unit="digital-policy", username="city")
    django_user_model.objects.filter(pk=planner.pk).update(is_city_wide=True)
    client.force_login(planner)
    assert client.get(f"/reports/{their_edition.pk}/").status_code == 200
    assert client.get(address(theirs(Staffing))).status_code == 200
    assert client.get("/reports/new/?bureau=housing-bureau").status_code == 200


def test_a_published_edition_is_read_by_all_and_deleted_by_none(own, housing):
    edition = make_edition(bureau=OTHER, state="published", title="x")
    assert own.post(f"/reports/{edition.pk}/delete/").status_code == 403


# History


def test_history_is_the_bureaus_own(own, planner, housing):
    row = theirs(Staffing)
    row.authorized = 31
    row.save()
    records = records_of(Staffing).filter(object_id=row.pk)
    assert not records.filter(access_scope(planner).history_filter(Staffing)).exists()
    mine = Staffing.objects.filter(department__slug="data-center").first()
    key = mine.pk
    mine.delete()
    assert records_of(Staffing).filter(access_scope(planner).history_filter(Staffing), object_id=key).exists()


def test_another_bureaus_draft_is_in_no_list(own, housing):
    draft = make_source(housing, "staffing", "2022-12-01", "draft")
    assert draft not in own.get("/admin/core/source/").context["cl"].queryset
    assert "2022-12-01" not in own.get("/admin/").content.decode()
    assert date(2022, 12, 1) not in snapshot_of(housing).base_dates

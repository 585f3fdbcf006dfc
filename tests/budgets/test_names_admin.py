"""What departments and columns are called in files, in admin."""

from datetime import date

import pytest

from budgets.imports.names import DepartmentNames
from budgets.models import ColumnMapping, DepartmentAlias
from core.access.scope import access_scope
from departments.models import Department
from tests.factories import explain_names, make_bureau, make_member, make_source, make_unit, place


def test_names_of_departments_are_listed_and_found(client, seeded):
    explain_names()
    client.force_login(make_member("예산 담당"))
    response = client.get("/admin/budgets/departmentalias/?q=전산")
    assert list(response.context["cl"].queryset) == [DepartmentAlias.objects.get(name="전산센터")]
    assert list(client.get("/admin/budgets/departmentalias/?q=없음").context["cl"].queryset) == []


def test_names_of_columns_are_added_as_they_are_compared(client, seeded):
    client.force_login(make_member("예산 담당"))
    response = client.post("/admin/budgets/columnmapping/add/", {"label": "금 액(천원)", "field": "current"})
    assert response.status_code == 302
    assert [(one.label, one.field) for one in ColumnMapping.objects.all()] == [("금액", "current")]


def test_names_twice_are_refused_in_words(client, seeded):
    explain_names()
    client.force_login(make_member("예산 담당"))
    unit = Department.objects.first()
    response = client.post(
        "/admin/budgets/departmentalias/add/", {"name": "전산 센터", "department": unit.pk}
    )
    assert response.status_code == 200
    assert "이미" in str(response.context["adminform"].form.errors)


@pytest.fixture
def housing(seeded):
    """Another bureau with a division of its own."""
    other = make_bureau()
    tree = make_source(other, "organisation", "2022-01-31")
    place(tree, other)
    place(tree, make_unit("housing", "주택기획과"), other)
    return other


def test_names_of_one_bureau_are_not_anothers(client, housing):
    """Neither read with its files nor seen or changed by its people."""
    own = Department.objects.get(slug="digital-policy-bureau")
    name = {"name": "기획과", "department": Department.objects.get(slug="housing")}
    DepartmentAlias.objects.create(bureau=housing, **name)
    ColumnMapping.objects.create(bureau=housing, label="쓴돈", field="committed")
    ColumnMapping.objects.create(label="쓴돈", field="disbursed")
    on = date(2022, 9, 30)
    assert DepartmentNames(housing, on).find("기획과") == name["department"].pk
    assert DepartmentNames(own, on).find("기획과") is None
    found = [dict(ColumnMapping.objects.of(unit).values_list("label", "field")) for unit in (own, housing)]
    assert found == [{"쓴돈": "disbursed"}, {"쓴돈": "committed"}]
    client.force_login(make_member("예산 담당", unit="digital-policy"))
    assert list(client.get("/admin/budgets/departmentalias/").context["cl"].queryset) == []


def test_a_name_for_the_whole_city_is_given_by_its_people_alone(client, housing):
    url, given = "/admin/budgets/columnmapping/add/", {"label": "금 액", "field": "current"}
    clerk = make_member("예산 담당", unit="digital-policy")
    client.force_login(clerk)
    response = client.post(url, given)
    assert "bureau" in response.context["adminform"].form.errors
    assert not access_scope(clerk).may_save_as(ColumnMapping(**given))
    own = Department.objects.get(slug="digital-policy-bureau")
    assert access_scope(clerk).may_save_as(ColumnMapping(bureau=own, **given))
    assert client.post(url, given | {"bureau": own.pk}).status_code == 302
    client.force_login(make_member("예산 담당", username="city"))
    assert client.post(url, given).status_code == 302
    assert set(ColumnMapping.objects.values_list("bureau", flat=True)) == {own.pk, None}

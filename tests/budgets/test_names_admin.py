"""What departments and columns are called in files, in admin."""

from budgets.models import ColumnMapping, DepartmentAlias
from departments.models import Department
from tests.factories import explain_names, make_member


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
    assert response.context["adminform"].form.errors["name"]

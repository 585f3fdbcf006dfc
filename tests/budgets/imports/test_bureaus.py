"""The bureau that a file is of."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile

from budgets.imports.bureaus import allowed_bureaus
from budgets.models import BudgetImport
from core.models import Source
from departments.models import Department
from tests.budgets.files import execution_rows, write_csv
from tests.budgets.management.commands.test_import_budget import facts, file_of, refused, run
from tests.budgets.test_views_import import (
    clerk,
    page_of,
    read_at_once,  # noqa: F401
    upload,
)
from tests.factories import make_bureau, make_member, make_source, make_unit, place

__all__ = ["clerk"]

HOUSING = ["주택기획과", "주거정비과"]


@pytest.fixture
def housing(bureau):
    """Another bureau with two divisions, in force since January."""
    other = make_bureau()
    tree = make_source(other, "organisation", "2022-01-31")
    place(tree, other)
    for number, name in enumerate(HOUSING):
        place(tree, make_unit(f"housing-{number}", name), other)
    return other


def housing_rows(count=8):
    return execution_rows(count, departments=HOUSING)


def test_a_file_of_another_bureau_is_refused_with_its_name(housing, tmp_path):
    before = facts()
    said = refused(file_of(tmp_path, housing_rows()), 1, bureau="디지털정책관")
    assert (
        "2행 ‘부서명’ 열: ‘주택기획과’는 2022. 9. 30. 기준으로 디지털정책관이 아니라 주택정책관의 부서입니다. "
        "국·정책관을 ‘주택정책관’으로 고르십시오." in said
    )
    assert facts() == before


def test_the_bureau_is_named_in_korean(housing, tmp_path):
    said = run(file_of(tmp_path, housing_rows()), bureau="주택정책관")
    assert "주택정책관의 2022년 집행현황, 2022. 9. 30. 기준입니다." in said
    assert Source.objects.get(as_of="2022-09-30").bureau == housing


def test_the_command_asks_for_the_bureau_where_there_are_several(housing, tmp_path):
    from django.core.management import CommandError

    with pytest.raises(CommandError, match="있는 것: 디지털정책관, 스마트도시정책관, 주택정책관"):
        run(file_of(tmp_path, housing_rows()))


def test_the_departments_of_an_upload_tell_its_bureau(housing, clerk, tmp_path):
    response = upload(clerk, write_csv(tmp_path / "주택.csv", housing_rows()))
    assert response.status_code == 302
    incoming = BudgetImport.objects.get()
    assert (incoming.bureau, incoming.source.bureau) == (housing, housing)
    assert page_of(clerk, incoming).shows("주택정책관의 2022년 집행현황, 2022. 9. 30. 기준입니다.")
    assert Source.objects.get(as_of="2022-09-30").slug.startswith("housing-bureau/")


def test_an_upload_for_a_chosen_bureau_is_refused_where_its_departments_are_anothers(
    housing, clerk, tmp_path
):
    path = write_csv(tmp_path / "주택.csv", housing_rows())
    response = upload(clerk, path, bureau="digital-policy-bureau")
    assert response.status_code == 422
    assert "주택정책관의 부서입니다" in response.content.decode()
    assert not Source.objects.filter(as_of="2022-09-30").exists()


def test_departments_of_two_bureaus_in_one_file_are_refused(housing, clerk, tmp_path):
    rows = [*housing_rows(8), *execution_rows(8)]
    response = upload(clerk, write_csv(tmp_path / "둘.csv", rows))
    assert response.status_code == 422
    assert "국마다 파일을 나누어 올리십시오." in response.content.decode()


def test_the_tree_of_the_base_date_counts(bureau, tmp_path):
    """On 2020-02-29 the divisions stood in the bureau that the present one came from."""
    path = file_of(tmp_path, execution_rows(8, year=2020, departments=["빅데이터담당관"]))
    said = run(path, as_of="2020-02-29", accept_unit="시험", limited=False, bureau="디지털정책관")
    assert "스마트도시정책관의 2020년 집행현황" in said


def test_a_first_file_of_a_bureau_without_facts(clerk, tmp_path):
    make_bureau()
    make_unit("housing-0", "주택기획과")
    path = write_csv(tmp_path / "주택.csv", execution_rows(4, departments=["주택기획과"]))
    assert upload(clerk, path, bureau="housing-bureau").status_code == 302
    assert BudgetImport.objects.get().source.bureau.name == "주택정책관"


def test_the_upload_page_offers_bureaus_that_still_are(housing, clerk):
    options = clerk.get("/budgets/import/").context["form"].fields["bureau"].queryset
    assert [unit.name for unit in options] == ["디지털정책관", "주택정책관"]


def test_equal_names_are_told_apart_by_their_bureau(housing, clerk, tmp_path):
    place(Source.objects.get(bureau=housing), make_unit("housing-archives", "서울기록원"), housing)
    path = write_csv(tmp_path / "a.csv", execution_rows(4, departments=["서울 기록원실"]))
    response = upload(clerk, path)
    assert "서울기록원 (주택정책관)" in response.content.decode()
    assert "서울기록원 (디지털정책관)" in response.content.decode()


def test_a_name_of_the_target_comes_before_anothers_alias(housing, tmp_path):
    """What another bureau's people have answered is no answer for a name of one's own tree."""
    from budgets.models import DepartmentAlias

    place(Source.objects.get(bureau=housing), make_unit("housing-archives", "서울기록원"), housing)
    DepartmentAlias.objects.create(
        name="서울기록원", department=Department.objects.get(slug="seoul-archives")
    )
    said = run(file_of(tmp_path, execution_rows(4, departments=["서울기록원"])), bureau="주택정책관")
    assert "주택정책관의 2022년" in said


def test_imports_of_other_bureaus_are_not_for_who_may_not_bring_them(housing, clerk, tmp_path, monkeypatch):
    upload(clerk, write_csv(tmp_path / "주택.csv", housing_rows()))
    incoming = BudgetImport.objects.get()
    own = Department.objects.filter(slug="digital-policy-bureau")
    monkeypatch.setattr("budgets.views_import.allowed_bureaus", lambda user: own)
    assert clerk.get(f"/budgets/import/{incoming.pk}/").status_code == 404
    assert clerk.post(f"/budgets/import/{incoming.pk}/force/").status_code == 404
    monkeypatch.setattr("budgets.imports.bureaus.allowed_bureaus", lambda user: own)
    again = upload(clerk, write_csv(tmp_path / "다시.csv", housing_rows(4)))
    assert "주택정책관의 예산 파일은 올릴 수 없습니다." in again.content.decode()


def test_the_first_upload_of_all_asks_for_its_bureau(client, django_user_model):
    from django.test import RequestFactory

    from budgets.imports.forms import BudgetUploadForm

    request = RequestFactory().post("/", {"as_of": "2022-09-30"})
    user = django_user_model(is_superuser=True)
    form = BudgetUploadForm(user, None, request.POST, {"file": SimpleUploadedFile("a.csv", b"x")})
    assert form.fields["bureau"].required


def test_a_permission_by_hand_reaches_the_own_bureau_alone(client, housing, tmp_path):
    """Without a role: neither files of another bureau nor what was brought in of it."""
    run(file_of(tmp_path, housing_rows()), bureau="주택정책관")
    theirs = BudgetImport.objects.get()
    clerk = make_member(unit="data-center", username="hand")
    clerk.user_permissions.add(Permission.objects.get(codename="add_budgetimport"))
    client.force_login(clerk)
    allowed = set(allowed_bureaus(clerk).values_list("slug", flat=True))
    assert allowed == {"digital-policy-bureau", "smart-city-bureau"}  # one is the other's earlier name
    assert client.get(f"/budgets/import/{theirs.pk}/").status_code == 404
    content = client.get("/budgets/import/").content.decode()
    assert theirs.file_name not in content
    response = upload(client, write_csv(tmp_path / "남.csv", housing_rows()), bureau=housing.slug)
    assert response.status_code == 422
    assert BudgetImport.objects.count() == 1

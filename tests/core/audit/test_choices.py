"""Foreign keys that the database holds to their choices: a bureau is a bureau."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from core.models import Source
from departments.models import Department
from tests.factories import make_bureau, make_edition, make_member, make_source, make_unit
from tests.forms import plain, sent

pytestmark = pytest.mark.engine


@pytest.fixture
def source(seeded):
    return Source.objects.get(scope="staffing", as_of="2022-08-29")


@pytest.fixture
def team(seeded):
    return Department.objects.get(slug="data-center")


def refused(write):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    return str(error.value)


def test_source_of_a_team_is_refused_by_the_database(source, team):
    said = refused(lambda: make_source(team, "staffing", "2022-09-30"))
    assert "국·정책관이 아닌 부서입니다." in said
    refused(lambda: QuerySet(Source).filter(pk=source.pk).update(bureau=team))
    assert make_source(make_bureau(), "staffing", "2022-09-30").pk


def test_edition_of_a_team_is_refused_by_the_database(team):
    refused(lambda: make_edition(bureau=team.slug))


def test_bureau_with_sources_stays_a_bureau(source):
    said = refused(lambda: QuerySet(Department).filter(pk=source.bureau_id).update(kind="team"))
    assert "종류를 바꿀 수 없습니다" in said
    empty = make_bureau("empty-bureau", "빈 정책관")
    QuerySet(Department).filter(pk=empty.pk).update(kind="division")


def test_form_offers_and_takes_bureaus_alone(client, source, team):
    client.force_login(make_member("기획 담당", unit="digital-policy-bureau"))
    page = f"/admin/core/source/{source.pk}/change/"
    fields = plain(sent(client.get(page), "source_form")) | {"bureau": team.pk}
    response = client.post(page, fields)
    assert response.status_code == 200
    assert "bureau" in response.context["adminform"].form.errors
    query = {"app_label": "core", "model_name": "source", "field_name": "bureau", "term": "데이터센터"}
    assert client.get("/admin/autocomplete/", query).json()["results"] == []
    query["term"] = "디지털정책관"
    assert [row["text"] for row in client.get("/admin/autocomplete/", query).json()["results"]] == [
        "디지털정책관"
    ]


def test_kind_of_a_bureau_with_sources_is_refused_in_words(client, source):
    client.force_login(make_member("기획 담당", unit="digital-policy-bureau"))
    page = f"/admin/departments/department/{source.bureau_id}/change/"
    fields = plain(sent(client.get(page), "department_form")) | {"kind": "team", "area_code": ""}
    response = client.post(page, fields)
    assert response.status_code == 200
    assert "자료가 있는 동안" in response.content.decode()
    assert make_unit("x", kind="team").kind == "team"

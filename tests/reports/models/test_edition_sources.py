"""What an edition is made of: its drafts go on their own, what its published report rests on stays."""

import pytest
from django.db.models.deletion import ProtectedError

from core.models import Source
from reports.models import EditionSource
from reports.models.edition_sources import rest_on
from tests.factories import make_edition, make_member, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


@pytest.fixture
def planner(seeded):
    return make_member("기획 담당", unit="digital-policy", username="planner")


def test_what_a_published_edition_rests_on_is_not_deleted(planner, client):
    edition, source = make_edition(), Source.objects.get(scope="projects", as_of="2022-08-29")
    EditionSource.objects.create(edition=edition, source=source)
    edition.state = "published"
    edition.save()
    for rows in (source, Source.objects.filter(pk=source.pk)):
        with pytest.raises(ProtectedError, match="근거가 된 자료"):
            rows.delete()
    client.force_login(planner)
    content = client.post(f"/admin/core/source/{source.pk}/delete/", {"post": "yes"}).content.decode()
    assert "지울 수 없습니다. 잘못된 자료이면 까닭을 적어 철회하십시오." in content
    picked = {"action": "delete_selected", "_selected_action": [source.pk], "post": "yes"}
    client.post("/admin/core/source/", picked)
    assert Source.objects.filter(pk=source.pk).exists()


def test_a_draft_that_is_deleted_leaves_an_open_edition(seeded):
    edition = make_edition()
    source = make_source(edition.bureau, "duties", "2022-11-01", state="draft")
    row = EditionSource.objects.create(edition=edition, source=source)
    assert str(row) == "2022년 11월 업무보고 (2022. 11. 1.)의 주요업무 (2022. 11. 1.)"
    source.delete()
    assert not edition.edition_sources.exists()


def test_what_the_report_rests_on_is_kept_beside_its_drafts(seeded):
    edition = make_edition()
    own, other = (make_source(edition.bureau, scope, "2022-11-01") for scope in ("duties", "staffing"))
    EditionSource.objects.create(edition=edition, source=own, carried_revision="abc")
    rest_on(edition, [own, other])
    rows = edition.edition_sources.order_by("pk").values_list("source", "carried_revision")
    assert list(rows) == [(own.pk, "abc"), (other.pk, "")]

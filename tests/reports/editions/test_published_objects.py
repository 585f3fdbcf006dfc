"""Published files in an object store: handed out by us alone, as they were or not at all; published whole or not at all."""

import pytest

from core.audit.verification import Verified
from core.models import StoredFile
from reports.models import Edition, PublishedFile
from reports.verification.published import verify_published
from seoul_digital.lib.metrics.series import unavailable
from tests.core.storage.object_store import object_server, objects, take_down  # noqa: F401 (fixtures)
from tests.factories import make_member
from tests.reports.editions.conftest import publish, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_formats")]


@pytest.fixture
def published(objects, reviewed, planner, client):  # noqa: F811 (the fixture)
    publish(reviewed, planner)
    client.force_login(make_member("간부"))
    return reviewed


def key_of(extension):
    return f"seoul/{PublishedFile.objects.get(extension=extension).stored_file.name}"


def lines():
    return [str(each) for each in verify_published(Verified(""))]


def test_a_file_is_handed_out_of_the_store(published, objects, client):  # noqa: F811
    assert sorted(found.key for found in objects.objects.all()) == sorted([key_of("html"), key_of("json")])
    response = client.get(f"/reports/{published.pk}/files/json/")
    assert response.getvalue() == published.published_report.report.encode()
    assert "데이터센터" in client.get(f"/reports/{published.pk}/document/").content.decode()
    assert lines() == []


def test_a_changed_object_is_refused_and_named(published, objects, client):  # noqa: F811
    objects.put_object(Key=key_of("json"), Body=published.published_report.report.encode() + b" ")
    assert client.get(f"/reports/{published.pk}/files/json/").status_code == 400
    assert any(".json’의 내용: 적어 둔 SHA-256은" in line for line in lines())


def test_an_object_that_is_gone_is_refused_and_named(published, objects, client):  # noqa: F811
    objects.Object(key_of("json")).delete()
    assert client.get(f"/reports/{published.pk}/files/json/").status_code == 400
    (line,) = lines()
    assert line.endswith(".json’의 내용: 객체 저장소에 내용이 없습니다.")


def test_a_store_that_does_not_answer_is_said_to_be(published, client, monkeypatch):
    take_down(monkeypatch)
    before = unavailable.labels("store")._value.get()
    response = client.get(f"/reports/{published.pk}/files/json/")
    assert response.status_code == 503
    assert unavailable.labels("store")._value.get() - before == 1
    assert "파일 저장소에 닿지 않아 처리하지 못했습니다" in response.content.decode()
    assert response["Retry-After"] == "10"
    assert client.get(f"/reports/{published.pk}/").status_code == 200
    assert [line.rpartition(": ")[2] for line in lines()] == [
        "객체 저장소가 답하지 않아 내용을 보지 못했습니다."
    ] * 2


def test_nothing_is_published_by_half_where_the_store_does_not_answer(
    objects,  # noqa: F811
    reviewed,
    planner,
    client,
    monkeypatch,
):
    client.force_login(planner)
    sign(reviewed, planner)
    token = client.get(f"/reports/{reviewed.pk}/publish/").context["proposal"].version_token
    take_down(monkeypatch)
    response = client.post(f"/reports/{reviewed.pk}/publish/", {"version_token": token})
    assert response.status_code == 503
    assert "저장된 것은 없습니다" in response.content.decode()
    reviewed.refresh_from_db()
    assert reviewed.state == Edition.State.REVIEW
    assert not PublishedFile.objects.exists()
    assert not StoredFile.objects.whole().exists()

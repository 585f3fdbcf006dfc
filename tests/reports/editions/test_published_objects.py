"""Published files in an object store: handed out by us alone, as they were or not at all; published whole or not at all."""

import pytest
from django.utils import timezone

from core.audit.verification import Verified
from core.models import StoredFile, TaskWorker
from reports.editions import preparing, publishing
from reports.models import Edition, PublishedFile
from reports.verification.published import verify_published
from seoul_digital.lib.metrics.series import unavailable
from tests.background import run_waiting
from tests.core.storage.object_store import object_server, objects, take_down  # noqa: F401 (fixtures)
from tests.factories import make_member
from tests.reports.editions.conftest import publish, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_formats")]


@pytest.fixture
def published(objects, reviewed, planner, client):  # noqa: F811 (the fixture)
    """By documents that a worker has made ahead, which lie in the store as well."""
    sign(reviewed, planner)
    TaskWorker.objects.create(name="worker", seen_at=timezone.now())
    preparing.asked_for(publishing.prepare(reviewed))
    assert run_waiting() == 1
    publish(reviewed, planner)
    client.force_login(make_member("간부"))
    return reviewed


def key_of(extension):
    return f"seoul/{PublishedFile.objects.get(extension=extension).stored_file.name}"


def lines():
    return [str(each) for each in verify_published(Verified(""))]


def test_a_file_is_handed_out_of_the_store_as_it_was_or_not_at_all(
    published,
    objects,  # noqa: F811
    client,
    monkeypatch,
):
    """Published once for all of it: that takes more than a second."""
    address, content = f"/reports/{published.pk}/files/json/", published.published_report.report.encode()
    ahead = {file.sha256: f"seoul/{file.name}" for file in StoredFile.objects.filter(folder="prepared")}
    assert ahead.keys() == set(PublishedFile.objects.values_list("sha256", flat=True))
    there = [key_of("html"), key_of("json"), *ahead.values()]
    assert sorted(found.key for found in objects.objects.all()) == sorted(there)
    assert client.get(address).getvalue() == content
    assert "데이터센터" in client.get(f"/reports/{published.pk}/document/").content.decode()
    assert lines() == []

    objects.put_object(Key=key_of("json"), Body=content + b" ")
    assert client.get(address).status_code == 400
    assert any(".json’의 내용: 적어 둔 SHA-256은" in line for line in lines())

    objects.Object(key_of("json")).delete()
    assert client.get(address).status_code == 400
    (line,) = lines()
    assert line.endswith(".json’의 내용: 객체 저장소에 내용이 없습니다.")

    take_down(monkeypatch)
    before = unavailable.labels("store")._value.get()
    response = client.get(address)
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "파일 저장소에 닿지 않아 처리하지 못했습니다" in response.content.decode()
    assert unavailable.labels("store")._value.get() - before == 1
    assert client.get(f"/reports/{published.pk}/").status_code == 200
    unanswered = "객체 저장소가 답하지 않아 내용을 보지 못했습니다."
    assert [line.rpartition(": ")[2] for line in lines()] == [unanswered, unanswered]


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

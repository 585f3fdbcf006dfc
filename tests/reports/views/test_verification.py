"""The pages that verify: records for administrators, a file for everybody."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.audit import seen_end
from core.audit.verify_task import verify_records
from departments.models import Department
from reports.models import PublishedReport
from reports.models.published import digest
from tests.background import run_waiting
from tests.factories import make_edition, make_member, publish_file
from tests.tampering import tamper

RECORDS = "/reports/records/"


@pytest.fixture
def administrator(client, seeded, settings, tmp_path):
    settings.CHAIN_ENDS = tmp_path  # what another test has seen is none of this one's chain
    client.force_login(make_member("관리자"))
    return client


def look(client):
    """The page once a worker has looked through everything."""
    assert client.post(RECORDS).status_code == 302
    run_waiting()
    return client.get(RECORDS).content.decode()


def test_records_are_looked_at_when_it_is_asked(administrator):
    assert "모두 적힌 대로입니다." not in administrator.get(RECORDS).content.decode()
    administrator.post(RECORDS), administrator.post(RECORDS)
    assert verify_records.unfinished().count() == 1
    page = administrator.get(RECORDS).content.decode()
    assert "확인하고 있습니다." in page and "모두 확인</button>" not in page
    run_waiting()
    page = administrator.get(RECORDS).content.decode()
    assert page.count("모두 적힌 대로입니다.") == 4
    assert "기록 사슬의 끝은" in page and "모두 확인</button>" in page


def test_records_that_no_worker_looks_at_say_so(administrator):
    administrator.post(RECORDS)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(seconds=61))
    page = administrator.get(RECORDS).content.decode()
    assert "차례를 기다리는 일을 할 프로그램이 1분 넘게 보이지 않습니다." in page


def test_records_say_that_the_last_look_did_not_come_to_its_end(administrator, monkeypatch):
    said = "에는 끝까지 확인하지 못했습니다."
    assert said not in look(administrator)
    monkeypatch.setattr("core.audit.verify_task.verify", lambda: 1 / 0)
    monkeypatch.setattr("core.tasks.leases.AGAIN_AFTER", timedelta())
    page = look(administrator)
    assert said in page and page.count("모두 적힌 대로입니다.") == 4
    monkeypatch.undo()
    assert said not in look(administrator)


def test_records_name_what_differs(administrator):
    tamper(Department, Department.objects.get(slug="data-center").pk, name="딴 센터")
    assert "부서 ‘데이터센터’의 이름: 바뀐 내역에는 ‘데이터센터’, 지금은 ‘딴 센터’입니다." in look(
        administrator
    )


def test_records_are_held_against_the_end_that_was_last_seen(administrator):
    look(administrator)
    assert json.loads(seen_end.path().read_text())[0] > 0
    seen_end.path().write_text('[7, "another"]')
    assert "기록 사슬 ‘제7호’: 지난번에 본 사슬의 끝이 지금 사슬에 없습니다." in look(administrator)
    assert seen_end.path().read_text() == '[7, "another"]'


def test_records_are_for_administrators(client, seeded):
    client.force_login(make_member("기획 담당"))
    assert client.get("/reports/records/").status_code == 403
    assert client.post("/reports/records/").status_code == 403


def test_a_file_is_asked_of_by_everybody(staff_client):
    edition = make_edition("2022-11-03", "review")
    report = PublishedReport.objects.create(edition=edition, report="{}", sha256=digest("{}"))
    given = {"extension": "json", "name": "업무보고.json", "content_type": "application/json"}
    publish_file(report, b"{}", **given)
    for content, name, said in (
        (b"{}", "딴 이름.json", "발행본입니다"),
        (b"{} ", "업무보고.json", "고친 것이거나 발행본이 아닙니다"),
        (digest("{}").encode(), "x.html", "고친 것입니다"),
        (b"x", "x.pdf", "모르는 것입니다"),
    ):
        response = staff_client.post("/reports/file/", {"file": SimpleUploadedFile(name, content)})
        assert f'<h2 id="answer">{said}</h2>' in response.content.decode()


def test_a_file_that_is_not_there_or_empty_is_refused(staff_client):
    assert "확인할 파일을 고르십시오" in (page := staff_client.post("/reports/file/")).content.decode()
    assert page.status_code == 400
    empty = staff_client.post("/reports/file/", {"file": SimpleUploadedFile("x.pdf", b"")})
    assert "빈 파일입니다" in empty.content.decode()

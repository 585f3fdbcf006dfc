"""The access log, and the reason that may be asked before a file leaves."""

import logging
from pathlib import Path

import pytest
from django.test import RequestFactory

from seoul_digital import access_log
from tests.factories import make_member

TABLE = "/departments/?as_of=2022-08-29&download=staffing&format=csv"


@pytest.fixture
def log(settings, tmp_path):
    """The lines that are written from now on."""
    settings.LOG_FOLDER = tmp_path / "log"
    for handler in logging.getLogger("access").handlers:
        handler.close()
    yield lambda: [
        text for path in sorted(Path(settings.LOG_FOLDER).glob("*")) for text in path.read_text().splitlines()
    ]
    for handler in logging.getLogger("access").handlers:
        handler.close()


@pytest.fixture
def manager(seeded, client):
    client.force_login(make_member("간부", username="kim"))
    return client


def test_a_page_leaves_a_line_that_holds_who_from_where_and_what(manager, log):
    manager.get("/departments/?as_of=2022-08-29", REMOTE_ADDR="10.1.2.3")
    (said,) = log()
    assert said.endswith(' INFO access "kim" 10.1.2.3 GET "/departments/?as_of=2022-08-29" 200')


def test_a_record_tells_the_same_by_name(manager, caplog):
    logging.getLogger("access").addHandler(caplog.handler)
    manager.get(TABLE, HTTP_X_FORWARDED_FOR="10.9.9.9")
    logging.getLogger("access").removeHandler(caplog.handler)
    assert caplog.records[-1].fields == {
        "user": "kim",
        "address": "10.9.9.9",
        "method": "GET",
        "path": TABLE,
        "status": 200,
        "file": "디지털정책관_부서별 정원과 현원_2022-08-29.csv",
        "reason": "",
    }


def test_a_file_leaves_its_name(manager, log):
    manager.get(TABLE)
    assert log()[0].endswith(' 200 file="디지털정책관_부서별 정원과 현원_2022-08-29.csv" reason=""')


def test_refusals_stand_in_the_log(seeded, client, log):
    client.force_login(make_member("열람", username="lee"))
    client.get(TABLE)
    assert log()[-1].endswith('"lee" 127.0.0.1 GET "' + TABLE + '" 403')


def test_who_signs_out_is_known_and_a_stranger_leaves_nothing(manager, log):
    manager.post("/accounts/logout/")
    manager.get("/accounts/login/")
    manager.get("/departments/")
    (out,) = [said for said in log() if " access " in said]
    assert '"kim" 127.0.0.1 POST "/accounts/logout/"' in out


def test_sign_ins_that_fail_are_in_it_with_the_name_and_without_the_password(client, db, log):
    client.post(
        "/accounts/login/",
        {"username": "kim lee\nINFO access forged", "password": "se-cret-99"},
        REMOTE_ADDR="10.9.9.9",
    )
    lines = log()
    assert any('"kim lee\\nINFO access forged" 10.9.9.9' in said for said in lines)
    assert not any("se-cret-99" in said or said.startswith("INFO access forged") for said in lines)


def test_no_value_makes_a_line_of_its_own(manager, log):
    manager.get("/search/", {"q": 'x" 200\n2026-01-01 INFO access "lee"\u2028\x1b[31m'})
    (said,) = log()
    assert said.startswith("20") and '"kim" 127.0.0.1 GET "/search/?q=' in said


@pytest.mark.parametrize(
    ("remote", "told", "address"),
    [
        ("127.0.0.1", "10.9.9.9, 10.1.1.1", '"10.1.1.1"'),
        ("127.0.0.1", "", "127.0.0.1"),
        ("10.5.5.5", "10.9.9.9", "10.5.5.5"),  # who is no server in front of ours says what he likes
        ("", "", "-"),
    ],
)
def test_only_a_trusted_server_says_from_where(remote, told, address):
    assert (
        access_log.address_of(RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=told))
        == address
    )


def test_every_server_in_front_may_be_trusted(settings):
    settings.TRUSTED_PROXIES = ["*"]
    request = RequestFactory().get("/", REMOTE_ADDR="10.5.5.5", HTTP_X_FORWARDED_FOR="10.9.9.9")
    assert access_log.address_of(request) == '"10.9.9.9"'


@pytest.fixture
def asking(settings):
    settings.EXPORT_REASON_REQUIRED = True


def test_a_reason_is_asked_once_and_stands_with_each_file(manager, asking, log):
    response = manager.get(TABLE)
    assert response.status_code == 302
    page = response["Location"]
    assert (
        page
        == "/accounts/reason/?next=%2Fdepartments%2F%3Fas_of%3D2022-08-29%26download%3Dstaffing%26format%3Dcsv"
    )
    assert "까닭" in manager.get(page).content.decode()
    given = manager.post(page, {"reason": "의회 제출"}).content.decode()
    assert f'href="{TABLE.replace("&", "&amp;")}"' in given
    for _ in range(2):
        assert manager.get(TABLE).status_code == 200
    files = [said for said in log() if "file=" in said]
    assert len(files) == 2 and all(said.endswith('reason="의회 제출"') for said in files)


def test_files_of_admin_ask_too(client, seeded, asking):
    client.force_login(make_member("관리자"))
    response = client.post("/admin/departments/staffing/export/", {"format": "csv"})
    assert response["Location"] == "/accounts/reason/?next=%2Fadmin%2Fdepartments%2Fstaffing%2Fexport%2F"


def test_pages_ask_for_no_reason(manager, asking):
    assert manager.get("/departments/").status_code == 200

"""What the guard of all requests refuses, and that what it lets through is answered where it was typed."""

import pytest
from django.db import connection
from django.urls import reverse

from core.models import ChangeRecord
from glossary.models import Term
from seoul_digital.request_validation import TEXTS, is_readable
from tests.forms import plain, sent

FORM = "application/x-www-form-urlencoded"
HALVES = ["%00", "%ed%a0%80", "%c3", "%ff"]


def refused(response):
    content = response.content.decode()
    return response.status_code == 400 and "요청을 읽을 수 없습니다" in content and "Traceback" not in content


@pytest.mark.parametrize("half", HALVES)
def test_an_address_with_half_a_character_is_refused(client, db, half):
    for address in (f"/{half}", f"/glossary/?q={half}", f"/glossary/?{half}=1"):
        assert refused(client.get(address)), address
    assert "주소에 쓸 수 없는 글자" in client.get(f"/?q={half}").content.decode()


def test_whole_characters_pass(staff_client):
    for query in ("q=와이파이", "q=%EA%B0%80", "q=é", "q=%f0%9f%92%a9", "q=%25"):
        assert staff_client.get(f"/glossary/?{query}").status_code == 200
    assert staff_client.get("/%EA%B0%80/").status_code == 404
    assert staff_client.get("/%C3%A9/").status_code == 404


@pytest.mark.parametrize("value", ["a\0b", "\xff", "\xed\xa0\x80"])
def test_headers_and_cookies_with_half_a_character_are_refused(client, db, value):
    for name in ("user-agent", "referer", "x-forwarded-for", "accept-language", "cookie"):
        assert refused(client.get("/accounts/login/", headers={name: f"a={value}"})), name


def test_a_quoted_cookie_may_not_hide_a_nul(client, db):
    assert "이 사이트의 쿠키를 지우고" in client.get("/", headers={"cookie": 'a="\\000"'}).content.decode()


def test_a_korean_header_passes(client, db):
    value = "서울".encode().decode("latin-1")
    assert client.get("/accounts/login/", headers={"user-agent": value}).status_code == 200


@pytest.mark.parametrize(
    "number", ["9" * 23, "-" + "9" * 19, "９" * 19, " 1" + "0" * 18, "1,2," + "9" * 20, "1" + "_0" * 10]
)
def test_a_number_beyond_any_column_is_refused_but_in_a_search(staff_client, number):
    for name in ("page", "p", "e", "as_of", "source__id__exact"):
        assert refused(staff_client.get("/glossary/", {name: number})), name
    assert staff_client.get("/glossary/", dict.fromkeys(TEXTS, number)).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/reports/{'9' * 23}/", 400),
        (f"/reports/{1 << 63}/", 400),
        (f"/reports/{(1 << 63) - 1}/", 404),
        (f"/admin/core/source/{'9' * 23}/change/", 400),
        (f"/admin/core/source/{'_39' * 23}/change/", 400),
        (f"/departments/{'9' * 23}/", 404),  # a name
    ],
)
@pytest.mark.engine
def test_a_key_beyond_any_column_is_refused(admin_client, address, status):
    assert admin_client.get(address).status_code == status


def test_an_action_refuses_half_a_character(admin_client, seeded):
    before = ChangeRecord.objects.count()
    for half in HALVES:
        for body in (f"finding=x&reason=a{half}", f"finding=x&reason=a&{half}=1"):
            assert refused(admin_client.post("/integrity/explain/", body, content_type=FORM))
    assert ChangeRecord.objects.count() == before


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.engine
def test_a_form_says_it_at_the_field_and_keeps_what_was_typed(admin_client, seeded, half):
    term = Term.objects.first()
    address = reverse("admin:glossary_term_change", args=[term.pk])
    fields = plain(sent(admin_client.get(address))) | {"english": "Kept as typed"}
    body = "&".join(f"{name}={value}" for name, value in fields.items() if name != "name")
    response = admin_client.post(address, f"{body}&name=가{half}나", content_type=FORM)
    assert response.status_code == 200
    assert response.context["adminform"].form.errors["name"] == [
        "쓸 수 없는 글자(NUL이나 깨진 글자)가 들어 있습니다. 그 글자를 지우고 다시 적어 주세요."
    ]
    assert 'value="Kept as typed"' in response.content.decode()
    term.refresh_from_db()
    assert term.english != "Kept as typed"


def test_the_reason_beside_a_form_is_read_by_hand_and_refused(admin_client, seeded):
    address = reverse("admin:glossary_term_change", args=[Term.objects.first().pk])
    assert refused(admin_client.post(address, "change_reason=a%00", content_type=FORM))


def upload(client, name, field="file"):
    boundary = "b"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; {name}\r\nContent-Type: text/csv\r\n\r\n'
    body = head.encode("latin-1") + b"a\r\n--b--\r\n"
    return client.post("/budgets/import/", body, content_type=f"multipart/form-data; boundary={boundary}")


@pytest.mark.parametrize(
    "name",
    [
        'filename="a\0b.csv"',
        "filename*=UTF-8''a%00b.csv",
        "filename*=UTF-8''a%ffb.csv",
    ],
)
def test_a_file_name_with_half_a_character_is_refused(admin_client, seeded, name):
    response = upload(admin_client, name)
    assert refused(response) and "파일 이름에 쓸 수 없는 글자" in response.content.decode()


def test_a_field_of_a_form_with_files_says_it_too(admin_client, seeded):
    body = '--b\r\nContent-Disposition: form-data; name="note"\r\n\r\na\0b\r\n--b--\r\n'
    address = "/integrity/explain/"
    assert refused(admin_client.post(address, body.encode(), content_type="multipart/form-data; boundary=b"))


def test_a_form_that_is_too_long_is_413(admin_client, seeded, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = admin_client.post("/integrity/explain/", "reason=" + "a" * 2000, content_type=FORM)
    assert (response.status_code, "너무 큽니다" in response.content.decode()) == (413, True)


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.engine
def test_the_answer_has_all_security_headers(client, db, status):
    response = client.get("/accounts/login/" if status == 200 else "/%00")
    assert response.status_code == status
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.engine
def test_what_only_the_column_refuses_is_400(client, db, monkeypatch, django_user_model):
    """On PostgreSQL by its type, on SQLite by the size of its own integers."""

    def health(*_, **__):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT CAST(%s AS bigint)", [10**23] if connection.vendor == "sqlite" else ["9" * 23]
            )

    client.force_login(django_user_model.objects.create(username="kim", is_superuser=True))
    monkeypatch.setattr("glossary.views.render_page", health)
    response = client.get("/glossary/")
    assert refused(response) and "다룰 수 없는 값" in response.content.decode()


@pytest.mark.parametrize(
    ("data", "is_whole"), [(b"abc", True), ("가".encode(), True), (b"a\0", False), (b"\xea\xb0", False)]
)
def test_what_is_readable(data, is_whole):
    assert is_readable(data) is is_whole

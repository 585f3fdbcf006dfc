"""Attacks that need nothing but a request: on the parser of requests, on lookups, on redirects, on what is another's."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from core.models import Source
from departments.models import Staffing
from seoul_digital.wsgi import application
from tests.factories import make_member
from tests.forms import plain, sent
from tests.test_permissions import OTHER, OWN

FORM = "application/x-www-form-urlencoded"


def refused(response, status=400):
    content = response.content.decode()
    return response.status_code == status and f"오류 {status}" in content and "Traceback" not in content


@pytest.fixture
def root(client, seeded, django_user_model):
    client.force_login(django_user_model.objects.create(username="root-of-all", is_superuser=True))
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("path", ["/", "/glossary/", "/accounts/login/", "/admin/core/source/", "/nowhere/"])
def test_too_many_parameters_are_refused(root, path):
    assert refused(root.get(f"{path}?{'a&' * 1100}"))
    assert refused(root.get(f"{path}?{'a=1&' * 1100}"))


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        f"multipart/form-data; boundary={'b' * 300}",
        "multipart/form-data; boundary=é",
    ],
)
def test_a_form_without_a_boundary_is_refused(root, kind):
    assert refused(root.post("/integrity/explain/", b"--b\r\n", content_type=kind))


@pytest.mark.parametrize(
    "charset",
    [
        "rot13",
        "hex",
        "zlib",
        "utf-16",
        "utf-7",
        "idna",
        "punycode",
        "unicode_escape",
        "cp037",
        "undefined",
        "none",
    ],
)
@pytest.mark.parametrize("kind", [FORM, "text/plain", "multipart/form-data; boundary=b"])
def test_no_charset_of_a_request_is_an_error(db, charset, kind):
    for query in ("", "?q=%41%ec"):
        path, body = f"/integrity/explain/{query}", b"reason=%41&finding=x"
        assert "400 Bad Request" in answered(path, body, f"{kind}; charset={charset}")


def answered(path, body, kind):
    """By the application as the server calls it, which makes the request itself."""
    request = RequestFactory().generic("POST", path, body)
    said = []
    list(application(request.environ | {"CONTENT_TYPE": kind}, lambda status, headers: said.append(status)))
    return said[0]


def test_a_form_in_utf_8_says_so(root):
    response = root.generic(
        "POST", "/integrity/explain/?q=%EA%B0%80", b"reason=x", content_type=f"{FORM}; charset=UTF-8"
    )
    assert response.status_code == 404  # no such finding; it was read


def test_too_many_fields_and_files_are_refused(root):
    assert refused(root.post("/integrity/explain/", "a&" * 1100, content_type=FORM))
    part = '--b\r\nContent-Disposition: form-data; name="a"{}\r\n\r\nx\r\n'
    for many in (part.format("") * 1100, part.format('; filename="x"') * 200):
        response = root.post(
            "/integrity/explain/", f"{many}--b--\r\n".encode(), content_type="multipart/form-data; boundary=b"
        )
        assert refused(response)


@pytest.mark.parametrize(
    "query",
    [
        "brought_by__password__startswith=p",
        "bureau__user__password__contains=a",
        "brought_by__is_superuser=1",
        "brought_by__groups__user__password__gt=a",
    ],
)
def test_no_list_is_filtered_by_what_it_does_not_show(root, query):
    """Django refuses what is no filter of the list, or leads to the list without it."""
    response = root.get(f"/admin/core/source/?{query}")
    assert response.status_code == 400 or response.headers["Location"].endswith("?e=1")


ELSEWHERE = [
    "//evil.example/",
    "https://evil.example",
    "///evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "https:evil.example",
    "http:///evil.example",
    "\t//evil.example",
]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_no_parameter_leads_to_another_site(client, staff, wanted):
    for path in ("/accounts/login/", "/admin/login/"):
        response = client.get(path, {"next": wanted})
        assert "evil.example" not in response.headers.get("Location", "").partition("?")[0]
    client.force_login(staff)
    response = client.get("/accounts/reason/", {"next": wanted})
    assert f'href="{wanted}' not in response.content.decode()
    response = client.get("/accounts/login/", HTTP_REFERER=f"http://testserver{wanted}")
    assert not response.headers.get("Location", "").startswith(("//", "http"))


def test_a_formset_takes_no_row_of_another_unit(client, seeded):
    """The rows of one's own staffing carry the keys of another's."""
    client.force_login(make_member("부서 담당", unit=OWN))
    own, other = (
        Staffing.objects.filter(department__slug=slug, source__state="in_force").first()
        for slug in (OWN, OTHER)
    )
    address = reverse("admin:departments_staffing_change", args=[own.pk])
    fields = plain(sent(client.get(address)))
    before = dict(other.counts.values_list("pk", "count")), other.authorized
    forged = {name: other.pk if value == str(own.pk) else value for name, value in fields.items()}
    client.post(address, forged | {"id": other.pk, "department": other.department_id, "authorized": 999})
    other.refresh_from_db()
    assert (dict(other.counts.values_list("pk", "count")), other.authorized) == before
    assert Staffing.objects.get(pk=own.pk).department.slug == OWN


@pytest.mark.parametrize("action", ["confirm", "withdraw"])
def test_a_source_of_another_scope_is_neither_confirmed_nor_withdrawn(client, seeded, action):
    client.force_login(make_member("예산 담당", unit=OWN))
    source = Source.objects.filter(scope="staffing", state="in_force").first()
    for address in (f"/admin/sources/{action}/?pk={source.pk}", f"/admin/sources/{source.pk}/copy/"):
        assert client.post(
            address, {"change_reason": "x", "form_versions": "", "as_of": "2023-01-01"}
        ).status_code in (403, 404)
    source.refresh_from_db()
    assert source.state == "in_force"


@pytest.mark.parametrize("header", ["x-http-method-override", "x-method-override", "x-http-method"])
def test_no_header_turns_a_get_into_a_post(root, header):
    assert refused(root.get("/integrity/explain/", headers={header: "POST"}), 405)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_no_other_method_changes_or_breaks_anything(root, method):
    for path in (
        "/",
        "/integrity/explain/",
        "/reports/new/",
        "/admin/core/source/",
        "/accounts/login/",
        "/healthz",
    ):
        assert getattr(root, method)(path).status_code < 500, path

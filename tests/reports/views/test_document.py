from urllib.parse import quote

import pytest
from django.contrib.auth.models import Group

from tests.report.seen import Page

NAME = quote("업무보고_디지털정책관_2022-08-29.pdf")


@pytest.fixture
def manager_client(staff_client, staff):
    """Someone who may take files out."""
    staff.groups.add(Group.objects.get(name="간부"))
    return staff_client


def test_the_document_is_a_page(staff_client):
    response = staff_client.get("/document/")
    page = Page(response.content.decode())
    assert response.status_code == 200
    assert page.shows("Ⅲ. 주요 현안 업무") and page.shows("28,006")
    assert 'href="?format=pdf"' not in response.content.decode()


def test_the_queries_are_fixed(staff_client, django_assert_max_num_queries):
    with django_assert_max_num_queries(65):
        staff_client.get("/document/")


def test_pdf_is_downloaded(manager_client, caplog):
    with caplog.at_level("INFO", logger="reports.views.document"):
        response = manager_client.get("/document/?format=pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{NAME}"
    assert response.content.startswith(b"%PDF-1.7")
    assert "staff takes out 업무보고_디지털정책관_2022-08-29.pdf" in caplog.text


def test_print_button_opens_the_pdf(manager_client):
    page = manager_client.get("/document/").content.decode()
    assert '<a class="btn" href="?format=pdf&amp;open=1" target="_blank">인쇄' in page
    assert "data-print hidden" not in page
    response = manager_client.get("/document/?format=pdf&open=1")
    assert response["Content-Disposition"] == f"inline; filename*=utf-8''{NAME}"


def test_who_may_take_no_files_prints_the_page(staff_client):
    assert "data-print hidden" in staff_client.get("/document/").content.decode()


def test_hwpx_is_downloaded(manager_client):
    response = manager_client.get("/document/?format=hwpx")
    assert response["Content-Type"] == "application/hwp+zip"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{NAME.replace('.pdf', '.hwpx')}"
    assert response.content[30:57] == b"mimetypeapplication/hwp+zip"


def test_the_links_are_shown_to_those_who_may(manager_client):
    content = manager_client.get("/document/").content.decode()
    assert 'href="?format=pdf"' in content and 'href="?format=hwpx"' in content


@pytest.mark.parametrize(
    "query", ["format=pdf", "format=hwpx", "format=html", "format=json", "format=pdf&as_of=2019-12-31"]
)
def test_files_are_for_those_who_may_take_them_out(staff_client, query):
    assert staff_client.get(f"/document/?{query}").status_code == 403


def test_an_unknown_format_is_not_found(manager_client):
    assert manager_client.get("/document/?format=exe").status_code == 404


def test_a_date_without_data_is_an_honest_page(manager_client):
    for query in ("as_of=2019-12-31", "as_of=2019-12-31&format=pdf"):
        response = manager_client.get(f"/document/?{query}")
        assert response.status_code == 200
        assert "2019. 12. 31. 기준으로는 자료가 없습니다" in response.content.decode()


def test_a_date_that_cannot_be_read_is_said(manager_client):
    assert manager_client.get("/document/?as_of=x&format=pdf").status_code == 400


def test_an_earlier_date_has_its_own_document(staff_client):
    content = staff_client.get("/document/?as_of=2020-01-31").content.decode()
    assert "스마트도시정책관" in content
    assert "공공와이파이 확충" not in content
    assert "지난 보고 대비 변경사항" not in content  # nothing is known before


def test_strangers_are_sent_to_the_sign_in(client, db):
    assert client.get("/document/?format=pdf").status_code == 302

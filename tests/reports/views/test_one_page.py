from urllib.parse import quote

import pytest
from django.contrib.auth.models import Group

PAGE = "/document/one-page/"


@pytest.fixture
def manager_client(staff_client, staff):
    """Someone who may take files out."""
    staff.groups.add(Group.objects.get(name="간부"))
    return staff_client


def test_the_page_shows_the_picture_and_its_words(staff_client):
    content = staff_client.get(PAGE).content.decode()
    assert 'src="/document/one-page/picture/"' in content
    assert "데이터센터 54.9%" in content and "예산현액 1,432.0억 원 가운데" in content
    assert "format=pdf" not in content


def test_the_queries_are_fixed(staff_client, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        staff_client.get(PAGE)


def test_a_second_look_assembles_nothing(staff_client, django_assert_max_num_queries):
    staff_client.get("/document/one-page/")
    with django_assert_max_num_queries(20):
        assert "한 장으로 보는 업무보고" in staff_client.get("/document/one-page/").content.decode()


def test_the_picture_is_for_whoever_reads(staff_client):
    response = staff_client.get(f"{PAGE}picture/")
    assert response["Content-Type"] == "image/svg+xml" and b"<svg" in response.content[:200]


@pytest.mark.parametrize(("kind", "head"), [("pdf", b"%PDF-1.7"), ("png", b"\x89PNG"), ("svg", b"<svg")])
def test_files_are_taken_out(manager_client, kind, head):
    response = manager_client.get(f"{PAGE}?format={kind}")
    assert response.content.startswith(head)
    name = quote(f"업무보고 한 장_디지털정책관_2022-08-29.{kind}")
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"


def test_files_are_for_those_who_may_take_them_out(staff_client):
    assert staff_client.get(f"{PAGE}?format=pdf").status_code == 403


def test_an_unknown_format_is_not_found(manager_client):
    assert manager_client.get(f"{PAGE}?format=exe").status_code == 404


def test_without_data_there_is_no_picture(staff_client):
    assert staff_client.get(f"{PAGE}?as_of=2019-12-31").status_code == 200
    assert staff_client.get(f"{PAGE}picture/?as_of=2019-12-31").status_code == 404

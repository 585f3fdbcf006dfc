from django.db import DatabaseError, connection

from core.models import Source
from departments.models import Department
from tests.factories import make_expenditure, spend
from tests.report.seen import Page


def seen(client, url="/"):
    response = client.get(url)
    assert response.status_code == 200
    return Page(response.content.decode())


def test_home_shows_the_report(staff_client):
    page = seen(staff_client)
    assert page.shows("예산현액 1,432.0억 원 가운데 66.9%를 집행(원인행위)해 진도선보다 0.9%p 앞섭니다.")
    for text in (
        "정원 266명",
        "258명",
        "과부족 △8명",
        "17,370,899천원",
        "168.2억 원",
        "143,204,842천원",
        "95,839,632천원",
        "66.0%",
        "241/365일",
    ):
        assert page.shows(text), text
    assert page.shows("확인이 필요한 것")
    assert page.shows("2022. 8. 30. ~ 2022. 11. 27. · 14건")


def test_home_leaves_out_what_the_date_has_no_source_of(staff_client):
    Source.objects.filter(scope__in=["expenditure", "projects"]).update(state="withdrawn")
    page = seen(staff_client)
    assert page.shows("정원 266명")
    assert not page.shows("집행률")
    assert not page.shows("주요 사업의 일정")


def test_home_with_a_budget_book_alone(staff_client):
    bureau = Department.objects.get(slug="digital-policy-bureau")
    book = make_expenditure(bureau, "2022-11-11", 2023, "book")
    spend(book, Department.objects.get(slug="data-center"), 50_000_000)
    page = seen(staff_client)
    assert page.shows("예산현액은 500.0억 원이고, 집행액은 이 자료에 없습니다.")
    assert not page.shows("진도선 미달 1")


def test_home_asks_the_database_so_often(staff_client, django_assert_num_queries):
    staff_client.get("/")
    with django_assert_num_queries(8):
        staff_client.get("/")


def test_health_answers_without_a_sign_in_and_without_a_reading(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")
    assert (response.status_code, response.content, response["Content-Type"]) == (200, b"ok", "text/plain")


def test_health_says_when_the_database_is_gone(client, monkeypatch):
    def gone():
        raise DatabaseError("connection to 10.0.0.1 refused")

    monkeypatch.setattr(connection, "cursor", gone)
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (503, b"unavailable")


def test_malicious_text_stays_text_on_home(staff_client):
    evil = "<script>alert(1)</script>"
    Department.objects.filter(slug="data-center").update(name=evil)
    content = staff_client.get("/").content.decode()
    assert "alert(1)" in content
    assert evil not in content

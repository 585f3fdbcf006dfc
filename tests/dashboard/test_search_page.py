from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext

from dashboard import search_results
from departments.models import Duty
from glossary.models import Definition, Term
from tests.factories import make_bureau, make_source


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("ㄱㄱㅇㅇㅍㅇ", "/projects/public-wifi/"),
        ("공공와이파이를", "/projects/public-wifi/"),
        ("28,006", "/projects/public-wifi/"),
        ("2133-5698", "/projects/work-management-system/"),
        ("민관융합데이터", "/projects/big-data-administration/"),
        ("에스플렉스센터운영과", "/departments/s-plex-center-section/"),
        ("임시적세외수입", "/budgets/revenue/"),
        ("CPTED", "/glossary/#term-cpted"),
        ("김숙희", "/projects/information-disclosure-system/"),
    ],
)
def test_everything_is_found(staff_client, words, address):
    response = staff_client.get("/search/", {"q": words})
    assert f'<a href="{address}">' in response.content.decode()


def test_what_was_found_is_marked_and_counted(staff_client):
    page = text_of(staff_client.get("/search/?q=2133-5698"))
    assert "‘2133-5698’에 맞는 내용이 2건 있습니다: 사업 2건." in page
    assert "정보공개담당관 김숙희 <mark>2133-5698</mark>" in page


def test_a_unit_of_an_earlier_tree_is_found_with_what_it_became(staff_client):
    page = text_of(staff_client.get("/search/?q=스마트도시담당관"))
    assert '<a href="/departments/smart-city/"><mark>스마트도시담당관</mark>' in page
    assert (
        "<mark>스마트도시담당관</mark>은 2020. 1. 31. 조직에 있던 부서로, 디지털정책담당관으로 이름을 바꾸었습니다."
        in page
    )


def test_a_unit_that_came_later_is_not_found(staff_client):
    assert "맞는 내용이 없습니다" in text_of(staff_client.get("/search/?q=서울기록원&as_of=2020-01-31"))


def test_links_keep_the_date(staff_client):
    page = staff_client.get("/search/?q=CPTED&as_of=2022-09-01").content.decode()
    assert '<a href="/glossary/?as_of=2022-09-01#term-cpted">' in page


@pytest.mark.parametrize("words", ["", "   ", "·", "없는말이다"])
def test_without_hits_the_page_helps(staff_client, words):
    response = staff_client.get("/search/", {"q": words})
    assert response.status_code == 200
    assert "이렇게 찾아보십시오" in text_of(response)


def test_nothing_found_is_said(staff_client):
    assert "‘없는말이다’에 맞는 내용이 없습니다." in text_of(
        staff_client.get("/search/", {"q": "없는말이다"})
    )


@pytest.mark.parametrize(
    "words",
    ["<script>alert(1)</script>", "'; DROP TABLE departments_user; --", "가" * 5000, "%", "[", "\\"],
)
def test_hostile_words_stay_words(staff_client, words):
    response = staff_client.get("/search/", {"q": words})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_fixed_number_of_queries(staff_client, django_assert_num_queries):
    staff_client.get("/search/?q=와이파이")
    with django_assert_num_queries(4):
        staff_client.get("/search/?q=와이파이")
    Duty.objects.filter(source__as_of="2022-08-29", order=1).update(text="바뀐 업무")
    with django_assert_num_queries(5):
        staff_client.get("/search/?q=와이파이")
    with django_assert_num_queries(3):
        staff_client.get("/search/")


def test_before_all_data_nothing_is_found(staff_client):
    assert "2020. 1. 1. 기준으로는 자료가 없습니다" in text_of(
        staff_client.get("/search/?q=와이파이&as_of=2020-01-01")
    )


@pytest.mark.parametrize("words", ["혁신친화", "정책목표", "디지털 전환을 선도하는", "미래 스마트 표준 도시"])
def test_the_vision_is_found(staff_client, words):
    page = staff_client.get("/search/", {"q": words}).content.decode()
    assert "정책목표 디지털 전환을 선도하는 미래 스마트 표준 도시, 서울" in page.replace(
        "<mark>", ""
    ).replace("</mark>", "")


def asked_in(client, words="분양"):
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/search/", {"q": words})
    return len(asked), [(other.name, other.count) for other in page.context["elsewhere"]]


def test_other_bureaus_are_searched_by_a_fixed_number_of_queries(staff_client):
    """What they say is read when it has changed; asked again, forty bureaus cost what one does."""
    first = make_bureau("housing-bureau", "주택정책관")
    tell_of_term(first, "분양")
    assert asked_in(staff_client)[1] == [("주택정책관", 1)]
    queries, found = asked_in(staff_client)
    assert found == [("주택정책관", 1)]
    for number in range(1, 10):
        tell_of_term(make_bureau(f"bureau-{number}", f"하천{number}국"), "분양" if number < 3 else "임대")
    asked_in(staff_client)
    many, found = asked_in(staff_client)
    assert sorted(found) == [("주택정책관", 1), ("하천1국", 1), ("하천2국", 1)]
    assert many == queries
    Definition.objects.filter(source__bureau=first).update(heading="전세", text="ㅇ 빌려 쓰는 것")
    assert sorted(asked_in(staff_client)[1]) == [("하천1국", 1), ("하천2국", 1)]


@pytest.fixture
def housing(seeded):
    search_results._indexes.clear()
    bureau = make_bureau("housing-bureau", "주택정책관")
    tell_of_term(bureau, "분양")
    return bureau


def never(*args):
    raise AssertionError("the texts of others are read")


def test_texts_are_read_before_the_first_search(staff_client, housing, monkeypatch):
    monkeypatch.setattr(connections, "close_all", lambda: None)  # the test's own
    search_results.read_texts()
    monkeypatch.setattr(search_results, "search_entries", never)
    assert asked_in(staff_client)[1] == [("주택정책관", 1)]


def test_a_server_starts_though_its_database_does_not_answer(seeded, monkeypatch):
    monkeypatch.setattr(connections, "close_all", lambda: None)
    monkeypatch.setattr(search_results, "organisation_units", Mock(side_effect=OperationalError))
    assert search_results.read_texts() is None


def test_texts_that_another_process_has_read_are_searched(staff_client, housing, monkeypatch, tmp_path):
    monkeypatch.setenv("SHARED_PAGES", str(tmp_path))
    assert asked_in(staff_client)[1] == [("주택정책관", 1)]
    search_results._indexes.clear()  # as in another process
    with monkeypatch.context() as unread:
        unread.setattr(search_results, "search_entries", never)
        assert asked_in(staff_client)[1] == [("주택정책관", 1)]
    Definition.objects.filter(source__bureau=housing).update(heading="전세", text="ㅇ 빌려 쓰는 것")
    search_results._indexes.clear()
    assert asked_in(staff_client)[1] == []


def tell_of_term(bureau, name):
    source = make_source(bureau, "glossary", "2022-08-29")
    term = Term.objects.get_or_create(slug=f"{name}-{bureau.slug}", defaults={"name": name})[0]
    Definition.objects.create(source=source, term=term, order=1, heading=name, text="ㅇ 뜻")

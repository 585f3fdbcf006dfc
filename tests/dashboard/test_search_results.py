from dataclasses import replace

import pytest
from django.utils.translation import override

from core.search import SearchEntry
from dashboard import search_results
from dashboard.search_results import SHOWN_OF_A_KIND, ResultGroup, elsewhere, search, summary
from departments.models import Department
from seoul_digital.lib.hangul import Query
from tests.factories import make_bureau, make_source, make_unit, place, snapshot_of

pytestmark = pytest.mark.engine

WIFI = SearchEntry("사업", "1. 공공와이파이 확충", "/projects/public-wifi/", "총 28,006대 (AP대수)")
TEAM = SearchEntry("부서", "공공와이파이팀", "/departments/public-wifi-team/")
DIVISION = SearchEntry(
    "부서", "정보통신보안담당관", "/departments/ict-security/", "공공와이파이팀 스마트CCTV팀"
)
TERM = SearchEntry("용어", "AP (Access Point)", "/glossary/#term-access-point", "무선단말기")
TEXTS = [DIVISION, TEAM, WIFI, TERM]


def found(words, kept=()):
    return [
        (group.kind, [hit.url for hit in group.hits]) for group in search(TEXTS, Query(words), dict(kept))
    ]


@pytest.mark.parametrize("words", ["공공와이파이", "공공와이파이를", "ㄱㄱㅇㅇㅍㅇ", "공공 와이파이"])
def test_titles_come_before_bodies_in_each_subject(words):
    assert found(words) == [
        ("부서", ["/departments/public-wifi-team/", "/departments/ict-security/"]),
        ("사업", ["/projects/public-wifi/"]),
    ]


def test_figures_are_found():
    assert found("28,006") == [("사업", ["/projects/public-wifi/"])]
    assert found("공공와이파이 28006") == [("사업", ["/projects/public-wifi/"])]


def test_addresses_keep_what_the_reader_asked_for():
    assert found("무선단말기", {"as_of": "2022-09-01"}) == [
        ("용어", ["/glossary/?as_of=2022-09-01#term-access-point"])
    ]


def test_nothing_is_found():
    assert found("없는말") == []


def test_a_hit_shows_where_the_words_stand():
    ((hit,),) = [group.hits for group in search([WIFI], Query("28,006"), {})]
    assert hit.title == ("1. 공공와이파이 확충", "", "") or hit.title.match == ""
    assert (hit.body.before, hit.body.match, hit.body.after) == ("총 ", "28,006", "대 (AP대수)")
    assert not hit.in_title


def test_what_is_found_by_its_name_shows_its_figures_where_they_are_asked_to():
    entry = SearchEntry("지표", "설치 대수", "/x/", "120대 (’22.8.), 100대 (’22.7.)", shows_body=True)
    ((hit,),) = [group.hits for group in search([entry], Query("설치 대수"), {})]
    assert "".join(hit.body) == "120대 (’22.8.), 100대 (’22.7.)"
    ((hit,),) = [group.hits for group in search([replace(entry, shows_body=False)], Query("설치 대수"), {})]
    assert hit.body is None


def test_an_english_name_finds_its_korean_one_and_heads_it_for_readers_of_english():
    named = SearchEntry("부서", "데이터센터", "/x/", name_english="Data Center")
    (group,) = search([named], Query("data"), {})
    assert (group.heading, group.hits[0].in_title, group.hits[0].english) == ("부서", True, "")
    with override("en"):
        (group,) = search([named], Query("data"), {})
        assert (group.heading, group.hits[0].english) == ("Units", "Data Center")
        assert summary("data", [group]) == "1 match for ‘data’: Units 1."


def test_a_page_shows_so_many_of_a_subject():
    group = ResultGroup("지표", list(range(SHOWN_OF_A_KIND + 3)))
    assert (len(group.shown), group.rest) == (SHOWN_OF_A_KIND, 3)


def test_the_summary():
    assert (
        summary("와이파이", search(TEXTS, Query("와이파이"), {}))
        == "‘와이파이’에 맞는 내용이 3건 있습니다: 부서 2건, 사업 1건."
    )
    assert summary("없는말", []) == "‘없는말’에 맞는 내용이 없습니다."


def test_other_bureaus_tell_how_much_they_have_and_hear_of_changes(seeded):
    tree = make_source(make_bureau(), "organisation", "2022-08-29")
    place(tree, make_unit("rental-housing", "임대주택과"))
    snapshot, query = snapshot_of(Department.objects.get(slug="digital-policy-bureau")), Query("임대주택")

    def found():
        return [(group.name, group.count) for group in elsewhere(snapshot, query, "임대주택")]

    assert found() == [("주택정책관", 1)]
    place(tree, make_unit("rental-support", "임대주택지원과"))
    assert found() == [("주택정책관", 2)]
    assert not elsewhere(snapshot, Query("없는말"), "없는말")


def test_texts_of_other_bureaus_are_read_once(seeded, monkeypatch):
    make_source(make_bureau(), "organisation", "2022-08-29")
    snapshot, read = snapshot_of(Department.objects.get(slug="digital-policy-bureau")), []
    monkeypatch.setattr(search_results, "search_entries", lambda asked: read.append(asked.chosen.name) or [])
    for words in ("예산", "ㅇㅅ"):
        elsewhere(snapshot, Query(words), words)
    assert read == ["주택정책관"]

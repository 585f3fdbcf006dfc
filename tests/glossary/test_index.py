from datetime import date

import pytest

from core.search import SearchEntry
from glossary.index import (
    PLACES_SHOWN,
    IndexItem,
    index,
    items_of,
    letter_of,
    matching,
    summary,
    table,
    usage,
)
from glossary.linking import LinkedTerm

WIFI = LinkedTerm(
    "wifi",
    "와이파이",
    ("와이파이", "Wi-Fi"),
    "와이파이 (Wi-Fi, Wireless Fidelity)",
    "업무보고 p.9",
    ("Wi-Fi", "Wireless Fidelity"),
    "근거리 통신망",
)
AP = LinkedTerm(
    "access-point", "AP", ("AP",), "AP (Access Point)", "업무보고 p.9", ("Access Point",), "무선단말기"
)
FIVE_G = LinkedTerm("5g", "5G", ("5G",), "5G", "업무보고 p.9", ("5th Generation",), "이동통신")
CLOUD = LinkedTerm(
    "cloud",
    "클라우드",
    ("클라우드",),
    "클라우드(Cloud; 사용자 입장)",
    "업무보고 p.14",
    ("Cloud",),
    "컴퓨팅 자원",
)


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("가상서울", "ㄱ"),
        ("까치", "ㄱ"),
        ("씨앗", "ㅅ"),
        ("ActiveX", "A"),
        ("S–Map", "S"),
        ("5G", "0–9"),
        ("《한강》", "ㅎ"),
        ("", "0–9"),
    ],
)
def test_the_letter_of_a_name(name, letter):
    assert letter_of(name) == letter


def test_every_letter_stands_in_the_index_and_only_filled_ones_lead_somewhere():
    korean, latin = index(items_of([WIFI, AP, FIVE_G], {}))
    assert "".join(one.letter for one in korean) == "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
    assert [one.letter for one in latin][-2:] == ["Z", "0–9"]
    assert [(one.letter, one.anchor) for row in (korean, latin) for one in row if one.items] == [
        ("ㅇ", "letter-ㅇ"),
        ("A", "letter-A"),
        ("W", "letter-W"),
        ("0–9", "letter-0"),
    ]
    assert {one.anchor for one in korean if not one.items} == {""}


def test_other_names_lead_to_the_entry_unless_they_stand_under_its_letter():
    assert items_of([WIFI, AP], {}) == [
        IndexItem("와이파이", WIFI),
        IndexItem("Wi-Fi", WIFI, see=True),
        IndexItem("Wireless Fidelity", WIFI, see=True),
        IndexItem("AP", AP),
    ]


def test_items_of_a_letter_are_sorted():
    _, latin = index(
        items_of([CLOUD, AP], {}) + [IndexItem("ActiveX", LinkedTerm("activex", "ActiveX", ("ActiveX",)))]
    )
    assert [item.name for item in latin[0].items] == ["ActiveX", "AP"]


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("", ["wifi", "access-point", "5g", "cloud"]),
        ("WIFI", ["wifi"]),
        ("ㅋㄹㅇㄷ", ["cloud"]),
        ("무선 단말기", ["access-point"]),
        ("없는말", []),
    ],
)
def test_the_filter(words, left):
    assert [entry.slug for entry in matching([WIFI, AP, FIVE_G, CLOUD], words)] == left


def test_usage_lists_the_places_by_subject_without_the_own_entry():
    project = SearchEntry("사업", "1. 공공와이파이 확충", "/projects/public-wifi/", "AP대수")
    search_entries = [
        project,
        SearchEntry("부서", "데이터센터", "/departments/data-center/", "클라우드센터"),
        SearchEntry("용어", "AP", "/glossary/#term-access-point", "AP는 와이파이"),
    ]
    used = usage([WIFI, AP, FIVE_G], search_entries, {"as_of": "2022-09-01"})
    assert [(places.kind, [text.url for text in places.texts]) for places in used["wifi"]] == [
        ("사업", ["/projects/public-wifi/?as_of=2022-09-01"]),
        ("용어", ["/glossary/?as_of=2022-09-01#term-access-point"]),
    ]
    assert [places.kind for places in used["access-point"]] == ["사업"]
    assert used["5g"] == []


def test_usage_names_a_place_once_and_counts_what_it_does_not_list():
    search_entries = [
        SearchEntry("지표", f"와이파이 {number}", "/projects/public-wifi/")
        for number in range(PLACES_SHOWN + 2)
    ]
    (places,) = usage([WIFI], [*search_entries, search_entries[0]], {})["wifi"]
    assert (len(places.texts), places.rest) == (PLACES_SHOWN, 2)


@pytest.mark.parametrize(
    ("total", "left", "words", "sentence"),
    [
        (21, 21, "", "업무보고에 나오는 용어 21개의 뜻풀이입니다. 글 속의 밑줄 친 용어는 여기로 이어집니다."),
        (21, 2, "AP", "용어 21개 가운데 ‘AP’가 들어 있는 2개입니다."),
        (21, 0, "없는말", "‘없는말’이 들어 있는 용어가 없습니다."),
    ],
)
def test_the_summary(total, left, words, sentence):
    assert summary(total, left, words) == sentence


def test_the_table_of_the_download():
    shown = table([AP], date(2022, 8, 29))
    assert [row.cells for row in shown.rows] == [["AP (Access Point)", "업무보고 p.9", "무선단말기"]]

import pytest

from glossary.linking import Finder, LinkedTerm, Linker

WIFI = LinkedTerm("wifi", "와이파이", ("와이파이", "Wi-Fi", "WiFi"))
AP = LinkedTerm("access-point", "AP", ("AP",))
MAP = LinkedTerm("s-map", "S–Map", ("S–Map",))
IOT = LinkedTerm("iot", "사물인터넷", ("사물인터넷", "IoT"))
CITY_DATA = LinkedTerm(
    "iot-city-data", "사물인터넷(IoT) 도시데이터", ("사물인터넷(IoT) 도시데이터", "IoT 도시데이터")
)
FUSED = LinkedTerm("fused", "민·관 융합데이터", ("민·관 융합데이터",))
FIVE_G = LinkedTerm("5g", "5G", ("5G",))


def found(text, *entries):
    return [(text[start:end], entry.slug) for start, end, entry in Finder(entries).find(text)]


def test_a_short_form_with_a_blank_comes_before_no_longer_one():
    forms = ("스마트 도시 및 산업진흥", "스마트 도시", "스마트도시계획")
    entries = [LinkedTerm(str(place), form, (form,)) for place, form in enumerate(forms)]
    text = "스마트도시계획과 스마트도시, 스마트도시및산업진흥"
    assert found(text, *entries) == [
        ("스마트도시계획", "2"),
        ("스마트도시", "1"),
        ("스마트도시및산업진흥", "0"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(단위 : AP대수, ’22.7.1.)", ["AP"]),
        ("무선 데이터접속장치(AP)의", ["AP"]),
        ("MAP, S-AP, AP2, 3AP, APs", []),
    ],
)
def test_latin_forms_stand_at_word_boundaries(text, expected):
    assert [form for form, _ in found(text, AP)] == expected


@pytest.mark.parametrize("text", ["S-Map연계", "S–Map 기본", "3D기반 S—Map(오픈랩 등)"])
def test_any_dash_is_found(text):
    assert [slug for _, slug in found(text, AP, MAP)] == ["s-map"]


@pytest.mark.parametrize("text", ["민·관 융합데이터", "민․관융합데이터", "민관 융합데이터"])
def test_middle_dots_and_spaces_may_differ(text):
    assert found(text, FUSED) == [(text, "fused")]


def test_the_longest_form_wins():
    text = "IoT 도시데이터와 IoT센서"
    assert found(text, IOT, CITY_DATA) == [("IoT 도시데이터", "iot-city-data"), ("IoT", "iot")]


def test_forms_inside_korean_words_are_found():
    assert found("시내버스 와이파이 4G(LTE)→5G 기반", WIFI, FIVE_G) == [("와이파이", "wifi"), ("5G", "5g")]


def test_no_terms_find_nothing():
    assert found("와이파이") == []


def test_links_the_first_occurrence_on_a_page():
    linker = Linker([WIFI])
    assert (
        linker.link("공공와이파이 확대, 와이파이 품질")
        == '공공<a class="term" href="#term-wifi">와이파이</a> 확대, 와이파이 품질'
    )
    assert linker.link("와이파이") == "와이파이"
    assert linker.used == [WIFI]


def test_a_section_links_anew_but_what_it_leaves_out():
    linker = Linker([WIFI, AP])
    linker.link("와이파이")
    assert (
        linker.section("access-point").link("AP와 와이파이")
        == 'AP와 <a class="term" href="#term-wifi">와이파이</a>'
    )
    assert linker.used == [WIFI]


def test_used_keeps_the_order_of_the_text():
    linker = Linker([WIFI, AP, FIVE_G])
    linker.link("5G 와이파이(AP)")
    assert [entry.anchor for entry in linker.used] == ["term-5g", "term-wifi", "term-access-point"]


def test_text_around_and_inside_links_is_escaped():
    tricky = LinkedTerm("tricky", "<b>", ("<b>",))
    assert (
        Linker([tricky]).link("<i> & <b>")
        == '&lt;i&gt; &amp; <a class="term" href="#term-tricky">&lt;b&gt;</a>'
    )

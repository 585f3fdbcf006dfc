import re
import time
import unicodedata

import pytest

from seoul_digital.lib.hangul import (
    Query,
    fold,
    initials,
    is_initials,
    pattern,
    postposition,
    romanised,
    snippet,
    stems,
)

SAME_WORD = "민관융합데이터"


@pytest.mark.parametrize("dot", "·․･・∙‧•ㆍ.")
def test_every_middle_dot_is_dropped(dot):
    assert fold(f"민{dot}관 융합데이터") == SAME_WORD


@pytest.mark.parametrize("mark", "’'´‘`＇ʼ")
def test_every_apostrophe_is_dropped(mark):
    assert fold(f"{mark}22년") == "22년"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ｓ－Ｍａｐ", "smap"),
        ("S–Map", "smap"),
        ("「메타버스 서울」\u00a0(1단계)\n", "메타버스서울1단계"),
        (unicodedata.normalize("NFD", "공공와이파이"), "공공와이파이"),
        ("市․자치구", "市자치구"),
        ("△1,953", "1953"),
        ("㎡", "m2"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "letters"),
    [("공공와이파이", "ㄱㄱㅇㅇㅍㅇ"), ("5G 까치", "5gㄲㅊ"), ("힣", "ㅎ"), ("ㄱㄴ", "ㄱㄴ"), ("AP", "ap")],
)
def test_initials(text, letters):
    assert initials(text) == letters


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ㄱㄱㅇㅇㅍㅇ", True),
        ("ㄱㄱ ㅇㅇㅍㅇ", True),
        ("\u1100\u1100", True),
        ("ㄱ공", False),
        ("ㅏ", False),
        ("", False),
        (" ", False),
    ],
)
def test_is_initials(query, expected):
    assert is_initials(query) is expected


@pytest.mark.parametrize(
    ("token", "stem"),
    [
        ("공공와이파이를", "공공와이파이"),
        ("메타버스의", "메타버스"),
        ("플랫폼으로", "플랫폼"),
        ("서울로", "서울"),
        ("센터에서", "센터"),
        ("시민에게", "시민"),
        ("데이터와", "데이터"),
        ("플랫폼과", "플랫폼"),
        ("시스템이나", "시스템"),
        ("자치구처럼", "자치구"),
        ("iot를", "iot"),
    ],
)
def test_stems(token, stem):
    assert stems(token) == (token, stem)


@pytest.mark.parametrize(
    ("token", "found"),
    [
        ("공공와이파이에서는", ("공공와이파이에서는", "공공와이파이에서", "공공와이파이")),
        ("시민에게만", ("시민에게만", "시민에게", "시민")),
        ("플랫폼으로도", ("플랫폼으로도", "플랫폼으로", "플랫폼")),
        ("제도를", ("제도를", "제도")),
    ],
)
def test_stems_of_particles_in_a_row(token, found):
    assert stems(token) == found


@pytest.mark.parametrize("token", ["와이파이", "도로", "하나", "스마트폴", "35만", "의", "", "ㄱㄱ"])
def test_words_that_only_end_like_a_particle_keep_it(token):
    assert stems(token) == (token,)


@pytest.mark.parametrize(
    "query",
    [
        "민관융합데이터",
        "민·관 융합데이터",
        "민․관융합 데이터를",
        "데이터 융합",
        "ㅁㄱㅇㅎ",
        "ㅇㅎ 데이터",
        "개발",
        "융합데이터는",
    ],
)
def test_query_finds(query):
    assert Query(query).matches("무관한 글", "민·관 융합데이터(1인가구, 실시간도시 등) 개발･활용")


@pytest.mark.parametrize("query", ["민관융합 없는말", "ㅁㄱㅋ", "", "  ", "···"])
def test_query_does_not_find(query):
    assert not Query(query).matches("민·관 융합데이터(1인가구, 실시간도시 등) 개발･활용")


def test_a_query_may_find_its_words_in_different_texts_but_none_across_two():
    assert Query("공공와이파이 2910").matches("공공와이파이 확대", "☎2133-2910")
    assert not Query("와이파이확대").matches("공공와이파이", "확대")


def test_query_tokens():
    assert Query("  민·관  융합 ’22년 ··· ").tokens == ("민관", "융합", "22년")
    assert Query("").tokens == ()
    assert bool(Query("가")) is True
    assert bool(Query("·")) is False


def test_a_long_query_is_cut():
    assert Query("가" * 500).tokens == ("가" * 100,)


def test_snippet_shows_what_was_written():
    assert snippet("대표적인 민·관  융합데이터로는 생활인구가 있음", Query("민관융합데이터는")) == (
        "대표적인 ",
        "민·관 융합데이터",
        "로는 생활인구가 있음",
    )


def test_snippet_of_initials_and_of_the_earliest_word():
    assert snippet("서울시 공공와이파이 운영", Query("ㄱㄱㅇㅇㅍㅇ")).match == "공공와이파이"
    assert snippet("서울시 공공와이파이 운영", Query("운영 공공")).match == "공공"


def test_snippet_maps_letters_that_fold_to_several_or_none():
    text = "면적 3㎡ " + unicodedata.normalize("NFD", "공공") + "․와이파이 확대"
    assert snippet(text, Query("공공와이파이")).match == unicodedata.normalize("NFD", "공공") + "․와이파이"
    assert snippet(text, Query("3m2")).match == "3㎡"


def test_snippet_is_cut_around_the_match():
    before, match, after = snippet("가" * 200 + "공공와이파이" + "나" * 200, Query("공공와이파이"), width=26)
    assert (before, match, after) == ("…" + "가" * 10, "공공와이파이", "나" * 10 + "…")


def test_snippet_at_either_end_uses_the_whole_width():
    assert snippet("공공" + "나" * 100, Query("공공"), width=10) == ("", "공공", "나" * 8 + "…")
    assert snippet("가" * 100 + "공공", Query("공공"), width=10) == ("…" + "가" * 8, "공공", "")


def test_snippet_without_a_match():
    assert snippet("가" * 100, Query("공공"), width=10) == ("", "", "가" * 10 + "…")
    assert snippet("", Query("공공")) == ("", "", "")


def test_a_match_longer_than_the_width_is_shown_whole():
    assert snippet("앞 공공와이파이 뒤", Query("공공와이파이"), width=3).match == "공공와이파이"


@pytest.mark.parametrize(
    ("word", "object_", "towards"),
    [
        ("공공와이파이", "를", "로"),
        ("플랫폼", "을", "으로"),
        ("서울", "을", "로"),
        ("66.9%", "를", "로"),
        ("0.9%p", "를", "로"),
        ("2022", "를", "로"),
        ("241", "을", "로"),
        ("266", "을", "으로"),
        ("258", "을", "로"),
        ("143,204,840", "을", "으로"),
        ("AP", "를", "로"),
        ("CCTV", "를", "로"),
        ("XML", "을", "로"),
        ("VR", "을", "로"),
        ("ITM", "을", "으로"),
        ("공공와이파이(총 28,006대)", "를", "로"),
        ("「메타버스 서울」", "을", "로"),
        ("(실외)", "를", "로"),
        ("’22. 8. 30.", "을", "로"),
        ("‘’22. 8. 30.’", "을", "로"),
        ("2022. 8. 26.(금)", "을", "로"),
        ("2022-08-30", "을", "로"),
        ("8. 23.", "을", "로"),
        ("’22. 10.", "을", "로"),
        ("2000.5", "를", "로"),  # a number, not May of 2000
        ("2022. 5.", "을", "로"),
        ("’22.8. ~ 13.", "을", "로"),
        ("2022. 8. 30. 10:30", "을", "으로"),
        ("’24년", "을", "으로"),
        ("4.3", "을", "으로"),
        ("2133-2860", "을", "으로"),
        ("‘66.3%’", "를", "로"),
        ("1,200㎡", "를", "로"),
        ("30m", "를", "로"),
        ("20 km", "를", "로"),
        ("3kg", "을", "으로"),
        ("33.7만 원", "을", "으로"),
        ("36백만원", "을", "으로"),
        ("", "를", "로"),
    ],
)
def test_postposition_follows_the_reading(word, object_, towards):
    assert postposition(word, ("을", "를")) == object_
    assert postposition(word, ("으로", "로")) == towards


def test_other_pairs():
    assert [postposition("예산", pair) for pair in (("이", "가"), ("은", "는"), ("과", "와"))] == [
        "이",
        "은",
        "과",
    ]


@pytest.mark.parametrize(
    ("token", "text", "is_found"),
    [
        ("공공와이파이를", "공공 와이파이", True),
        ("민관융합", "민·관 융합데이터", True),
        ("ㄱㄱㅇㅇㅍㅇ", "공공 와이파이 확충", True),
        ("ㄲ", "까치온", True),
        ("ㄱ", "까치온", False),
        ("ㅎ", "힣", True),
        ("wifi", "Wi-Fi 6", True),
        ("와이파이", "와이파일", False),
    ],
)
def test_a_pattern_finds_what_a_query_finds(token, text, is_found):
    assert bool(re.search(pattern(Query(token).tokens[0]), text, re.IGNORECASE)) is is_found
    assert Query(token).matches(text) is is_found


@pytest.mark.parametrize("letter", "éЖ漢あß")
def test_a_pattern_of_any_script_ends_soon(letter):
    """Each blank between two letters could once be divided in every way among forty."""
    begun = time.process_time()
    assert not re.search(pattern(letter * 40 + "zz"), f"{letter} " * 5_000, re.IGNORECASE)
    assert re.search(pattern(f"{letter}a"), f"{letter} {letter}-a")
    assert time.process_time() - begun < 1


def test_a_particle_after_brackets_is_found_at_once():
    begun = time.process_time()
    assert postposition("(" * 100_000, ("을", "를")) == "를"
    assert postposition("서울 (" + " " * 100_000 + ")", ("을", "를")) == "을"
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("공공와이파이", "gonggongwaipai"),
        ("민·관 융합데이터", "min-gwan-yunghapdeiteo"),
        ("5G 시범운영", "5g-sibeomunyeong"),
        ("※ …", ""),
    ],
)
def test_korean_is_written_in_latin_letters(text, latin):
    assert romanised(text) == latin

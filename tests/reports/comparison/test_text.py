import time

import pytest

from reports.comparison.changes import Kind
from reports.comparison.text import Piece, diff_lines, diff_outlines, pieces

BEFORE = """ㅇ 공공와이파이 4,530대 설치(’21.11.~’22.4.)
  - (실외) 핫플레이스 216개소(2,373대)
    ․ 주요거리 98개소, 전통시장 37개소
  - (실내) 복지시설 338개소(2,157대)
ㅇ 시내버스 와이파이 5G 서비스 개시(’22.6.)
  [표] 운영현황 (단위: 대)
  | 합계 | 고정형 |
  |---|---|
  | 28,006 | 19,027 |"""


def shown(diff):
    """A line of text each: level, how, and the text with [-deleted-] and [+inserted+]."""
    marked = {"": "{}", "ins": "[+{}+]", "del": "[-{}-]"}
    return [
        f"{line.level} {line.kind} {''.join(marked[piece.mark].format(piece.text) for piece in line.pieces)}"
        for line in diff.lines
    ]


def diff(after, before=BEFORE):
    return diff_outlines("추진실적", before, after)


def test_equal_texts_differ_in_nothing():
    same = diff(BEFORE)
    assert not same
    assert (same.lines, same.same) == ((), 8)


@pytest.mark.parametrize("after", [BEFORE.replace("․ 주요", "‣ 주요"), BEFORE.replace("  - ", "- ")])
def test_marks_and_indentation_do_not_count(after):
    assert not diff(after)


def test_words_of_a_changed_item_are_marked_and_what_is_above_it_is_kept():
    changed = diff(BEFORE.replace("37개소", "40개소"))
    assert shown(changed) == [
        "0 same 공공와이파이 4,530대 설치(’21.11.~’22.4.)",
        "1 same (실외) 핫플레이스 216개소(2,373대)",
        "2 changed 주요거리 98개소, 전통시장 [-37-][+40+]개소",
    ]
    assert changed.same == 5
    line = changed.differing[0]
    assert (line.before, line.after) == (
        "주요거리 98개소, 전통시장 37개소",
        "주요거리 98개소, 전통시장 40개소",
    )


def test_an_item_comes_or_goes_with_all_below_it():
    assert shown(diff("ㅇ 공공와이파이 4,530대 설치(’21.11.~’22.4.)", BEFORE)) == [
        "0 same 공공와이파이 4,530대 설치(’21.11.~’22.4.)",
        "1 removed [-(실외) 핫플레이스 216개소(2,373대)-]",
        "2 removed [-주요거리 98개소, 전통시장 37개소-]",
        "1 removed [-(실내) 복지시설 338개소(2,157대)-]",
        "0 removed [-시내버스 와이파이 5G 서비스 개시(’22.6.)-]",
        "1 removed [-운영현황 (단위: 대)-]",
        "2 removed [-합계 | 고정형-]",
        "2 removed [-28,006 | 19,027-]",
    ]
    assert shown(diff("ㅇ 새로\n- 더", "")) == ["0 added [+새로+]", "1 added [+더+]"]


def test_a_cell_of_a_table_is_marked_in_its_row():
    assert shown(diff(BEFORE.replace("28,006", "28,411"))) == [
        "0 same 시내버스 와이파이 5G 서비스 개시(’22.6.)",
        "1 same 운영현황 (단위: 대)",
        "2 changed [-28,006-][+28,411+] | 19,027",
    ]


def test_a_reworded_item_is_found_among_new_ones():
    after = BEFORE.replace("ㅇ 시내버스", "ㅇ 만족도 조사 실시\nㅇ 마을버스")
    assert shown(diff(after)) == [
        "0 added [+만족도 조사 실시+]",
        "0 changed [-시내버스-][+마을버스+] 와이파이 5G 서비스 개시(’22.6.)",
    ]


def test_notes_pictures_and_paragraphs_are_compared_too():
    before = "머리글\nㅇ 항목\n※ 참고 하나\n[그림] 로비"
    after = "머리글\nㅇ 항목\n※ 참고 둘\n[그림] 광장"
    assert shown(diff(after, before)) == [
        "0 same 항목",
        "1 changed 참고 [-하나-][+둘+]",
        "1 removed [-로비-]",
        "1 added [+광장+]",
    ]


def test_a_list_of_lines():
    changed = diff_lines(
        "주요업무", ["기획 총괄", "예산 편성", "홍보"], ["기획 총괄", "예산 편성과 집행", "감사"]
    )
    assert shown(changed) == [
        "0 changed 예산 [-편성-][+편성과 집행+]",
        "0 removed [-홍보-]",
        "0 added [+감사+]",
    ]
    assert [line.kind for line in changed.differing] == [Kind.CHANGED, Kind.REMOVED, Kind.ADDED]
    assert changed.same == 1


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("같다", "같다", [("같다", "")]),
        ("", "새로", [("새로", "ins")]),
        ("8,617백만원", "9,117백만원", [("8,617", "del"), ("9,117", "ins"), ("백만원", "")]),
        # Blanks and dots between two changes go with them.
        ("22. 4. 접수", "23. 5. 접수", [("22. 4", "del"), ("23. 5", "ins"), (". 접수", "")]),
        # What has next to nothing in common is not told apart word by word.
        ("도시 가로등 정비", "예산 감사 결과", [("도시 가로등 정비", "del"), ("예산 감사 결과", "ins")]),
    ],
)
def test_pieces(before, after, expected):
    assert [(piece.text, piece.mark) for piece in pieces(before, after)] == expected


def test_a_long_text_is_compared_within_a_second():
    before = "\n".join(f"ㅇ 사업 {number} 추진 내용 가{number} 나{number}" for number in range(120))
    after = "\n".join(f"ㅇ 과제 {number} 운영 결과 가{number} 나{number}" for number in range(120))
    assert len(diff(after, before).lines) == 120


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\n".join(f"ㅇ 가{number} 나" for number in range(500)), "\n".join(f"ㅇ 다{number} 나" for number in range(500))),
        ("ㅇ " + "가 나 " * 4_900, "ㅇ " + "나 가 다 " * 3_300),
        ("\n".join(f"ㅇ 가 {number % 7}" for number in range(500)), "\n".join(f"ㅇ 가 {number % 5}" for number in range(500))),
    ],
)  # fmt: skip
def test_texts_of_any_kind_are_compared_within_a_second(before, after):
    begun = time.process_time()
    diff = diff_outlines("", before, after)
    assert time.process_time() - begun < 1
    assert diff.lines


def test_what_both_begin_and_end_with_is_equal_in_texts_too_long_to_match():
    before, after = "같은 " * 500 + "앞" + " 끝" * 500, "같은 " * 500 + "뒤" + " 끝" * 500
    assert pieces(before, after) == [
        Piece("같은 " * 500),
        Piece("앞", "del"),
        Piece("뒤", "ins"),
        Piece(" 끝" * 500),
    ]

"""What people type is taken whole or refused."""

import pytest

from seoul_digital.lib.typed_text import TextTooLongError, line_from, note_from, within


def test_line_is_one_line_of_300_characters():
    assert line_from({"reason": " 예산안이\n 바뀜 "}, "reason") == "예산안이 바뀜"
    assert line_from({}, "reason") == ""
    assert line_from({"reason": "가" * 300}, "reason") == "가" * 300
    with pytest.raises(TextTooLongError, match="^300자까지 적을 수 있습니다. 1자를 줄여 주십시오"):
        line_from({"reason": "가" * 301}, "reason")


def test_note_keeps_its_lines():
    assert note_from({"note": " 하나\r\n둘 \n"}, "note") == "하나\n둘"
    with pytest.raises(TextTooLongError, match="^2,000자까지"):
        note_from({"note": "가" * 2_001}, "note")


def test_within_gives_what_fits():
    assert within(3, "가나다") == "가나다"

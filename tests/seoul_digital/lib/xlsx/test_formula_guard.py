"""Texts that look like formulas."""

import pytest

from seoul_digital.lib.xlsx.formula_guard import guarded, unguarded


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-1+1", "@x", "\tx", "\rx", "＝1", "- 항목"])  # noqa: RUF001
def test_risky_text_gets_an_apostrophe(text):
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["-5", "+1,234", "-0.5", "데이터센터", "△8", ""])
def test_numbers_and_plain_text_stay(text):
    assert guarded(text) == text
    assert unguarded(text) == text

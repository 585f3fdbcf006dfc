import pytest
from django.utils.safestring import SafeString, mark_safe

from seoul_digital.lib.outline import signs

MINUS = '<span role="img" aria-label="마이너스">△</span>'
NONE = '<span role="img" aria-label="없음">-</span>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("△8", f"{MINUS}8"),
        ("△ 1,234.5", f"{MINUS} 1,234.5"),
        ("과부족 △8명, 증감 △9.5%p", f"과부족 {MINUS}8명, 증감 {MINUS}9.5%p"),
        ("-", NONE),
        ("–", '<span role="img" aria-label="없음">–</span>'),
        ("원문 1 ≠ 계산 2", '원문 1 <span role="img" aria-label="다름">≠</span> 계산 2'),
        ("1,234", "1,234"),
        ("2022-08-29", "2022-08-29"),
        ("비교증△감", "비교증△감"),
        ("<b>△8</b>", f"&lt;b&gt;{MINUS}8&lt;/b&gt;"),
        (mark_safe('<b title="△8">△8</b>'), f'<b title="△8">{MINUS}8</b>'),
        (None, "None"),
        (-8, "-8"),
    ],
)
def test_signs_are_labelled(text, html):
    labelled = signs.labelled(text)
    assert labelled == html
    assert isinstance(labelled, SafeString)


def test_signs_are_labelled_once():
    assert signs.in_words("△8명, 원문 ≠ 계산") == "마이너스 8명, 원문 다름 계산"
    assert signs.in_words("1,234 - 5") == "1,234 - 5"

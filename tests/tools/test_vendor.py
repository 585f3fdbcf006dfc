import pytest
import vendor
from fonts import CORE, MARKS, parts, runs, unicode_range


def test_only_used_tokens_and_what_they_refer_to_are_kept():
    declared = {"--krds-text": "var(--krds-gray-90)", "--krds-gray-90": "#1e2124", "--krds-unused": "#fff"}
    assert vendor.used_tokens("a { color: var( --krds-text) }", declared) == {
        "--krds-text": "var(--krds-gray-90)",
        "--krds-gray-90": "#1e2124",
    }


def test_own_variables_are_no_tokens():
    assert vendor.used_tokens("a { color: var(--ink) }", {}) == {}


def test_an_unknown_token_is_told():
    with pytest.raises(SystemExit, match="--krds-typo"):
        vendor.used_tokens("a { color: var(--krds-typo) }", {})


def test_core_font_has_what_pages_show():
    assert set("0123456789△%,.공공와이파이로그인") <= set(vendor.characters())


def test_code_points_are_written_as_ranges():
    assert runs([0x41, 0x42, 0x43, 0x61, 0xAC00, 0xAC01]) == [(0x41, 0x43), (0x61, 0x61), (0xAC00, 0xAC01)]
    assert unicode_range([(0x41, 0x43), (0xAC00, 0xAC00)]) == "U+41-43, U+AC00"


def test_what_the_font_lacks_comes_from_the_documents_other_font():
    files = parts(vendor.FONT, vendor.FALLBACK, "가☎･")
    assert (files[CORE][0], files[MARKS][0]) == ([ord("가")], [ord("☎"), ord("･")])

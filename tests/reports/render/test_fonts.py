import json

import pytest

from reports.render import fonts
from reports.render.blocks import plain

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one

SPECIAL = "市區‣․▪▮☎㎡ㅇ△◆□※ㆍ‧･·→↔「」《》’‘´–①⑳ⅠⅩ%~▯∙⋅❍"


def test_no_glyph_of_the_report_is_missing(document):
    assert fonts.missing(json.dumps(plain(document), ensure_ascii=False)) == set()


def test_no_glyph_that_reports_use_is_missing():
    assert fonts.missing(SPECIAL) == set()


def test_what_no_font_has_is_found_and_replaced():
    assert fonts.missing("가😀나\x07\n") == {"😀", "\x07"}
    assert fonts.drawable("가😀나\x07다\n") == "가□나 다\n"
    assert fonts.drawable("가") == "가"
    assert fonts.drawable("가\uf0b7나") == "가□나"
    assert fonts.missing_glyphs("가😀나\x07\uf0b7\ufeff") == "U+F0B7 😀"


def test_a_missing_package_is_said(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    with pytest.raises(fonts.FontMissing, match="make setup"):
        fonts.files()


def test_own_characters_are_drawn_by_typst_itself(pdf):
    """DejaVu Sans Mono comes with typst: without it the ▮ of the glossary would stop the PDF/UA export."""
    families = fonts.loaded().families()
    assert set(fonts.FAMILIES) <= set(families)

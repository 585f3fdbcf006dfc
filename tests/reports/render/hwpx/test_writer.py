"""The same document is the same file, whoever writes beside it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from reports.document import document_of
from reports.render.hwpx import to_hwpx
from reports.report import Name, Report
from tests.reports import hangul
from tests.reports.render.hwpx.conftest import small

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_the_same_document_is_the_same_file(document, hwpx):
    assert to_hwpx(document) == hwpx
    assert to_hwpx(replace(document, title="다른 업무보고")) != hwpx


def test_several_at_once(hwpx, document):
    others = [small(f"사업 {number}") for number in range(3)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(to_hwpx, [document, *others]))
    assert made[0] == hwpx
    assert ["사업 0" in hangul.text(hangul.part(one)) for one in made[1:]] == [True, False, False]


def test_nothing_but_a_cover_is_still_a_file():
    made = to_hwpx(document_of(Report("공원국 업무보고", Name("park-bureau", "공원국"), date(2024, 3, 31))))
    hangul.check(made)
    assert "공원국 업무보고" in hangul.text(hangul.part(made))

"""The file that the library writes: its parts, its pages, and who knows the library."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hwpx.layout.pages import PageEstimate

import reports.render.hwpx
from reports.render.hwpx import to_hwpx
from tests.reports import hangul
from tests.reports.hangul import HP
from tests.reports.render.hwpx.conftest import of_blocks, small

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_parts_are_in_order_and_of_the_reports_day(hwpx):
    infos = zipfile.ZipFile(io.BytesIO(hwpx)).infolist()
    names = [info.filename for info in infos]
    assert (names[0], infos[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert names[1:] == sorted(names[1:])
    assert {info.date_time for info in infos} == {(2022, 8, 29, 0, 0, 0)}


def broken(document):
    raise IndexError


@pytest.mark.parametrize("estimate", [broken, lambda document: PageEstimate(None, (), ("a nested table",))])
def test_where_pages_cannot_be_reckoned_hangul_fills_them_in(monkeypatch, caplog, estimate):
    monkeypatch.setattr("hwpx.layout.pages.estimate_pages", estimate)
    made = to_hwpx(small())
    hangul.check(made)
    assert "could not be reckoned" in caplog.text
    shown = [
        hangul.page_shown(one)
        for one in hangul.part(made).iter(f"{HP}fieldBegin")
        if one.get("type") == "CROSSREF"
    ]
    assert shown == [None, None]


def test_only_the_adapter_knows_the_library():
    package = Path(reports.render.hwpx.__file__).parents[2]
    using = {
        path.name
        for path in package.rglob("*.py")
        if re.search(r"^\s*(from|import) hwpx", path.read_text(), re.MULTILINE)
    }
    assert using == {"adapter.py"}


def test_characters_that_xml_cannot_hold_stop_no_report():
    document = replace(of_blocks(), title="공원국\x0b업무보고", bureau="공원\x01국")
    made = to_hwpx(document)
    hangul.check(made)
    assert "공원국 업무보고" in hangul.page_of(made)

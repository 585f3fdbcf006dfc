"""A workbook that is read by column tells what calamine alone would have told of it, whatever is wrong with it."""

import re
import zipfile

import pytest
import xlsxwriter

from budgets.imports.sandbox import sheets
from budgets.imports.sandbox.plain_rows import PlainRows
from tests.budgets.files import execution_rows, write_repeating_xlsx, write_xlsx
from tests.budgets.imports.sandbox.test_sandbox import line, said, told
from tests.samples import each

ROWS = 60
CELL = rb'<c r="%s30"[^>]*>.*?</c>'
BROKEN = "시트를 읽을 수 없습니다. 파일이 깨졌습니다."


def cell(column, xml):
    """That cell of row 30 as `xml`."""
    return lambda sheet: re.sub(CELL % column, xml, sheet)


def row(xml):
    return lambda sheet: re.sub(rb'<row r="30".*?</row>', xml, sheet)


CHANGES = [
    row(b'<row r="30" hidden="1"/>'),
    row(b'<row r="30" hidden="1"></row>'),
    row(b""),
    lambda sheet: sheet.replace(b'<row r="30"', b'<row r="30" hidden="true"'),
    lambda sheet: sheet.replace(b'<row r="30"', b"<row"),
    lambda sheet: re.sub(rb'(<row r="30".*?</row>)(<row r="31".*?</row>)', rb"\2\1", sheet),
    lambda sheet: re.sub(rb'<row r="(\d+)"(.*?)</row>', rb'<row r="\1"\2<c r="W\1" s="1"/></row>', sheet),
    cell(b"J", b'<c r="J30" t="e"><v>#REF!</v></c>'),
    cell(b"J", b'<c r="J30"><f>A1+1</f></c>'),
    cell(b"J", b'<c r="J30" t="b"><v>1</v></c>'),
    cell(b"J", b'<c r="J30"><v>1e400</v></c>'),
    cell(b"J", b'<c r="J30"><v>1.5</v></c>'),
    cell(b"J", b'<c r="J30" t="inlineStr"><is><t> 1,000 </t></is></c>'),
    cell(b"F", b'<c r="F30" t="inlineStr"><is><t xml:space="preserve">  a\nb</t></is></c>'),
    cell(b"F", b'<c r="F30" t="inlineStr"><is><t>\xff\xfe</t></is></c>'),
]


def of_calamine(monkeypatch, path, **options):
    with monkeypatch.context() as patch:
        patch.setattr(PlainRows, "read", lambda self, rows: None)
        return told(path, **options)


def changed(path, change):
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, change(content) if name.startswith("xl/worksheets/sheet") else content)
    return path


@pytest.mark.parametrize(("change", "write"), each(2, [(change, write) for write in (write_repeating_xlsx, write_xlsx) for change in CHANGES]))  # fmt: skip
def test_what_is_told_does_not_hang_on_the_reader(change, write, tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "PIECE", 1 << 14)
    write(tmp_path / "a.xlsx", execution_rows(ROWS))
    path = changed(tmp_path / "a.xlsx", change)
    found = told(path, hidden=True)
    assert found == of_calamine(monkeypatch, path, hidden=True)
    assert "layout" in found or BROKEN in said(found)[0]


@pytest.mark.parametrize("opening", [b'<row r="30" hidden="1"/>', b'<row r="30" s="1" hidden="true" />'])
def test_hidden_rows_without_a_cell_hide_nothing(opening, tmp_path, monkeypatch):
    path = changed(write_xlsx(tmp_path / "a.xlsx", execution_rows(ROWS)), row(opening))
    for found in (told(path), of_calamine(monkeypatch, path)):
        assert (len(found["lines"]), found["end"]["hidden"], said(found)) == (ROWS - 1, 0, [])


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_texts_that_are_none_are_a_broken_file(part, tmp_path):
    write_repeating_xlsx(tmp_path / "a.xlsx", execution_rows(ROWS))
    if "shared" not in part:
        write_xlsx(tmp_path / "a.xlsx", execution_rows(ROWS))
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts[part] = parts[part].replace("디지털".encode(), "디지털".encode("cp949"))
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    assert BROKEN in said(told(tmp_path / "a.xlsx"))[0]


def test_a_table_wider_than_its_header_is_divided_as_the_header_says(tmp_path, monkeypatch):
    """Formats drawn on beyond the last label make rows longer than the header."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page, framed = book.add_worksheet("표"), book.add_format({"border": 1})
        page.write_row(0, 0, ["2022년도 예산", "(단위 : 원)"])
        page.write_row(1, 0, ["구분", "예산현액", "지출액"])
        for number in range(2, 20):
            page.write_row(number, 0, ["일반회계", 5_000, 4_000])
            page.write_blank(number, 4, None, framed)
    found = told(path)
    assert (found["layout"]["columns"], line(found)[1][:3]) == (
        {"account": 0, "current": 1, "disbursed": 2},
        (2022, "일반회계", ""),
    )
    assert line(found) == line(of_calamine(monkeypatch, path))


RICH = rb'<si><r><rPr><sz val="11"/></rPr><t xml:space="preserve">\1</t></r><r><t>\2</t></r></si>'
FIRST_LETTER = rb"<si><t>([\x00-\x7f]|[\xc0-\xff][\x80-\xbf]+)([^<]*)</t></si>"
SPACED = rb'<si><t xml:space="preserve">\1\2</t></si>'


@pytest.mark.parametrize("item", [RICH, SPACED, rb"<si><t> \1\2 </t></si>"])
def test_shared_strings_as_libreoffice_writes_them_are_asked_of_calamine_once(item, tmp_path, monkeypatch):
    path, pieces = write_repeating_xlsx(tmp_path / "a.xlsx", execution_rows(ROWS)), []
    parsed = sheets.WorkbookSheet._parsed
    monkeypatch.setattr(
        sheets.WorkbookSheet,
        "_parsed",
        lambda self, frame, piece, before: pieces.append(piece) or parsed(self, frame, piece, before),
    )
    found, of_rows = told(path), len(pieces)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, re.sub(FIRST_LETTER, item, content))
    pieces.clear()
    assert told(path) == found
    assert len(pieces) == of_rows + 1
    assert of_calamine(monkeypatch, path) == found

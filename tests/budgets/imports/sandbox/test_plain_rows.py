"""Plain rows come out as calamine gives them; what is not plain is left to it."""

import io
import random
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from budgets.imports.sandbox import sheets
from budgets.imports.sandbox.plain_rows import PlainRows

STYLES = '<styleSheet><numFmts><numFmt numFmtId="176" formatCode="{}"/></numFmts><cellXfs><xf numFmtId="{}"/></cellXfs></styleSheet>'
TEXT = '<c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c>'
NUMBER = '<c r="B{0}"><v>{1}</v></c>'


def book(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, text in parts.items():
            file.writestr(f"xl/{name}.xml", text)
    return zipfile.ZipFile(data)


def read(xml, **parts):
    return PlainRows(book(**parts)).read(xml.encode())


def row(number, *cells):
    return f'<row r="{number}">{"".join(cell.format(number, "공공") for cell in cells)}</row>'


def test_plain_rows_of_texts_and_numbers():
    xml = (
        '<row r="7" spans="1:3"><c r="A7" s="1" t="inlineStr"><is><t>A&amp;B&#44032;</t></is></c><c r="B7" s="2"><v>1.5E3</v></c></row>'
        '<row r="8"><c r="A8" t="inlineStr"><is><t>공공</t></is></c><c r="B8" s="2"/></row>'
        '<row r="9"><c r="B9" t="n"><v>-3</v></c></row>'
    )
    assert read(xml) == (7, [("A&B가", 1500.0), ("공공", ""), ("", -3.0)])


def test_shared_strings_are_looked_up():
    shared = "<sst><si><t>나</t></si><si><t>다 라</t></si></sst>"
    xml = '<row r="1"><c r="A1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>0</v></c></row>'
    assert read(xml, sharedStrings=shared) == (1, [("다 라",), ("나",)])
    assert read(xml) is None
    for other in ("<si><r><t>나</t></r></si><si><t>다</t></si>", "<si><t> 나</t></si><si><t>다</t></si>"):
        assert read(xml, sharedStrings=f"<sst>{other}</sst>") is None


@pytest.mark.parametrize("other", ["<si/>", "<si ><t>가</t></si>", "<x:si><x:t>가</x:t></x:si>", "<!--<si><t>가</t></si>-->"])  # fmt: skip
def test_an_item_in_another_spelling_moves_no_text_to_another_place(other):
    shared = f"<sst>{other}<si><t>나</t></si><si><t>다</t></si></sst>"
    assert read('<row r="1"><c r="A1" t="s"><v>1</v></c></row>', sharedStrings=shared) is None


@pytest.mark.parametrize(
    "xml",
    [
        "",
        row(1, TEXT) + row(3, TEXT),
        row(1, TEXT) + row(2),
        row(1) + row(2, TEXT),
        row(1, TEXT.replace("A{0}", "A2")),
        row(1, TEXT.replace("{1}", " {1}")),
        row(1, TEXT.replace("{1}", "{1}&#10;")),
        row(1, TEXT.replace("{1}", "{1}&nbsp;")),
        row(1, TEXT.replace("{1}", "{1}&#55296;")),
        row(1, TEXT.replace("{1}", "{1}&#65535;")),
        row(1, TEXT) + f"<!--{row(2, TEXT)}-->",
        row(1, TEXT.replace("{1}", "_x000D_")),
        row(1, TEXT.replace("{1}", "가\n나")),
        row(1, TEXT, NUMBER.replace("{1}", "1-2")),
        row(1, TEXT, NUMBER.replace("<v>", "<f>A1</f><v>").replace("{1}", "1")),
        row(1, TEXT, NUMBER.replace(">", ' t="e">', 1)),
        row(1, TEXT, NUMBER.replace(">", ' t="b">', 1)),
        row(1, NUMBER.replace("{1}", "1")),
        row(1, TEXT).replace('r="1"', 'r="1" hidden="1"', 1),
        row(1, TEXT) + row(2, TEXT.replace(' t="inlineStr"><is><t>{1}</t></is>', "><v>1</v>")),
        row(1, TEXT) + "<row>" + TEXT.format(2, "가") + "</row>",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_calamine(xml):
    assert read(xml) is None


@pytest.mark.parametrize(
    ("code", "used", "is_plain"),
    [("#,##0", 176, True), ("[Red]&quot;day&quot;0", 41, True), ("0", 14, False), ("0", 31, False), ("yyyy-mm-dd", 176, False), ("h:mm", 0, False)],
)  # fmt: skip
def test_sheets_with_formats_of_dates_are_left_to_calamine(code, used, is_plain):
    assert (read(row(1, TEXT), styles=STYLES.format(code, used)) is not None) is is_plain


@pytest.mark.parametrize(
    "styles",
    ["<xf numFmtId='14'/>", '<xf numFmtId = "14"/>', '<numFmt numFmtId="176" formatCode="&#121;&#121;"/>', "<numFmt numFmtId=\"176\" formatCode='yyyy'/>"],
)  # fmt: skip
def test_formats_in_another_spelling_may_be_of_dates(styles):
    assert read(row(1, TEXT), styles=f"<styleSheet>{styles}</styleSheet>") is None


@pytest.mark.parametrize("name", ["Styles", "STYLES"])
def test_formats_are_found_in_any_case(name):
    assert read(row(1, TEXT), **{name: STYLES.format("0", 14)}) is None
    assert read(row(1, TEXT), **{name: STYLES.format("0", 3)}) is not None


def random_cells(chance, rows, columns):
    kinds = [chance.choice("nt") for _ in range(columns)]
    texts = ["공공와이파이", "A&B <c>", "201 일반", "1,000", "'따옴표\"", "끝  사이"]
    for _ in range(rows):
        yield [
            ""
            if chance.random() < 0.1
            else chance.choice(texts)
            if kind == "t"
            else chance.choice([0, 7, -3, 1.5, 10**15, 1e-7, 282782000])
            for kind in kinds
        ]


def written(path, cells, writer, has_date):
    if writer == "openpyxl":
        made = openpyxl.Workbook()
        for values in cells:
            made.active.append([value if value != "" else None for value in values])
        if has_date:
            made.active["A1"] = date(2022, 8, 29)
        made.save(path)
        return
    with xlsxwriter.Workbook(path, {"constant_memory": writer == "inline"}) as made:
        sheet, bold = made.add_worksheet("Sheet"), made.add_format({"num_format": "#,##0", "bold": True})
        for number, values in enumerate(cells):
            for column, value in enumerate(values):
                if value == "":
                    sheet.write_blank(number, column, None, bold)
                else:
                    sheet.write(number, column, value, bold)
        if has_date and writer == "shared":
            sheet.write_datetime(0, 0, date(2022, 8, 29), made.add_format({"num_format": "yyyy-mm-dd"}))


@pytest.mark.parametrize("writer", ["inline", "shared", "openpyxl"])
@pytest.mark.parametrize("has_date", [False, True])
def test_random_sheets_are_read_as_calamine_reads_them(tmp_path, monkeypatch, writer, has_date):
    chance, plain = random.Random(7), []
    original = PlainRows.read
    for number in range(6):
        path = tmp_path / f"{number}.xlsx"
        written(path, [["머리"], *random_cells(chance, 400, 9)], writer, has_date)
        found = []
        for with_plain in (True, False):

            def observed(self, rows, with_plain=with_plain):
                found_rows = original(self, rows) if with_plain else None
                plain.append(found_rows is not None)
                return found_rows

            monkeypatch.setattr(PlainRows, "read", observed)
            monkeypatch.setattr(sheets, "PIECE", 1 << 12)
            monkeypatch.setattr(sheets, "BLOCK", 1 << 12)
            blocks = sheets.sheets_of(path, "xlsx")[0].blocks()
            found.append(
                [(first + at, trimmed(cells)) for first, rows in blocks for at, cells in enumerate(rows)]
            )
        assert found[0] == found[1]
        assert [[*map(type, cells)] for _, cells in found[0]] == [
            [*map(type, cells)] for _, cells in found[1]
        ]
    assert any(plain) is not (has_date and writer != "inline")


def trimmed(cells):
    """Without blanks at the end, of which calamine gives as many as the widest row of a piece has cells."""
    cells = list(cells)
    while cells and cells[-1] == "":
        cells.pop()
    return cells

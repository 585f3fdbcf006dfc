"""Plain rows come out as calamine gives them; what is not plain is left to it."""

import io
import random
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from budgets.imports.sandbox import plain_rows, sheets
from budgets.imports.sandbox.plain_rows import PlainRows, Texts

STYLES = '<styleSheet><numFmts><numFmt numFmtId="176" formatCode="{}"/></numFmts><cellXfs><xf numFmtId="{}"/></cellXfs></styleSheet>'
TEXT = '<c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c>'
NUMBER = '<c r="B{0}"><v>{1}</v></c>'


def book(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, text in parts.items():
            file.writestr(f"xl/{name}.xml", text)
    return zipfile.ZipFile(data)


CALAMINE = ["what calamine says"]


def read(xml, **parts):
    """The number of the first row and the rows, with CALAMINE in the place of those that are left to it."""
    if found := PlainRows(book(**parts)).read(xml.encode()):
        found[1].look_up = lambda places: dict.fromkeys(places, CALAMINE)
    return found and (found[0], list(found[1]))


def row(number, *cells):
    return f'<row r="{number}">{"".join(cell.format(number, "공공") for cell in cells)}</row>'


def test_plain_rows_of_texts_and_numbers():
    xml = (
        '<row r="7" spans="1:3"><c r="A7" s="1" t="inlineStr"><is><t>A&amp;B&#44032;</t></is></c><c r="B7" s="2"><v>1.5E3</v></c></row>'
        '<row r="8"><c r="A8" t="inlineStr"><is><t>공공</t></is></c><c r="B8" s="2"/></row>'
        '<row r="9"><c r="B9" t="n"><v>-3</v></c></row>'
    )
    assert read(xml) == (7, [["A&B가", 1500.0], ["공공", ""], ["", -3.0]])


@pytest.mark.parametrize(
    ("xml", "rows"),
    [
        (row(1, TEXT) + row(3, TEXT), [["공공"], [""], ["공공"]]),
        (row(1, TEXT) + '<row r="2" s="1"/>' + row(3, TEXT), [["공공"], [""], ["공공"]]),
        (row(1, NUMBER.replace("{1}", "1")), [["", 1.0]]),
        (row(1, NUMBER.replace("<v>", "<f>A1</f><v>").replace("{1}", "1")), [["", 1.0]]),
        (row(1, NUMBER.replace("<v>", '<f t="shared" si="0"/><v>').replace("{1}", "-0.5")), [["", -0.5]]),
        (row(1, TEXT.replace("inlineStr", "str").replace("<is><t>", "<f>B1</f><v>").replace("</t></is>", "</v>")), [["공공"]]),
        (row(1, TEXT.replace("t=", 's="4" t=')) + row(2, TEXT.replace('inlineStr"', 'inlineStr" s="4"')), [["공공"], ["공공"]]),
        (row(1, TEXT, '<c r="B{0}" s="1"></c>') + row(2, TEXT, '<c r="B{0}" s="1" />'), [["공공", ""], ["공공", ""]]),
        (row(1, TEXT).replace('r="1"', 'r="1" hidden="false" outlineLevel="0" collapsed="false"', 1), [["공공"]]),
    ],
)  # fmt: skip
def test_plain_rows_in_other_spellings(xml, rows):
    assert read(xml) == (1, rows)


def test_single_rows_that_are_not_plain_are_left_to_calamine():
    odd = '<row r="3" hidden="1">', '<row r="3">{}'.format('<c r="A3" t="e"><v>#REF!</v></c>')
    plain = [row(number, TEXT) for number in (1, 2, 4, 5)]
    for opening in odd:
        xml = "".join([*plain[:2], f"{opening}</row>", *plain[2:]])
        assert read(xml) == (1, [["공공"], ["공공"], CALAMINE, ["공공"], ["공공"]])


def test_shared_strings_are_looked_up():
    shared = "<sst><si><t>나</t></si><si><t>다 라</t></si></sst>"
    xml = '<row r="1"><c r="A1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>0</v></c></row>'
    assert read(xml, sharedStrings=shared) == (1, [["다 라"], ["나"]])
    assert read(xml) == (1, [CALAMINE, CALAMINE])
    for other in ("<si><r><t>나</t></r></si><si><t>다</t></si>", "<si><t> 나</t></si><si><t>다</t></si>"):
        assert read(xml, sharedStrings=f"<sst>{other}</sst>") == (1, [["다"], CALAMINE])


@pytest.mark.parametrize(
    "empty", ["<si><t></t></si>", "<si><t/></si>", '<si><t xml:space="preserve"></t></si>']
)
def test_empty_shared_string_is_one_of_them(empty):
    """As Apache POI writes it; Python 3.11 has raised SystemError at the first."""
    shared = f"<sst><si><t>가</t></si><si><t>다</t></si>{empty}</sst>"
    xml = "".join(f'<row r="{number}"><c r="A{number}" t="s"><v>{number}</v></c></row>' for number in (1, 2))
    assert read(xml, sharedStrings=shared) == (1, [["다"], CALAMINE])


@pytest.mark.parametrize("other", ["<si/>", "<si ><t>가</t></si>", "<x:si><x:t>가</x:t></x:si>", "<!--<si><t>가</t></si>-->"])  # fmt: skip
def test_an_item_in_another_spelling_moves_no_text_to_another_place(other):
    shared = f"<sst>{other}<si><t>나</t></si><si><t>다</t></si></sst>"
    assert read('<row r="1"><c r="A1" t="s"><v>1</v></c></row>', sharedStrings=shared) == (1, [CALAMINE])


@pytest.mark.parametrize(
    "xml",
    [
        "",
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
        row(1, TEXT, NUMBER.replace(">", ' t="e">', 1)),
        row(1, TEXT, NUMBER.replace(">", ' t="b">', 1)),
        row(1, TEXT).replace('r="1"', 'r="1" hidden="1"', 1),
        row(1, TEXT) + row(2, TEXT.replace(' t="inlineStr"><is><t>{1}</t></is>', "><v>1</v>")),
        row(1, TEXT) + "<row>" + TEXT.format(2, "가") + "</row>",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_calamine(xml):
    assert read(xml) in (None, (1, [CALAMINE]))


DAY = date(2022, 12, 31)


@pytest.mark.parametrize(
    ("code", "used", "cell"),
    [("#,##0", 176, 44926.0), ("[Red]&quot;day&quot;0", 41, 44926.0), ("h:mm", 0, 44926.0), ("0", 14, DAY), ("yyyy\\-mm\\-dd;@", 176, DAY)],
)  # fmt: skip
def test_numbers_are_days_by_their_format(code, used, cell):
    styles = STYLES.format(code, used)
    assert read('<row r="1"><c r="A1" s="0"><v>44926</v></c></row>', styles=styles) == (1, [[cell]])
    assert read('<row r="1"><c r="A1"><v>44926</v></c></row>', styles=styles) == (1, [[44926.0]])


@pytest.mark.parametrize(
    ("code", "used"),
    [
        ("0", 31),
        ("[h]:mm", 176),
        ("h:mm", 176),
        ("gg e", 176),
        ("0", 46),
        (";yyyy", 176),
        ("Generalyyyy", 176),
        ("General/;/", 176),
    ],
)
def test_formats_of_which_only_calamine_knows_what_they_show(code, used):
    assert read('<row r="1"><c r="A1" s="0"><v>44926</v></c></row>', styles=STYLES.format(code, used)) is None


def test_days_since_1904_are_left_to_calamine():
    parts = {"styles": STYLES.format("0", 14), "workbook": '<workbook><workbookPr date1904="1"/></workbook>'}
    assert read('<row r="1"><c r="A1" s="0"><v>44926</v></c></row>', **parts) is None


@pytest.mark.parametrize("day", ["60", "44926.5", "1E5", "9999999"])
def test_moments_and_days_that_excel_counts_wrongly_are_left_to_calamine(day):
    xml = f'<row r="1"><c r="A1" s="0"><v>{day}</v></c></row>'
    assert read(xml, styles=STYLES.format("0", 14)) is None


@pytest.mark.parametrize(
    "styles",
    ["<xf numFmtId='14'/>", '<xf numFmtId = "14"/>', '<numFmt numFmtId="176" formatCode="&#121;&#121;"/>', "<numFmt numFmtId=\"176\" formatCode='yyyy'/>", '<x:xf numFmtId="14"/>'],
)  # fmt: skip
def test_formats_in_another_spelling_may_be_of_dates(styles):
    assert read(row(1, TEXT), styles=f"<styleSheet>{styles}</styleSheet>") is None


@pytest.mark.parametrize("name", ["Styles", "STYLES"])
def test_formats_are_found_in_any_case(name):
    xml = '<row r="1"><c r="A1" s="0"><v>44926</v></c></row>'
    assert read(xml, **{name: STYLES.format("0", 14)}) == (1, [[DAY]])


def test_a_file_of_nothing_but_different_texts_needs_no_more_memory(monkeypatch):
    monkeypatch.setattr(plain_rows, "MOST_TEXTS", 3)
    texts = Texts()
    assert [texts[b"%d" % number] for number in range(10)] == [str(number) for number in range(10)]
    assert (len(texts) <= 4, texts[b""], texts[b"3"]) == (True, "", "3")


def random_cells(chance, rows, columns):
    kinds = [chance.choice("nt") for _ in range(columns)]
    texts = ["공공와이파이", "A&B <c>", "201 일반", "1,000", "'따옴표\"", "끝  사이"]
    for _ in range(rows):
        yield [
            ""
            if chance.random() < 0.1
            else chance.choice(["_x0041_", " 앞", "가\n나", 7])
            if chance.random() < 0.01
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
    assert any(plain)


def trimmed(cells):
    """Without blanks at the end, of which calamine gives as many as the widest row of a piece has cells."""
    cells = list(cells)
    while cells and cells[-1] == "":
        cells.pop()
    return cells

"""Files that must not get in, and what is to be said of each. Builders take a folder and give the path of a real file."""

import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.budgets.files import HEADER, execution_rows, total_of, write_csv, write_xlsx

CURRENT, COMMITTED = HEADER.index("예산현액"), HEADER.index("원인행위액")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FIRST_ROW = 5  # of the data in `write_xlsx`


def rows(count=12):
    return [list(row) for row in execution_rows(count)]


def with_cell(value, column=CURRENT, row=2):
    """The rows with one cell changed; `row` counts from 0."""
    changed = rows()
    changed[row][column] = value
    return changed


def xlsx(make_rows=rows, **options):
    return lambda folder: write_xlsx(folder / "집행현황.xlsx", make_rows(), **options)


def csv(make_rows=rows, **options):
    return lambda folder: write_csv(folder / "집행현황.csv", make_rows(), **options)


def raw(name, data):
    def build(folder):
        (folder / name).write_bytes(data)
        return folder / name

    return build


def rezipped(change, name="집행현황.xlsx"):
    """A good workbook whose parts (name → bytes) `change` alters."""

    def build(folder):
        with zipfile.ZipFile(write_xlsx(folder / "good.xlsx", rows())) as book:
            parts = {part: book.read(part) for part in book.namelist()}
        change(parts)
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as book:
            for part, data in parts.items():
                book.writestr(part, data)
        return folder / name

    return build


SHEET = "xl/worksheets/sheet1.xml"


def in_sheet(before, after):
    def change(parts):
        assert before in parts[SHEET]
        parts[SHEET] = parts[SHEET].replace(before, after, 1)

    return rezipped(change)


def add_macro(parts):
    parts["xl/vbaProject.bin"] = b"macro"


def add_declaration(parts):
    sheet = parts[SHEET]
    parts[SHEET] = sheet.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', 1)


def add_laughs(parts):
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"?>", b"?>" + laughs, 1)


def add_late_declaration(parts):
    late = b"?><!--" + b"x" * 9_000 + b'--><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    parts[SHEET] = parts[SHEET].replace(b"?>", late, 1)


def add_bomb(parts):
    parts["xl/worksheets/sheet2.xml"] = b"<row/>" * 1_800_000


def add_far_cell(parts):
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", far)


def add_low_cell(parts):
    parts[SHEET] = parts[SHEET].replace(
        b"</sheetData>", b'<row r="900000"><c r="A900000"><v>1</v></c></row></sheetData>'
    )


def encrypted(folder):
    data = OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    return raw("집행현황.xlsx", data)(folder)


def damaged(folder):
    """A zip one of whose bytes is not what its checksum says."""
    path = write_xlsx(folder / "집행현황.xlsx", rows())
    with zipfile.ZipFile(path) as book:
        part = book.getinfo(SHEET)
    data = bytearray(path.read_bytes())
    data[part.header_offset + 30 + len(SHEET) + part.compress_size - 6] ^= 0xFF
    path.write_bytes(bytes(data))
    return path


def marked_encrypted(folder):
    """A zip whose first entry says that it is encrypted."""
    path = write_xlsx(folder / "집행현황.xlsx", rows())
    data = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    path.write_bytes(bytes(data))
    return path


def workbook(write, name="집행현황.xlsx"):
    def build(folder):
        with xlsxwriter.Workbook(folder / name) as book:
            write(book)
        return folder / name

    return build


def table(page, header, data, start=0):
    page.write_row(start, 0, header)
    for number, row in enumerate(data, start + 1):
        page.write_row(number, 0, row)


def two_headers(book):
    page = book.add_worksheet("집행현황")
    table(page, HEADER, rows(3))
    table(page, HEADER[:9] + ["예산현액", "원인행위액"], [row[:11] for row in rows(3)], start=10)


def header_far_below(book):
    page = book.add_worksheet("집행현황")
    table(page, HEADER, rows(80))
    table(page, HEADER[::-1], [row[::-1] for row in rows(3)], start=90)


def two_sheets(book):
    for name in ("본청", "사업소"):
        table(book.add_worksheet(name), HEADER, rows(3))


def no_table(book):
    book.add_worksheet("표지").write_string(0, 0, "2022년도 세출예산")


def merged_amounts(book):
    page = book.add_worksheet("집행현황")
    table(page, HEADER, rows(4))
    page.merge_range(1, CURRENT, 2, CURRENT, 5_000)


def hidden_rows(book):
    page = book.add_worksheet("집행현황")
    table(page, HEADER, rows(4))
    page.set_row(2, None, None, {"hidden": True})


def dated_amount(book):
    page = book.add_worksheet("집행현황")
    table(page, HEADER, rows(4))
    page.write_datetime(3, CURRENT, date(2022, 8, 29), book.add_format({"num_format": "yyyy-mm-dd"}))


def error_cell(book):
    page = book.add_worksheet("집행현황")
    table(page, HEADER, rows(4))
    page.write_formula(3, COMMITTED, "=1/0", None, "#DIV/0!")


def unsaved_formula(parts):
    sheet = parts[SHEET]
    place = sheet.index(b'<c r="Q6">')
    end = sheet.index(b"</c>", place)
    parts[SHEET] = sheet[:place] + b'<c r="Q6"><f>SUM(J6:P6)</f>' + sheet[end:]


def twice():
    data = rows()
    return [*data, data[4]]


def wrong_total():
    data = rows()
    total = total_of(data)
    total[CURRENT] += 1_000
    return [*data, total]


def without(*labels):
    places = [place for place, label in enumerate(HEADER) if label not in labels]
    header = [HEADER[place] for place in places]
    return lambda folder: write_xlsx(
        folder / "집행현황.xlsx", [[row[place] for place in places] for row in rows()], header
    )


def other_year():
    return with_cell(2021, HEADER.index("회계연도"))


def in_units(**units):
    header = [f"{label}({units[label]})" if label in units else label for label in HEADER]
    return lambda folder: write_csv(folder / "집행현황.csv", rows(), header)


@dataclass(frozen=True)
class Bad:
    """`said` and `place` must be in the message; `file`: it is refused before it is opened; `asks`: a person may say what is missing."""

    name: str
    build: Any
    said: str
    place: str = ""
    file: bool = False
    asks: bool = False


AMOUNT_PLACE = "‘집행현황’ 시트 7행 ‘예산현액’ 열"
BAD = [
    Bad("empty", raw("집행현황.xlsx", b""), "빈 파일입니다.", file=True),
    Bad("empty csv", raw("집행현황.csv", b""), "빈 파일입니다.", file=True),
    Bad("only a mark", raw("집행현황.csv", b"\xef\xbb\xbf\r\n"), "내용이 없습니다."),
    Bad("wrong extension", raw("집행현황.pdf", b"%PDF-1.7"), "‘.pdf’ 파일은 읽지 않습니다.", file=True),
    Bad(
        "text as workbook",
        raw("집행현황.xlsx", "회계연도,부서명".encode()),
        "내용은 엑셀 파일이 아닙니다.",
        file=True,
    ),
    Bad(
        "web page as workbook",
        raw("집행현황.xlsx", b"<html><table><tr><td>1</td></tr></table></html>"),
        "내용은 웹 문서",
        file=True,
    ),
    Bad(
        "workbook as csv",
        lambda folder: xlsx()(folder).rename(folder / "집행현황.csv"),
        "내용은 엑셀 파일입니다.",
        file=True,
    ),
    Bad("old workbook", raw("집행현황.xlsx", OLE + bytes(2_000)), "옛 형식(.xls)", file=True),
    Bad("password", encrypted, "암호가 걸린 파일입니다.", file=True),
    Bad("password of the zip", marked_encrypted, "암호가 걸린 파일입니다.", file=True),
    Bad("macro by name", raw("집행현황.xlsm", b"PK"), "매크로가 든 파일(.xlsm)은 받지 않습니다.", file=True),
    Bad("macro inside", rezipped(add_macro), "매크로가 든 파일입니다.", file=True),
    Bad("10 MB in a small zip", rezipped(add_bomb), "작은 파일이 10MB로 풀립니다", file=True),
    Bad("external entity", rezipped(add_declaration), "바깥을 부르는 선언", file=True),
    Bad("billion laughs", rezipped(add_laughs), "바깥을 부르는 선언", file=True),
    Bad(
        "external entity behind a long comment",
        rezipped(add_late_declaration),
        "바깥을 부르는 선언",
        file=True,
    ),
    Bad(
        "another zip",
        rezipped(lambda parts: parts.pop("xl/workbook.xml")),
        "엑셀 통합 문서가 아닙니다",
        file=True,
    ),
    Bad(
        "cut off",
        lambda folder: raw("집행현황.xlsx", xlsx()(folder).read_bytes()[:3_000])(folder),
        "파일이 깨져 있어",
        file=True,
    ),
    Bad("broken sheet", in_sheet(b"</sheetData>", b""), "파일이 깨졌습니다.", "‘집행현황’ 시트"),
    Bad("broken part", damaged, "파일이 깨져 있어 끝까지 읽을 수 없습니다."),
    Bad(
        "sparse sheet",
        rezipped(add_far_cell),
        "16,384번째 열까지 칸이 있습니다.",
        "‘집행현황’ 시트 1,048,576행",
    ),
    Bad(
        "cell far below", rezipped(add_low_cell), "900,000행까지 비어 있습니다.", "‘집행현황’ 시트 900,000행"
    ),
    Bad(
        "a million columns",
        raw("집행현황.csv", b"," * 1_000_000 + b"\n"),
        "1,000,001번째 열까지 칸이 있습니다.",
        "1행",
    ),
    Bad("no character", raw("집행현황.csv", b"\x00" * 100), "글이 아닌 내용이 들어 있어", file=True),
    Bad(
        "no character far below",
        raw(
            "집행현황.csv",
            (
                "회계연도,부서명,통계목,예산현액\n"
                + "".join(f"2022,데이터센터,가{row},5\n" for row in range(500))
                + "2022,데이터\x00센터,가,5\n"
            ).encode(),
        ),
        "이름을 읽을 수 없거나",
        "502행 ‘부서명’ 열",
    ),
    Bad("missing column", without("예산현액"), "‘예산현액’ 열이 없습니다.", "‘집행현황’ 시트 4행"),
    Bad(
        "missing columns",
        without("예산현액", "원인행위액"),
        "‘예산현액’ 열이 없습니다.",
        "‘집행현황’ 시트 4행",
    ),
    Bad("no department", without("부서명"), "‘부서명’ 열이 없습니다.", "‘집행현황’ 시트 4행", asks=True),
    Bad(
        "no year, no department",
        raw("a.csv", "정책사업,예산현액,원인행위액\n운영,5,3\n".encode("cp949")),
        "‘부서명’, ‘회계연도’ 열이 없습니다.",
        "1행",
        asks=True,
    ),
    Bad("no header", workbook(no_table), "머리글(열 이름이 적힌 행)을 찾지 못했습니다.", "‘표지’ 시트"),
    Bad(
        "two headers",
        workbook(two_headers),
        "머리글로 볼 수 있는 행이 둘입니다(1행과 11행).",
        "‘집행현황’ 시트 11행",
    ),
    Bad(
        "two headers far apart",
        workbook(header_far_below),
        "다른 머리글이 한 번 더 나옵니다.",
        "‘집행현황’ 시트 91행",
    ),
    Bad(
        "two sheets", workbook(two_sheets), "표가 있는 시트가 여럿입니다: ‘본청’, ‘사업소’.", "‘사업소’ 시트"
    ),
    Bad(
        "other unit",
        xlsx(unit="천원"),
        "파일에는 단위가 ‘천원’이라고 적혀 있습니다(2행). 고른 단위는 ‘원’입니다.",
        "‘집행현황’ 시트",
    ),
    Bad("mixed units", in_units(예산현액="원", 원인행위액="천원"), "한 표에 단위가 섞여 있습니다", "1행"),
    Bad(
        "text in an amount",
        xlsx(lambda: with_cell("미정")),
        "‘미정’은 숫자로 읽을 수 없습니다.",
        AMOUNT_PLACE,
    ),
    Bad(
        "upward triangle",
        xlsx(lambda: with_cell("▲1,234")),
        "▲는 증가인지 감소인지 알 수 없습니다.",
        AMOUNT_PLACE,
    ),
    Bad(
        "sign behind",
        xlsx(lambda: with_cell("1,234-")),
        "‘1,234-’는 숫자로 읽을 수 없습니다.",
        AMOUNT_PLACE,
    ),
    Bad("brackets and sign", xlsx(lambda: with_cell("(△1,234)")), "숫자로 읽을 수 없습니다.", AMOUNT_PLACE),
    Bad("2^63", xlsx(lambda: with_cell(str(2**63))), "너무 큰 금액입니다.", AMOUNT_PLACE),
    Bad(
        "2^63 as a number",
        xlsx(lambda: with_cell(2.0**63)),
        "정확히 적을 수 없을 만큼 큰 금액입니다.",
        AMOUNT_PLACE,
    ),
    Bad(
        "more than a city has",
        xlsx(lambda: with_cell(2_000_000_000_000_000)),
        "너무 큰 금액입니다.",
        AMOUNT_PLACE,
    ),
    Bad("NaN", csv(lambda: with_cell("NaN")), "‘NaN’은 숫자로 읽을 수 없습니다.", "4행 ‘예산현액’ 열"),
    Bad(
        "Infinity",
        csv(lambda: with_cell("Infinity")),
        "‘Infinity’는 숫자로 읽을 수 없습니다.",
        "4행 ‘예산현액’ 열",
    ),
    Bad(
        "half a won", xlsx(lambda: with_cell("1,234.5")), "1원보다 작은 자리가 있는 금액입니다.", AMOUNT_PLACE
    ),
    Bad(
        "date as a number",
        workbook(dated_amount),
        "금액 자리에 날짜나 참·거짓 값이 있습니다.",
        "‘집행현황’ 시트 4행 ‘예산현액’ 열",
    ),
    Bad("error value", workbook(error_cell), "엑셀 오류 값", "‘집행현황’ 시트 4행 ‘R’ 열"),
    Bad(
        "formula without value",
        rezipped(unsaved_formula),
        "수식의 값이 저장되어 있지 않습니다.",
        "‘집행현황’ 시트 6행 ‘Q’ 열",
    ),
    Bad("empty amount", xlsx(lambda: with_cell("")), "금액이 비어 있습니다.", AMOUNT_PLACE),
    Bad(
        "year as text",
        xlsx(lambda: with_cell("올해", 0)),
        "‘올해’는 회계연도가 아닙니다.",
        "‘집행현황’ 시트 7행 ‘회계연도’ 열",
    ),
    Bad(
        "second mark inside",
        csv(lambda: with_cell("\ufeff12 3"), encoding="utf-8"),
        "숫자로 읽을 수 없습니다.",
        "4행 ‘예산현액’ 열",
    ),
    Bad(
        "broken encoding",
        raw("집행현황.csv", "회계연도,부서명\n2022,".encode() + b"\xff\xff\x80\n"),
        "글자를 읽을 수 없습니다.",
        "2행",
    ),
    Bad(
        "open quotation mark",
        raw(
            "집행현황.csv",
            ("회계연도,부서명,예산현액\n" + '2022,"데이터센터,5\n' + "가,나,다\n" * 9_000).encode(),
        ),
        "CSV의 칸을 나눌 수 없습니다",
    ),
    Bad(
        "merged amounts",
        workbook(merged_amounts),
        "금액 칸이 합쳐져 있습니다.",
        "‘집행현황’ 시트 2행 ‘예산현액’ 열",
    ),
    Bad("hidden rows", workbook(hidden_rows), "숨긴 행이 1개 있습니다.", "‘집행현황’ 시트 3행"),
    Bad(
        "long name",
        xlsx(lambda: with_cell("가" * 200, HEADER.index("세부사업"))),
        "너무 깁니다(200자).",
        "‘집행현황’ 시트 7행 ‘세부사업’ 열",
    ),
]
# What only the database tells.
BAD_THERE = [
    Bad(
        "trailing total",
        xlsx(wrong_total),
        "‘합계’의 금액이 그 줄들(12줄)의 합과 다릅니다.",
        f"‘집행현황’ 시트 {FIRST_ROW + 12}행 ‘예산현액’ 열",
    ),
    Bad("duplicate", xlsx(twice), "9행과 같은 줄이 또 있습니다.", f"‘집행현황’ 시트 {FIRST_ROW + 12}행"),
    Bad(
        "two years",
        xlsx(other_year),
        "회계연도가 2022년이 아니라 2021년입니다.",
        "‘집행현황’ 시트 7행 ‘회계연도’ 열",
    ),
    Bad(
        "unknown account",
        xlsx(lambda: with_cell("재난관리", 1)),
        "회계나 기금의 이름이 아닙니다.",
        "‘집행현황’ 시트 7행 ‘회계구분’ 열",
    ),
]
# The sandbox's tests have all files; above it a file of each kind: refused unopened, asking, with a bad cell, told by the database.
ABOVE = ("password", "no department", "text in an amount", "trailing total", "duplicate")
BAD_ABOVE = [bad for bad in (*BAD, *BAD_THERE) if bad.name in ABOVE]


def path_of(bad: Bad, folder: Path) -> Path:
    return bad.build(folder)

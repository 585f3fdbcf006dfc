"""요약: the key figures by their names, what to look at, and the way to every sheet. Made first, filled last."""

from collections.abc import Sequence

from seoul_digital.lib.tables import COMPUTED_MARK, day
from seoul_digital.lib.xlsx.writer import WARN

from .sheet import BODY, COUNT, POINTS, RATE, SUMMARY, Disagreement, Sheet, Workbook, marked

WIDTHS = [16, 30, 20, 20, 26]
# (subject, [(label, name of the cell, number format, unit)])
KEY_FIGURES: tuple[tuple[str, str, Sequence[tuple[str, str, str, str]]], ...] = (
    (
        "인력",
        "인력",
        [
            ("정원", "정원", COUNT, "명"),
            ("현원", "현원", COUNT, "명"),
            ("과부족", "과부족", COUNT, "명"),
            ("충원율", "충원율", RATE, "%"),
        ],
    ),
    (
        "세입",
        "세입",
        [
            ("예산현액", "세입_예산현액", COUNT, "천원"),
            ("전년 최종예산", "세입_전년최종예산", COUNT, "천원"),
            ("증감액", "세입_증감액", COUNT, "천원"),
            ("증감률", "세입_증감률", RATE, "%"),
        ],
    ),
    (
        "세출",
        "세출",
        [
            ("예산현액", "세출_예산현액", COUNT, "천원"),
            ("전년 최종예산", "세출_전년최종예산", COUNT, "천원"),
            ("증감액", "세출_증감액", COUNT, "천원"),
            ("증감률", "세출_증감률", RATE, "%"),
            ("집행액(원인행위)", "세출_집행액", COUNT, "천원"),
            ("집행잔액", "세출_집행잔액", COUNT, "천원"),
            ("집행률", "세출_집행률", RATE, "%"),
            ("진도율", "진도율", RATE, "%"),
            ("진도차", "세출_진도차", POINTS, "%p"),
        ],
    ),
    (
        "주요사업",
        "주요사업",
        [
            ("사업예산", "사업예산_백만원", COUNT, "백만원"),
            ("실적·일정 완료", "일정_완료", COUNT, "건"),
            ("실적·일정 추진 중", "일정_추진중", COUNT, "건"),
            ("실적·일정 예정", "일정_예정", COUNT, "건"),
            ("실적·일정 시점 확인", "일정_시점확인", COUNT, "건"),
        ],
    ),
)


def begun(book: Workbook) -> Sheet:
    return Sheet(book, book.report.title, f"{day(book.report.as_of)} 기준 · 간부용", tab=SUMMARY)


def fill(book: Workbook, sheet: Sheet):
    sheet.heading("주요 수치")
    sheet.header(["구분", "항목", "값", "단위", "자세히"], repeat=False)
    for subject, tab, figures in KEY_FIGURES:
        known = [one for one in figures if one[1] in book.key_figures]
        for place, one in enumerate(known):
            _figure(sheet, "" if place else subject, tab, *one)
    _disagreements(sheet, book.disagreements)
    sheet.row += 1
    sheet.heading("시트")
    for name, about in book.contents:
        sheet.link(sheet.row, 0, name, name, **BODY)
        sheet.merged(sheet.row, 1, 1, len(WIDTHS) - 1, about, **BODY, indent=1)
        sheet.row += 1
    sheet.close(WIDTHS)


def _figure(sheet: Sheet, subject: str, tab: str, label: str, name: str, form: str, unit: str):
    value = sheet.book.key_figures[name].value
    sheet.text(sheet.row, 0, subject, **BODY, bold=True)
    sheet.words(sheet.row, 1, label)
    sheet.value(sheet.row, 2, value, name, **BODY, bold=True, num_format=form)
    sheet.words(sheet.row, 3, unit)
    sheet.link(sheet.row, 4, tab, f"{tab} ›", **BODY, indent=1)
    sheet.row += 1


def _disagreements(sheet: Sheet, found: Sequence[Disagreement]):
    if not found:
        return
    sheet.row += 1
    sheet.heading(f"적힌 값과 계산한 값이 다른 것 {COMPUTED_MARK} {len(found)}건")
    sheet.header(["구분", "항목", "적힌 값", "계산한 값", "자세히"], repeat=False)
    for one in found:
        tab = one.printed.sheet
        sheet.text(sheet.row, 0, tab, **BODY, bold=True)
        sheet.words(sheet.row, 1, one.what)
        sheet.value(
            sheet.row,
            2,
            one.printed.value,
            one.printed.full,
            **BODY,
            num_format=marked(one.form),
            font_color=WARN,
        )
        sheet.value(sheet.row, 3, one.computed.value, one.computed.full, **BODY, num_format=one.form)
        sheet.link(sheet.row, 4, tab, f"{tab} ›", **BODY, indent=1)
        sheet.row += 1

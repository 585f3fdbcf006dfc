"""자료: where the workbook's figures come from, how to read it, and the hash of the report that it was made of."""

from collections.abc import Mapping

from seoul_digital.lib.tables import COMPUTED_MARK, day

from ...report import Report, ReportSource
from .sheet import ReportSheet, Workbook

NAME = "자료"
WIDTHS = [14, 14, 52, 34, 12, 10, 40]
READING = (
    "합계·증감·비율·잔액은 살아 있는 식입니다. 부서나 과목의 값을 고치면 따라 바뀝니다.",
    f"{COMPUTED_MARK} 원문에 적힌 값이 더하거나 나눈 값과 다르다는 표시입니다. 적힌 값을 그대로 두고 계산한 값을 표의 오른쪽에 보입니다.",
    "표시 없이 오른쪽에 계산한 값이 있으면 반올림만큼의 단수 차이입니다.",
    "△ 줄어든 값(음수), - 없음(0), 순증 전년에 없던 것입니다. 금액의 단위는 표마다 적었습니다.",
    "정원, 세출_집행률처럼 요약의 값마다 이름이 있어 다른 식에서 그 이름으로 부를 수 있습니다.",
)


def origins(book: Workbook, whole: Report, digest: str, titles: Mapping[str, str]):
    """`whole` is the report that the workbook was made of, or of a part of; `titles` are those of the scopes."""
    sheet = ReportSheet(book, NAME, about="근거 자료와 기준일, 읽는 법, 보고서의 해시")
    sheet.header(["갈래", "기준일", "문서", "제목", "단위", "회계연도", "비고"])
    for source in book.report.sources:
        _source(sheet, source, titles)
    sheet.row += 1
    sheet.heading("읽는 법")
    for text in READING:
        sheet.text(sheet.row, 0, f"ㅇ {text}")
        sheet.row += 1
    sheet.row += 1
    sheet.heading("이 파일의 바탕")
    _fact(sheet, "보고서", whole.title)
    if book.report is not whole:
        _fact(sheet, "부분", f"{book.report.bureau.name}의 인력, 예산, 사업만 담았습니다.")
    if whole.council_session:
        _fact(sheet, "의회 회기", whole.council_session)
    for note in whole.cover_notes:
        _fact(sheet, "표지의 말", note)
    _fact(sheet, "기준일", whole.date_printed)
    _fact(sheet, "SHA-256", digest)
    sheet.note(
        "SHA-256은 이 파일의 바탕인 보고서 전체(JSON)의 것입니다. 같은 보고서에서 만든 파일은 이 값이 같습니다."
    )
    sheet.close(WIDTHS, landscape=True)


def _source(sheet: ReportSheet, source: ReportSource, titles: Mapping[str, str]):
    texts = [titles.get(source.scope, source.scope), day(source.as_of), source.document, source.heading]
    texts += [source.unit, str(source.fiscal_year or ""), "\n".join(source.notes)]
    for column, text in enumerate(texts):
        sheet.words(sheet.row, column, text)
    sheet.row += 1


def _fact(sheet: ReportSheet, name: str, text: str):
    sheet.text(sheet.row, 0, name, bold=True)
    sheet.text(sheet.row, 1, text)
    sheet.row += 1

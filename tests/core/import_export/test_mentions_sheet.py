"""The sheet of mentions: it leaves with its rows, comes back exactly, and says what is wrong with it by sheet, row and column."""

import io

import openpyxl
import pytest

from core.import_export.formats import Xlsx
from core.import_export.resources import resource_class
from projects.models import Brief, Milestone

pytestmark = pytest.mark.django_db

BRIEFS = {"source__as_of": "2022-08-29", "project__slug": "public-wifi"}


def book_of(model, **condition):
    resource = resource_class(model)()
    dataset = resource.export(model._base_manager.filter(**condition).order_by("pk"))
    return openpyxl.load_workbook(io.BytesIO(Xlsx().export_data(dataset)))


def brought(book, model, dry_run=False):
    out = io.BytesIO()
    book.save(out)
    return resource_class(model)().import_data(
        Xlsx().create_dataset(out.getvalue()), dry_run=dry_run, file_name="사업.xlsx"
    )


def sentences(result):
    return [problem.sentence("사업.xlsx") for problem in result.problems]


@pytest.fixture
def book(seeded):
    return book_of(Brief, **BRIEFS)


def line_of(book, number):
    sheet = book["언급"]
    head = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[head.index("수")].value == number)
    return dict(zip(head, row, strict=True))


def test_a_workbook_has_a_line_for_each_mention(book):
    cells = {name: cell.value for name, cell in line_of(book, "28006").items()}
    assert (cells["항목"], cells["단위"], cells["몇 번째"], cells["구분"], cells["근거"]) == (
        "추진실적",
        "대",
        "1",
        "연결",
        "measurement:public-wifi-ap",
    )


@pytest.mark.parametrize("model", [Brief, Milestone])
def test_what_leaves_comes_back_without_a_difference(seeded, model):
    result = brought(book_of(model), model)
    assert (sentences(result), result.changed_rows) == ([], [])


def test_mentions_come_back_from_the_file_as_they_were(book):
    brief = Brief.objects.get(**BRIEFS)
    before = brief.all_mentions
    assert len(before) > 10
    brief.mentions = []
    brief.save()
    result = brought(book, Brief)
    (row,) = result.changed_rows
    assert [change.label for change in row.diff] == ["언급"]
    brief.refresh_from_db()
    assert [(mention.key, mention.kind, mention.target) for mention in brief.all_mentions] == [
        (mention.key, mention.kind, mention.target) for mention in before
    ]


def test_a_file_without_the_sheet_aligns_to_its_texts(book):
    del book["언급"]
    head = [cell.value for cell in book.worksheets[0][1]]
    cell = book.worksheets[0].cell(2, head.index("추진실적") + 1)
    cell.value = cell.value.replace("28,006대", "28,100대")
    brought(book, Brief)
    found = [mention for mention in Brief.objects.get(**BRIEFS).all_mentions if mention.number == "28100"]
    assert [mention.target for mention in found] == ["measurement:public-wifi-ap"]


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        (
            "항목",
            "없는 것",
            "‘항목’ 열: ‘없는 것’은 고를 수 없습니다. 제목, 추진전략 그림의 제목, 목적, 사업개요, 추진실적 가운데",
        ),
        ("구분", "몰라", "‘구분’ 열: ‘몰라’는 고를 수 없습니다. 연결, 셈, 본문에만 있음, 사실 아님 가운데"),
        ("근거", "아무거나", "‘근거’ 열: ‘아무거나’는 근거가 아닙니다."),
        ("수", "이만", "‘수’ 열: ‘이만’은 수가 아닙니다. 28006처럼 쉼표 없이"),
        ("몇 번째", "0", "‘몇 번째’ 열: ‘0’은 차례가 아닙니다."),
        ("사업", "없는 사업", "‘자료’ 열: 이 자료가 첫 시트에 없습니다."),
        ("수", "28007", "‘추진실적’에 수 ‘28007대’가 없습니다."),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_nothing_written(book, column, value, sentence):
    cell = line_of(book, "28006")[column]
    cell.value = value
    (told,) = sentences(brought(book, Brief))
    assert f"‘언급’ 시트 {cell.row}행" in told
    assert sentence in told


def test_two_lines_for_one_number_are_refused(book):
    sheet, line = book["언급"], line_of(book, "28006")
    sheet.append([cell.value for cell in line.values()])
    (told,) = sentences(brought(book, Brief))
    assert f"‘언급’ 시트 {sheet.max_row}행: ‘추진실적’에 수 ‘28006대’가 줄보다 적습니다." in told


def test_a_formula_without_a_fact_is_refused(book):
    line = line_of(book, "28006")
    line["구분"].value, line["셈식"].value = "셈", "3 * 4"
    (told,) = sentences(brought(book, Brief))
    assert "‘셈식’ 열: 셈식에 근거가 없거나 근거가 아닌 것이 있습니다." in told


def test_a_sheet_without_a_column_is_refused(book):
    book["언급"].cell(1, 5).value = "다른 말"
    assert any(
        "열이 없습니다" in told and "‘언급’ 시트 1행" in told for told in sentences(brought(book, Brief))
    )

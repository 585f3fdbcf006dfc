"""A workbook to fill in: the headers, what belongs into each column, an example, and lists to pick from."""

import io
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.exceptions import NotRegistered
from django.http import HttpRequest
from xlsxwriter.utility import xl_col_to_name

from seoul_digital.lib.xlsx.writer import Book

from .fields import FileColumn, KeyWidget, key_paths, relations_of_key
from .formats import write_sheet
from .resources import MAX_ROWS

NOTES, LISTS = "설명", "고를 값"
LONGEST_LIST = 2_000
Choices = list[tuple[str, str]]  # what is picked, what it is called; none where anything may be written
GENERAL = [
    "첫 시트의 1행(머리글)은 그대로 두고 2행부터 적습니다. 필요 없는 열은 지워도 되지만 ‘자료를 가리는 열’은 있어야 합니다.",
    "‘자료를 가리는 열’의 값이 같은 자료가 있으면 고치고, 없으면 더합니다. 파일에 없는 자료는 지우지 않습니다.",
    "빈 칸은 값을 비우라는 뜻입니다. 그대로 둘 열은 열째로 지웁니다.",
    f"한 번에 {MAX_ROWS:,}행까지 가져옵니다. 하나라도 잘못되면 아무것도 쓰지 않고 어느 행, 어느 열인지 알려 드립니다.",
]


def template_file(model_admin: Any, request: HttpRequest) -> bytes:
    """Lists and the example hold only what the user may see."""
    resource, out = model_admin.resource_for(request), io.BytesIO()
    columns = resource.get_import_fields()
    first = resource.joined(model_admin.get_queryset(request)).first()
    with Book(out, resource.title) as book:
        text = [place for place, column in enumerate(columns) if column.widget.is_text]
        sheet = write_sheet(book, resource.title, [column.column_name for column in columns], [], text)
        _write_notes(book, columns, resource.get_import_id_fields(), first)
        _write_lists(
            book, sheet, columns, [_choices(column, model_admin.admin_site, request) for column in columns]
        )
    return out.getvalue()


def _write_notes(book: Book, columns: list[FileColumn], keys: list[str], first: Any) -> None:
    rows = [
        [
            column.column_name,
            column.note,
            _need(column, keys),
            column.export(first) if first else column.widget.example,
        ]
        for column in columns
    ]
    sheet = write_sheet(book, NOTES, ["열", "적는 법", "필요", "보기"], rows, [0, 1, 2])
    for place, width in ((0, 24), (1, 70), (3, 40)):
        sheet.set_column(place, place, width)
    for number, line in enumerate(GENERAL, len(rows) + 2):
        sheet.write_string(number, 0, line)


def _need(column: FileColumn, keys: list[str]) -> str:
    field = column.model_field
    is_needed = not (field.blank or field.null or field.has_default())
    return "자료를 가리는 열" if column.attribute in keys else "꼭 적음" if is_needed else ""


def _choices(column: FileColumn, site: AdminSite, request: HttpRequest) -> Choices:
    if not isinstance(column.widget, KeyWidget) or len(column.headers) > 1:
        return [(choice, "") for choice in column.widget.choices]
    model = column.widget.model
    try:
        model_admin = site.get_model_admin(model)
    except NotRegistered:
        return []
    if not model_admin.has_view_permission(request):
        return []
    rows = (
        model_admin.get_queryset(request).select_related(*relations_of_key(model)).order_by(*key_paths(model))
    )
    found = [
        (str(column.widget.part.render(row.natural_key()[0])), str(row)) for row in rows[: LONGEST_LIST + 1]
    ]
    return found if len(found) <= LONGEST_LIST else []


def _write_lists(book: Book, sheet: Any, columns: list[FileColumn], choices: list[Choices]) -> None:
    """Each list in a column of a sheet of their own, which the dropdowns look into; what a value is called
    stands beside it."""
    listed = [
        (place, column, found)
        for place, (column, found) in enumerate(zip(columns, choices, strict=True))
        if found
    ]
    if not listed:
        return
    lists = book.sheet(LISTS)
    for number, (place, column, found) in enumerate(listed):
        at = 2 * number
        lists.write_column(0, at, [column.column_name, *(value for value, _ in found)])
        lists.write_column(1, at + 1, [name if name != value else "" for value, name in found])
        lists.set_column(at, at + 1, 28)
        letters = xl_col_to_name(at)
        rule = {
            "validate": "list",
            "source": f"='{LISTS}'!${letters}$2:${letters}${len(found) + 1}",
            "input_title": column.column_name[:32],
            "input_message": column.note[:255],
            "error_title": "고를 수 없는 값",
            "error_message": f"‘{LISTS}’ 시트에 있는 값을 골라 주세요.",
        }
        sheet.data_validation(1, place, MAX_ROWS, place, rule)

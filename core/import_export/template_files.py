"""A workbook to fill in: the headers, what belongs into each column, an example, and lists to pick from."""

import io
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.exceptions import NotRegistered
from xlsxwriter.utility import xl_col_to_name

from .fields import Column, KeyWidget, key_paths, relations_of_key
from .formats import new_workbook, write_sheet
from .resources import MAX_ROWS

NOTES, LISTS = "설명", "고를 값"
LONGEST_LIST = 2_000
GENERAL = [
    "첫 시트의 1행(머리글)은 그대로 두고 2행부터 적습니다. 필요 없는 열은 지워도 되지만 ‘자료를 가리는 열’은 있어야 합니다.",
    "‘자료를 가리는 열’의 값이 같은 자료가 있으면 고치고, 없으면 더합니다. 파일에 없는 자료는 지우지 않습니다.",
    "빈 칸은 값을 비우라는 뜻입니다. 그대로 둘 열은 열째로 지웁니다.",
    f"한 번에 {MAX_ROWS:,}행까지 가져옵니다. 하나라도 잘못되면 아무것도 쓰지 않고 어느 행, 어느 열인지 알려 드립니다.",
]


@dataclass
class TemplateColumn:
    """A column with how it is explained. `choices` are (what is picked, what it is called); none where anything may be written."""

    column: Column
    is_key: bool
    example: Any
    choices: list[tuple[str, str]]

    @property
    def header(self) -> str:
        return self.column.column_name

    @property
    def note(self) -> str:
        return ". ".join(filter(None, [self.column.widget.note, str(self.column.model_field.help_text)]))

    @property
    def need(self) -> str:
        field = self.column.model_field
        is_needed = not (field.blank or field.null or field.has_default())
        return "자료를 가리는 열" if self.is_key else "꼭 적음" if is_needed else ""


def template_file(model_admin, request) -> bytes:
    """Lists and the example hold only what the user may see."""
    resource = model_admin.resource_for(request)
    columns = _columns(resource, model_admin, request)
    out = io.BytesIO()
    with new_workbook(out) as book:
        text = [place for place, one in enumerate(columns) if one.column.widget.is_text]
        title = str(model_admin.opts.verbose_name_plural)
        sheet = write_sheet(book, title, [one.header for one in columns], [], text)
        _write_notes(book, columns)
        _write_lists(book, sheet, columns)
    return out.getvalue()


def _columns(resource, model_admin, request):
    first = resource.joined(model_admin.get_queryset(request)).first()
    keys = resource.get_import_id_fields()
    return [
        TemplateColumn(
            column,
            column.attribute in keys,
            column.export(first) if first else column.widget.example,
            _choices(column, model_admin.admin_site, request),
        )
        for column in resource.get_import_fields()
    ]


def _choices(column, site, request):
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
    found = [(str(row.natural_key()[0]), str(row)) for row in rows[: LONGEST_LIST + 1]]
    return found if len(found) <= LONGEST_LIST else []


def _write_notes(book, columns):
    rows = [[one.header, one.note, one.need, one.example] for one in columns]
    sheet = write_sheet(book, NOTES, ["열", "적는 법", "필요", "보기"], rows, [0, 1, 2])
    for place, width in ((0, 24), (1, 70), (3, 40)):
        sheet.set_column(place, place, width)
    for number, line in enumerate(GENERAL, len(rows) + 2):
        sheet.write_string(number, 0, line)


def _write_lists(book, sheet, columns):
    """Each list in a column of a sheet of their own, which the dropdowns look into; what a value is called stands beside it."""
    listed = [(place, one) for place, one in enumerate(columns) if one.choices]
    lists = book.add_worksheet(LISTS) if listed else None
    for at, (place, one) in zip(range(0, 2 * len(listed), 2), listed, strict=True):
        lists.write_string(0, at, one.header)
        for row, (value, name) in enumerate(one.choices, 1):
            lists.write_string(row, at, value)
            lists.write_string(row, at + 1, name if name != value else "")
        lists.set_column(at, at + 1, 28)
        letters = xl_col_to_name(at)
        rule = {
            "validate": "list",
            "source": f"='{LISTS}'!${letters}$2:${letters}${len(one.choices) + 1}",
            "input_title": one.header[:32],
            "input_message": one.note[:255],
            "error_title": "고를 수 없는 값",
            "error_message": f"‘{LISTS}’ 시트에 있는 값을 골라 주세요.",
        }
        sheet.data_validation(1, place, MAX_ROWS, place, rule)

"""A workbook to fill in: the headers, what belongs into each column, an example, and lists to pick from."""

import io

from django.contrib.admin.exceptions import NotRegistered

from . import file_formats
from .resource_fields import Choice, YesNo
from .resource_keys import KeyColumn, key_paths, relations_of_key
from .resources_base import MOST_ROWS

NOTES, LISTS = "설명", "고를 값"
LONGEST_LIST = 2_000
GENERAL = [
    "첫 시트의 1행(머리글)은 그대로 두고 2행부터 적습니다. 필요 없는 열은 지워도 되지만 ‘자료를 가리는 열’은 있어야 합니다.",
    "‘자료를 가리는 열’의 값이 같은 자료가 있으면 고치고, 없으면 더합니다. 파일에 없는 자료는 지우지 않습니다.",
    "빈 칸은 값을 비우라는 뜻입니다. 그대로 둘 열은 열째로 지웁니다.",
    f"한 번에 {MOST_ROWS:,}행까지 가져옵니다. 하나라도 잘못되면 아무것도 쓰지 않고 어느 행, 어느 열인지 알려 드립니다.",
]


def template_file(model_admin, request) -> bytes:
    """Lists and the example hold only what the user may see."""
    import xlsxwriter

    resource = model_admin.resource_for(request)
    first = resource.joined(model_admin.get_queryset(request)).first()
    columns = [
        _Column(resource, column, place, first)
        for column in resource.fields.values()
        for place in range(len(column.headers))
    ]
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        text = {place for place, column in enumerate(columns) if column.widget.is_text}
        title = str(model_admin.opts.verbose_name_plural)
        sheet = file_formats.write_sheet(
            book, file_formats.Outgoing(title, [column.header for column in columns], [], text)
        )
        _write_notes(book, columns)
        _write_lists(
            book,
            sheet,
            [
                (place, column, column.choices(model_admin.admin_site, request))
                for place, column in enumerate(columns)
            ],
        )
    return out.getvalue()


class _Column:
    """One column of the file: the part at `place` of a field's columns."""

    def __init__(self, resource, column, place, first):
        self.column, self.place = column, place
        self.header, self.widget = column.headers[place], column.widgets[place]
        self.is_key = column.attribute in resource.key_names
        self.is_needed = self.is_key or not (
            column.model_field.blank or column.model_field.null or column.model_field.has_default()
        )
        self.example = column.cells(first)[place] if first else self.widget.example

    @property
    def note(self):
        relation = self.column.model._meta.verbose_name if isinstance(self.column, KeyColumn) else ""
        about = f"등록된 {relation}의 값" if relation else self.widget.note
        return ". ".join(filter(None, [about, str(self.column.model_field.help_text)]))

    @property
    def need(self):
        return "자료를 가리는 열" if self.is_key else "꼭 적음" if self.is_needed else ""

    def choices(self, site, request):
        """(what is picked, what it is called), up to LONGEST_LIST; () where anything may be written."""
        if isinstance(self.widget, Choice | YesNo):
            return [(one, "") for one in self.widget.choices]
        if not isinstance(self.column, KeyColumn) or len(self.column.headers) > 1:
            return []
        return _known(site, request, self.column.model)


def _known(site, request, model):
    try:
        model_admin = site.get_model_admin(model)
    except NotRegistered:
        return []
    if not model_admin.has_view_permission(request):
        return []
    (path,) = key_paths(model)
    rows = (
        model_admin.get_queryset(request)
        .select_related(*relations_of_key(model))
        .order_by(path)[: LONGEST_LIST + 1]
    )
    found = [(row.natural_key()[0], str(row)) for row in rows]
    return found if len(found) <= LONGEST_LIST else []


def _write_notes(book, columns):
    head = ["열", "적는 법", "필요", "보기"]
    rows = [[column.header, column.note, column.need, column.example] for column in columns]
    sheet = file_formats.write_sheet(book, file_formats.Outgoing(NOTES, head, rows, {0, 1, 2}))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 70)
    sheet.set_column(3, 3, 40)
    for number, line in enumerate(GENERAL, len(rows) + 2):
        sheet.write_string(number, 0, line)


def _write_lists(book, sheet, choices):
    """A list a column in a sheet of their own, which the dropdowns look into; what a value is called stands beside it."""
    listed = [(place, column, values) for place, column, values in choices if values]
    if not listed:
        return
    lists = book.add_worksheet(LISTS)
    for number, (place, column, values) in enumerate(listed):
        at = number * 2
        lists.write_string(0, at, column.header)
        for row, (value, name) in enumerate(values, 1):
            lists.write_string(row, at, str(value))
            lists.write_string(row, at + 1, name if name != value else "")
        lists.set_column(at, at + 1, 28)
        letters = _letters(at)
        rule = {
            "validate": "list",
            "source": f"='{LISTS}'!${letters}$2:${letters}${len(values) + 1}",
            "input_title": column.header[:32],
            "input_message": column.note[:255],
            "error_title": "고를 수 없는 값",
            "error_message": f"‘{LISTS}’ 시트에 있는 값을 골라 주세요.",
        }
        sheet.data_validation(1, place, MOST_ROWS, place, rule)


def _letters(place):
    from xlsxwriter.utility import xl_col_to_name

    return xl_col_to_name(place)

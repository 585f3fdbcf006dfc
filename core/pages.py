"""How every page ends: it is shown, or one of its tables is downloaded."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from seoul_digital.gates import FILES
from seoul_digital.lib.tables import Table
from seoul_digital.lib.xlsx import export

from .access.scope import access_scope
from .edit_links import with_edit_links

FORMATS = {
    "xlsx": (
        export.to_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": (export.to_csv, "text/csv; charset=utf-8"),
}


WHOLE = "all"


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    tables: Any = (),
    figures: Any = (),
    workbook: str = "",
    files: Any = None,
    status: int = 200,
    subject: str = "",
) -> Any:
    """The page with `tables` and `figures` by name; with `?download=name&format=xlsx|csv` that table's file.

    `workbook` names one of all tables that have rows: `?download=all&format=xlsx`. `files()` makes tables that can only be downloaded.
    `subject`, of whom or what the page is where it is not the whole bureau, stands in the names of its tables' files.
    """
    snapshot = request.snapshot
    if snapshot.error:
        return render(request, "400_as_of.html", {"message": snapshot.error}, status=snapshot.error_status)
    name = request.GET.get("download")
    if name:
        require_export(request)
    every = [columns_for(table, "file") for table in (*tables, *(files() if files and name else []))]
    if workbook and wants_whole(request):
        return whole_file(snapshot, workbook, [table for table in every if table.rows])
    if name:
        return table_file(
            snapshot,
            {table.name: table for table in every}.get(name),
            request.GET.get("format", "xlsx"),
            subject,
        )
    parts = {
        "tables": {table.name: columns_for(table, "page") for table in with_edit_links(request, tables)},
        "figures": {figure.name: figure for figure in figures},
        "workbook": workbook if files or any(table.rows for table in tables) else "",
    }
    return render(request, template, {**parts, **context}, status=status)


def columns_for(table: Table, use: str) -> Table:
    """The table as the `page` or the `file` has it."""
    kept = [index for index, column in enumerate(table.columns) if column.only in {"", use}]
    if len(kept) == len(table.columns):
        return table
    rows = [replace(row, cells=[row.cells[index] for index in kept]) for row in table.rows]
    return replace(table, columns=[table.columns[index] for index in kept], rows=rows)


def wants_whole(request: HttpRequest) -> Any:
    """Whether the page is asked for as one workbook."""
    return request.GET.get("download") == WHOLE and request.GET.get("format", "xlsx") == "xlsx"


def require_export(request: HttpRequest) -> None:
    """Files are for those who may take them out."""
    if not access_scope(request.user).may_export_tables:
        raise PermissionDenied


def table_file(snapshot: Any, table: Any, file_format: Any, subject: str = "") -> Any:
    if table is None or file_format not in FORMATS:
        raise Http404("내려받을 표가 없습니다.")
    write, _ = FORMATS[file_format]
    dates = [table.since, table.as_of or snapshot.as_of]
    with FILES.entered():
        content = write(table)
    return _file(content, snapshot, [subject, table.title, *dates], file_format)


def whole_file(snapshot: Any, title: str, tables: Any) -> Any:
    if not tables:
        raise Http404("내려받을 표가 없습니다.")
    last = tables[-1]
    with FILES.entered():
        content = export.tables_to_xlsx(tables, title)
    return _file(content, snapshot, [title, last.since, last.as_of or snapshot.as_of], "xlsx", "업무보고")


def _file(content: Any, snapshot: Any, words: Any, extension: Any, kind: str = "") -> Any:
    """Named by the bureau, what it holds and its dates: `업무보고_디지털정책관_주요 사업_2022-08-29.xlsx`."""
    parts = [kind, snapshot.bureau.name if snapshot.bureau else "", *words]
    return named_file(content, "_".join(str(part) for part in parts if part), extension)


def named_file(content: Any, name: str, extension: Any) -> HttpResponse:
    headers = {
        "Content-Type": FORMATS[extension][1],
        "Content-Disposition": content_disposition_header(True, f"{name}.{extension}"),
    }
    return HttpResponse(content, headers=headers)

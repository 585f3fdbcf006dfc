"""How every page ends: it is shown, or one of its tables is downloaded."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from seoul_digital import spreadsheets

FORMATS = {
    "xlsx": (
        spreadsheets.to_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": (spreadsheets.to_csv, "text/csv; charset=utf-8"),
}


def render_page(request, template, context, tables=(), figures=()):
    """The page with `tables` and `figures` by name; with `?download=name&format=xlsx|csv` that table's file."""
    reading = request.reading
    if reading.error:
        return render(
            request,
            "400_as_of.html",
            {"message": reading.error},
            status=reading.error_status,
        )
    if name := request.GET.get("download"):
        return table_file(
            reading,
            {table.name: table for table in tables}.get(name),
            request.GET.get("format", "xlsx"),
        )
    parts = {
        "tables": {table.name: table for table in tables},
        "figures": {figure.name: figure for figure in figures},
    }
    return render(request, template, {**context, **parts})


def table_file(reading, table, file_format):
    if table is None or file_format not in FORMATS:
        raise Http404("내려받을 표가 없습니다.")
    write, content_type = FORMATS[file_format]
    as_of = table.as_of or reading.as_of
    name = "_".join(
        filter(
            None,
            [
                reading.bureau.name if reading.bureau else "",
                table.title,
                as_of and str(as_of),
            ],
        )
    )
    return HttpResponse(
        write(table),
        headers={
            "Content-Type": content_type,
            "Content-Disposition": content_disposition_header(True, f"{name}.{file_format}"),
        },
    )

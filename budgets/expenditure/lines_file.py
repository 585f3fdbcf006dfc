"""All the lines of a department, or of a programme, as a file: written as they are read, however many they are."""

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header

from core.pages import FORMATS
from seoul_digital.gates import FILES
from seoul_digital.lib import tables
from seoul_digital.lib.xlsx import streaming

from .lines import file_columns, file_rows


def lines_file(request, title, figures, as_of):
    file_format = request.GET.get("format", "xlsx")
    if file_format not in FORMATS:
        raise Http404("내려받을 표가 없습니다.")
    given = figures.amounts_given()
    columns, rows = file_columns(given), file_rows(figures, given)
    bureau = request.snapshot.bureau.name
    headers = {
        "Content-Type": FORMATS[file_format][1],
        "Content-Disposition": content_disposition_header(True, f"{bureau}_{title}_{as_of}.{file_format}"),
    }
    if file_format == "csv":
        return StreamingHttpResponse(streaming.csv_parts(columns, rows), headers=headers)
    caption = f"{tables.day(as_of)} 기준 · (단위: 천원, %)"
    with FILES.entered():
        file = streaming.xlsx_file(title, caption, columns, rows)
    return FileResponse(file, headers=headers)

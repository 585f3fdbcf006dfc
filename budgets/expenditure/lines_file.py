"""All the lines of a department, or of a programme, as a file: written as they are read, however many they are."""

from functools import partial

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header

from core.pages import FORMATS
from seoul_digital.gates import FILES
from seoul_digital.lib import tables
from seoul_digital.lib.xlsx import streaming

from ..models import BudgetFigure
from .execution import told_earlier
from .in_force import execution_sources
from .last_execution import last_known
from .lines import file_columns, file_rows


def lines_file(request, title, figures, as_of, row):
    """`row`: the department's; where an earlier delivery tells its execution, the file has that with its day."""
    file_format = request.GET.get("format", "xlsx")
    if file_format not in FORMATS:
        raise Http404("내려받을 표가 없습니다.")
    snapshot, given, earlier = request.snapshot, figures.amounts_given(), None
    if row.is_executed_earlier:
        earlier = partial(last_known, snapshot, told_earlier(snapshot))
        told = BudgetFigure.objects.filter(
            source__in=execution_sources(snapshot), line__in=figures.order_by().values("line")
        )
        given |= told.amounts_given() & {"committed", "disbursed"}
    columns, rows = file_columns(given, bool(earlier)), file_rows(figures, given, earlier)
    headers = {
        "Content-Type": FORMATS[file_format][1],
        "Content-Disposition": content_disposition_header(
            True, f"{snapshot.bureau.name}_{title}_{as_of}.{file_format}"
        ),
    }
    if file_format == "csv":
        return StreamingHttpResponse(streaming.csv_parts(columns, rows), headers=headers)
    caption = f"{tables.day(as_of)} 기준 · (단위: 천원, %)"
    with FILES.entered():
        file = streaming.xlsx_file(title, caption, columns, rows)
    return FileResponse(file, headers=headers)

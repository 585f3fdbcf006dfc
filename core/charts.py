"""The figures of pages, remembered as JSON under the data version and the language."""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from seoul_digital.lib.charts.page import Chart, Drawing, drawing_of

from .data_version import data_version
from .snapshot import Snapshot

View = Callable[..., HttpResponse]


class ChartRequest(HttpRequest):
    """What a view has that draws charts."""

    snapshot: Snapshot
    data_version: str


def draws_charts(view: View) -> View:
    """Reads the data version before the view reads rows, so that no older figure is remembered under a newer one."""

    @wraps(view)
    def with_version(request: ChartRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.data_version = data_version(request.snapshot)
        return view(request, *args, **kwargs)

    return with_version


def drawing(request: ChartRequest, chart: Chart) -> Drawing:
    """The chart's figure as its page needs it, built once for each data version, language, address and chart.

    The address holds all that the reader chose. Nothing of the reader goes in: charts are the same for all who read.
    """
    key = repr(
        (request.data_version, get_language(), request.get_full_path(), chart.name, chart.build.func.__name__)
    )
    name, memory = hashlib.sha256(key.encode()).hexdigest(), caches["charts"]
    drawing: Drawing | None = memory.get(name)
    if drawing is None:
        drawing = drawing_of(chart.build())
        memory.set(name, drawing)
    return drawing

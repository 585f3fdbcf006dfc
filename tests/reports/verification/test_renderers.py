"""The version of the renderers follows what draws, and nothing else."""

import subprocess
import sys

from django.conf import settings as project

from reports.verification import renderers

LATE = """
import django, pathlib, sys
django.setup()
from django.conf import settings
from reports.verification.renderers import renderers_version
settings.BASE_DIR = pathlib.Path("/nowhere")  # an upgrade has put other files there
print(renderers_version())
"""


def test_the_version_is_another_where_a_drawing_file_is(tmp_path, settings):
    (tmp_path / "reports" / "render").mkdir(parents=True)
    drawing = tmp_path / "reports" / "render" / "pdf.py"
    drawing.write_text("a")
    (tmp_path / "reports" / "render" / "notes.txt").write_text("a")
    settings.BASE_DIR = tmp_path
    version = renderers.renderers_version.__wrapped__
    first = version()
    (tmp_path / "reports" / "render" / "notes.txt").write_text("b")
    assert version() == first
    drawing.write_text("b")
    assert version() != first


def test_files_of_an_upgrade_are_not_those_that_were_loaded(tmp_path, settings):
    assert renderers.draws_as_loaded()
    settings.BASE_DIR = tmp_path
    assert not renderers.draws_as_loaded()


def test_another_font_is_another_version(tmp_path, monkeypatch):
    font, version = tmp_path / "font.otf", renderers.renderers_version.__wrapped__
    monkeypatch.setattr(renderers.fonts, "files", lambda: [font])
    font.write_bytes(b"a")
    first = version()
    font.write_bytes(b"ab")
    assert version() != first


def test_the_version_is_of_what_the_process_has_loaded(monkeypatch):
    """Not of what lies there when a task of a worker, a fork of it, asks for it first."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "seoul_digital.settings")
    asked = subprocess.run(
        [sys.executable, "-c", LATE], cwd=project.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert asked.stdout.strip() == renderers.renderers_version.__wrapped__()

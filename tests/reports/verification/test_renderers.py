"""The version of the renderers follows what draws, and nothing else."""

from reports.verification import renderers


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

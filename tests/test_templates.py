"""Templates keep to 160 columns, so that a line of them can be read beside its code."""

from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
LONGEST = 160


def test_template_lines_at_most_160_columns():
    paths = sorted(TEMPLATES.rglob("*.html"))
    assert len(paths) > 100
    long = [
        f"{path.relative_to(TEMPLATES)}:{number} ({len(line)})"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST
    ]
    assert not long

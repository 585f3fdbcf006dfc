"""The seeded report's texts keep their trees, whatever else the notation learns."""

import hashlib
import json
from pathlib import Path

import yaml
from django.conf import settings

from seoul_digital.lib.outline.parser import parse

FIELDS = {
    "projects.brief": ("overview", "achievements"),
    "projects.milestone": ("note",),
    "glossary.definition": ("text",),
}
TREES = Path(__file__).with_name("report_trees.json")


def texts():
    for path in sorted(Path(settings.BASE_DIR, "fixtures").rglob("*.yaml")):
        for number, entry in enumerate(yaml.safe_load(path.read_text())):
            for name in FIELDS.get(entry["model"], ()):
                if text := entry["fields"].get(name):
                    yield f"{path.parent.name}/{path.stem}/{number}/{name}", text


def test_every_text_of_the_report_has_the_tree_that_it_had():
    """`report_trees.json` holds a digest of each tree, taken before unknown marks and pasted tables were read."""
    trees = {place: hashlib.sha256(repr(parse(text)).encode()).hexdigest()[:16] for place, text in texts()}
    assert len(trees) == 46
    assert trees == json.loads(TREES.read_text())

"""docs/security.md and docs/asvs.md: every item is there, and every test and place that they name."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
WITH_THE_TRUST_ISSUE = {45}


def rows_of(name):
    """The cells of every line of a table whose first cell is a number."""
    lines = (ROOT / "docs" / name).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| ")]
    return [row for row in cells if re.fullmatch(r"\d+(\.\d+\.\d+)?", row[0].strip("| "))]


@cache
def tests_of(path):
    if not path.is_file():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def missing_tests(text):
    return [f"{path}::{name}" for path, name in TEST.findall(text) if name not in tests_of(ROOT / path)]


def test_every_item_has_its_tests():
    items = {int(row[0]): " ".join(row) for row in rows_of("security.md")}
    assert sorted(items) == list(range(1, 49))
    untested = {number for number, text in items.items() if not TEST.search(text)}
    assert untested == WITH_THE_TRUST_ISSUE


def test_named_tests_are_there():
    for name in ("security.md", "asvs.md"):
        assert missing_tests((ROOT / "docs" / name).read_text(encoding="utf-8")) == []


def test_a_test_that_is_gone_is_found():
    assert missing_tests("`tests/test_requests.py::test_of_nothing`") == ["tests/test_requests.py::test_of_nothing"]
    assert missing_tests("`tests/none.py::test_of_nothing`") == ["tests/none.py::test_of_nothing"]

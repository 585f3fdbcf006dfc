"""docs/security.md and docs/asvs.md: every item is there, and every test and place that they name."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
# The official numbers of ASVS 5.0.0, levels 1 and 2.
ASVS = """
1.1.1-2 1.2.1-9 1.3.1-11 1.4.1-3 1.5.1-2 2.1.1-3 2.2.1-3 2.3.1-4 2.4.1 3.2.1-2 3.3.1-4 3.4.1-6 3.5.1-5 3.7.1-2 4.1.1-3 4.2.1 4.3.1-2
4.4.1-4 5.1.1 5.2.1-3 5.3.1-2 5.4.1-3 6.1.1-3 6.2.1-12 6.3.1-4 6.4.1-4 6.5.1-5 6.6.1-3 6.8.1-4 7.1.1-3 7.2.1-4 7.3.1-2 7.4.1-5 7.5.1-2
7.6.1-2 8.1.1-2 8.2.1-3 8.3.1 8.4.1 9.1.1-3 9.2.1-4 10.1.1-2 10.2.1-2 10.3.1-4 10.4.1-11 10.5.1-5 10.6.1-2 10.7.1-3 11.1.1-2 11.2.1-3
11.3.1-3 11.4.1-4 11.5.1 11.6.1 12.1.1-3 12.2.1-2 12.3.1-4 13.1.1 13.2.1-5 13.3.1-2 13.4.1-5 14.1.1-2 14.2.1-4 14.3.1-3 15.1.1-3
15.2.1-3 15.3.1-7 16.1.1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3 17.1.1 17.2.1-4 17.3.1-2
"""


def text_of(name):
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def rows_of(text):
    """The cells of every line of a table that begins with a number, or with several."""
    lines = [line for line in text.splitlines() if re.match(r"\| \d[\d. ]* \|", line)]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


@cache
def functions_of(path):
    if not path.is_file():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def missing_tests(text):
    return [f"{path}::{name}" for path, name in TEST.findall(text) if name not in functions_of(ROOT / path)]


def test_every_item_has_its_tests():
    items = {int(row[0]): " ".join(row) for row in rows_of(text_of("security.md"))}
    assert sorted(items) == list(range(1, 49))
    untested = {number for number, text in items.items() if not TEST.search(text)}
    assert untested == set()


def test_named_tests_are_there():
    for name in ("security.md", "asvs.md"):
        assert missing_tests(text_of(name)) == []


def test_a_test_that_is_gone_is_found():
    assert missing_tests("`tests/test_requests.py::test_of_nothing`") == [
        "tests/test_requests.py::test_of_nothing"
    ]
    assert missing_tests("`tests/none.py::test_of_nothing`") == ["tests/none.py::test_of_nothing"]


def numbers(text):
    for part in text.split():
        section, _, span = part.rpartition(".")
        first, _, last = span.partition("-")
        yield from (f"{section}.{number}" for number in range(int(first), int(last or first) + 1))


def test_every_requirement_of_asvs_is_judged_once():
    head, *chapters, rest = text_of("asvs.md").split("\n## V")[0:1] + text_of("asvs.md").split("\n## ")[2:]
    states = {row[0]: row[3] for chapter in chapters for row in rows_of(chapter)}
    not_applicable = [number for row in rows_of(rest) for number in row[0].split()]
    assert sorted([*states, *not_applicable]) == sorted(numbers(ASVS))
    assert set(states.values()) == {"met", "not met"}
    not_met = [number for number, state in states.items() if state == "not met"]
    assert [row[0] for row in rows_of(head)] == not_met
    counts = f"{len(states) - len(not_met)} met, {len(not_met)} not met, {len(not_applicable)} not applicable"
    assert f"Of 253: {counts}." in head

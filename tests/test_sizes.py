"""The house stays small: files, folders, functions, helpers of one caller, names given twice."""

import ast
import statistics
from collections import Counter, defaultdict
from functools import cache

from tests.test_layers import PYTHON_FILES, ROOT, name_of, tree_of

# Django's own words for what each app has.
IDIOMS = {"Command", "Kind", "State"}
# A table on a page, one typed in a text and one of the database are not one idea; a section of a comparison is no heading.
NAMED_TWICE = {"Cell", "Section", "Table"}
MOST_SHORT_HELPERS = 30


@cache
def definitions():
    """(file and line, name, lines, whether it is a class) of all functions and classes; a file is read once for all that is asked of them."""
    return [
        (f"{name_of(path)}:{node.lineno}", node.name, length_of(node), isinstance(node, ast.ClassDef))
        for path in PYTHON_FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    ]


def length_of(function):
    return function.end_lineno - function.lineno + 1


def test_files_are_short():
    """A test mirrors one module and may take 500 lines: its literals are long."""
    limits = dict.fromkeys([*PYTHON_FILES, *(ROOT / "tools").rglob("*.py")], 400)
    limits |= dict.fromkeys((ROOT / "tests").rglob("*.py"), 500)
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in limits}
    assert not {name_of(path): lines for path, lines in lengths.items() if lines > limits[path]}


def test_folders_hold_at_most_22_python_files():
    folders = Counter(path.parent for path in PYTHON_FILES)
    assert not {name_of(folder): count for folder, count in folders.items() if count > 22}


def test_functions_are_small():
    lengths = {f"{place} {name}": lines for place, name, lines, is_class in definitions() if not is_class}
    assert not {name: lines for name, lines in lengths.items() if lines > 40}
    assert statistics.median(lengths.values()) <= 12


def short_helpers_of_one_caller(path):
    """Private functions under five lines that their module names once: most say no more than their body."""
    tree = tree_of(path)
    named = Counter(
        node.id if isinstance(node, ast.Name) else node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute)
    )
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("_")
        and not node.name.startswith("__")
        and not node.decorator_list
        and length_of(node) < 5
        and named[node.name] == 1
    ]


def test_short_helpers_of_one_caller_do_not_grow():
    """Inline one before another comes; when there are fewer, lower the limit."""
    found = [f"{name_of(path)} {name}" for path in PYTHON_FILES for name in short_helpers_of_one_caller(path)]
    assert len(found) <= MOST_SHORT_HELPERS, found


def test_short_helpers_are_counted(tmp_path):
    path = tmp_path / "module.py"
    path.write_text(
        "def _once():\n    return 1\n\ndef _twice():\n    return 2\n\n"
        "def public():\n    return _once() + _twice() + _twice()\n"
    )
    assert short_helpers_of_one_caller(path) == ["_once"]


def test_class_names_are_given_once():
    places = defaultdict(set)
    for place, name, _, is_class in definitions():
        if is_class and name not in {"Meta", "Media"}:
            places[name].add(place)
    twice = {name: sorted(found) for name, found in places.items() if len(found) > 1}
    assert twice.keys() - IDIOMS - NAMED_TWICE == set(), twice
    assert len(NAMED_TWICE | IDIOMS) <= 6
    assert twice.keys() >= NAMED_TWICE | IDIOMS

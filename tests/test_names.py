"""Nothing is called `one`, `some`, `told` or `said`: a name says what a thing is. In the folders that are rid of them."""

import ast

import pytest

from tests.test_layers import PYTHON_FILES, name_of, tree_of

REFUSED = {"one", "some", "told", "said"}
# Still to be gone through.
LEFT = ("core/admin/", "budgets/", "reports/comparison/", "reports/editions/", "reports/views/")
FILES = [path for path in PYTHON_FILES if not name_of(path).startswith(LEFT)]


def identifiers(tree):
    """(line, name) of variables, parameters, keywords, attributes, functions and classes, those in f-strings too."""
    for node in ast.walk(tree):
        name = next((getattr(node, key) for key in ("id", "arg", "attr", "name") if hasattr(node, key)), None)
        if isinstance(name, str) and not isinstance(node, ast.alias):
            yield getattr(node, "lineno", 0), name


def refused(code):
    return [name for _, name in identifiers(ast.parse(code)) if name in REFUSED]


@pytest.mark.parametrize(
    "code",
    [
        "one = 1",
        "def f(told): ...",
        "def said(): ...",
        "f(some=1)",
        "x.said",
        "f'{one}'",
        "[0 for one in ()]",
        "match x:\n    case one: ...",
    ],
)
def test_a_refused_name_is_seen_everywhere(code):
    assert refused(code)


@pytest.mark.parametrize("code", ["'one'", "# told", "import one", "someone = 1", "def f():\n    'said'"])
def test_words_that_name_nothing_are_free(code):
    assert not refused(code)


def test_names_say_what_things_are():
    found = [
        f"{name_of(path)}:{line} {name}"
        for path in FILES
        for line, name in identifiers(tree_of(path))
        if name in REFUSED
    ]
    assert not found

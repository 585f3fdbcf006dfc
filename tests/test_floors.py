"""The house keeps its shape: imports run down only, files and functions stay small."""

import ast
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What each floor may import besides itself.
BELOW = {
    "seoul_digital": set(),
    "core": {"seoul_digital"},
    "departments": {"seoul_digital", "core"},
    "budgets": {"seoul_digital", "core", "departments"},
    "projects": {"seoul_digital", "core", "departments", "budgets"},
    "glossary": {"seoul_digital", "core", "departments", "budgets"},
    "reports": {"seoul_digital", "core", "departments", "budgets", "projects", "glossary"},
    "dashboard": {"seoul_digital", "core", "departments", "budgets", "projects", "glossary", "reports"},
}
ASSEMBLY = {
    "seoul_digital/settings.py",
    "seoul_digital/urls.py",
    "seoul_digital/roles.py",
}  # where the apps are put together
PYTHON_FILES = sorted(path for floor in [*BELOW, "tests", "tools"] for path in (ROOT / floor).rglob("*.py"))
APP_FILES = [path for path in PYTHON_FILES if path.relative_to(ROOT).parts[0] in BELOW]


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def package_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts[:-1])


def imported_modules(tree, package):
    """Absolute dotted names of what a module imports; `from a import b` gives both a and a.b, for b may be a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*parts, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def imports_of(path):
    return set(imported_modules(ast.parse(path.read_text(encoding="utf-8")), package_of(path)))


@pytest.mark.parametrize(
    ("code", "package", "expected"),
    [
        ("import budgets.models", "reports", {"budgets.models"}),
        ("from budgets import models", "reports", {"budgets", "budgets.models"}),
        ("from . import views", "reports", {"reports", "reports.views"}),
        ("from .views import home", "reports", {"reports.views", "reports.views.home"}),
        (
            "def f():\n    from ..models import Term",
            "glossary.templatetags",
            {"glossary.models", "glossary.models.Term"},
        ),
    ],
)
def test_imports_are_read_in_every_form(code, package, expected):
    assert set(imported_modules(ast.parse(code), package)) == expected


@pytest.mark.parametrize("path", APP_FILES, ids=name_of)
def test_imports_run_down_only(path):
    if name_of(path) in ASSEMBLY:
        return
    floor = path.relative_to(ROOT).parts[0]
    foreign = {
        module for module in imports_of(path) if module.split(".")[0] in BELOW.keys() - BELOW[floor] - {floor}
    }
    assert not foreign, f"{name_of(path)} imports {sorted(foreign)}"


@pytest.mark.parametrize("path", APP_FILES, ids=name_of)
def test_only_urls_imports_views(path):
    if path.name == "urls.py":
        return
    views = {
        module
        for module in imports_of(path)
        if module.split(".")[0] in BELOW and "views" in module.split(".")
    }
    assert not views, f"{name_of(path)} imports {sorted(views)}"


def test_no_python_file_is_over_400_lines():
    long = {
        name_of(path): lines
        for path in PYTHON_FILES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long


def test_functions_are_small():
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in APP_FILES]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    lengths = sorted(node.end_lineno - node.lineno + 1 for node in functions)
    assert statistics.median(lengths) <= 12
    assert lengths[len(lengths) * 9 // 10] < 35

"""The house keeps its shape: imports and strings run down only, no circles."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, get_resolver

ROOT = Path(__file__).resolve().parent.parent
# From the ground up. What stands in one row does not know each other, but for the arrows of BESIDE.
LAYERS = [("lib",), ("seoul_digital",), ("core",), ("departments",), ("budgets", "projects", "glossary"), ("reports",), ("dashboard",)]  # fmt: skip
BESIDE = {("projects", "budgets"), ("glossary", "budgets")}
RANK = {room: rank for rank, rooms in enumerate(LAYERS) for room in rooms}
# Where the whole is put together: these may name every app.
ASSEMBLY = {"seoul_digital/settings.py", "seoul_digital/urls.py", "seoul_digital/roles.py"}
ROOMS = ["seoul_digital", *(room for rooms in LAYERS[2:] for room in rooms)]
PYTHON_FILES = sorted(
    path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts
)
ADDRESSED = {"reverse", "reverse_lazy", "redirect", "url", "Page", "resolve_url", "redirect_to", "href"}


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def room_of(dotted):
    """The room that a dotted name (module, label) begins with; None outside the house."""
    parts = dotted.split(".")
    if parts[:2] == ["seoul_digital", "lib"]:
        return "lib"
    return parts[0] if parts[0] in RANK else None


def climbs(room, other):
    """Whether a room that names the other one names what stands above or beside it."""
    if other is None or other == room or (room, other) in BESIDE:
        return False
    return RANK[other] >= RANK[room]


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


def package_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts[:-1])


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def url_rooms():
    """The room of each URL name: that of its namespace, else of the module whose view answers."""

    def walk(patterns, namespace=""):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                owner = namespace.partition(":")[0] or pattern.callback.__module__
                if pattern.name and room_of(owner):
                    yield f"{namespace}{pattern.name}", room_of(owner)
            else:
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                yield from walk(pattern.url_patterns, namespace + inner)

    return dict(walk(get_resolver().url_patterns))


def strings_of(tree):
    """(text, whether it is an argument of what makes addresses) of every string that is no docstring."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    addressed = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and name_called(node) in ADDRESSED
        for argument in [*node.args, *(keyword.value for keyword in node.keywords)]
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value, id(node) in addressed


@cache
def names_in(path):
    """(modules that it imports, its strings as `strings_of` gives them): the file is read once for all tests."""
    tree = tree_of(path)
    return set(imported_modules(tree, package_of(path))), set(strings_of(tree))


def name_called(node):
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def room_named(text, is_address, urls):
    """The room that a string names: by a model label, a permission, a module path or a URL name."""
    if re.fullmatch(r"[a-z_]+:[a-z_-]+", text) or is_address and text in urls:
        return urls.get(text) or room_of(text.partition(":")[0])
    if not re.fullmatch(r"[A-Za-z_]+(\.\w+)+", text) or room_of(text) is None:
        return None
    first, _, rest = text.partition(".")
    names_model = first in apps.app_configs and rest.lower() in apps.get_app_config(first).models
    names_permission = re.fullmatch(r"[a-z]+_[a-z_]+", rest) is not None
    path = ROOT.joinpath(*text.split("."))
    names_module = any(
        place.with_suffix(".py").is_file() or place.is_dir() for place in (path, path.parent) if place != ROOT
    )
    return room_of(text) if names_model or names_permission or names_module else None


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


@pytest.mark.parametrize(
    ("text", "is_address", "room"),
    [
        ("reports.edition", False, "reports"),
        ("reports.Edition", False, "reports"),
        ("reports.publish_edition", False, "reports"),
        ("budgets.imports.jobs", False, "budgets"),
        ("budgets:revenue", False, "budgets"),
        ("home", True, "dashboard"),
        ("home", False, None),
        ("expenditure", True, None),
        ("budgets", False, None),
    ],
)
def test_a_string_names_a_room(text, is_address, room):
    assert room_named(text, is_address, url_rooms()) == room


def test_imports_run_down_only():
    climbing = {}
    for path in PYTHON_FILES:
        if name_of(path) not in ASSEMBLY:
            room, (modules, _) = room_of(package_of(path)), names_in(path)
            if foreign := sorted(module for module in modules if climbs(room, room_of(module))):
                climbing[name_of(path)] = foreign
    assert not climbing


def test_strings_run_down_only():
    climbing, urls = {}, url_rooms()
    for path in PYTHON_FILES:
        if name_of(path) not in ASSEMBLY:
            room = room_of(package_of(path))
            found = {
                text
                for text, addressed in names_in(path)[1]
                if climbs(room, room_named(text, addressed, urls))
            }
            if found:
                climbing[name_of(path)] = sorted(found)
    assert not climbing


def test_only_urls_imports_views():
    found = {}
    for path in PYTHON_FILES:
        if path.name != "urls.py":
            modules, _ = names_in(path)
            views = [
                m for m in modules if room_of(m) and any(part.startswith("views") for part in m.split("."))
            ]
            if views:
                found[name_of(path)] = views
    assert not found

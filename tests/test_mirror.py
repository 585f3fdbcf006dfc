"""Each product module with a function of its own has tests/<its folder>/test_<module>.py; the exceptions say which looks at it."""

import ast
from fnmatch import fnmatch

import pytest

from tests.test_layers import PYTHON_FILES, ROOT, name_of, tree_of

# Registrations, which the tests of what they register run: administration, page links, the start of an app.
REGISTRATIONS = ("*/apps.py",)
# What is tested as a part of something larger, and where.
ELSEWHERE = {
    "core/admin/sources.py": "tests/reports/test_admin_sources.py",
    "departments/resources.py": "tests/test_job_series.py",
    "budgets/imports/sandbox/pipeline.py": "tests/budgets/management/commands/test_import_budget.py",
}  # fmt: skip


def has_function(path):
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    return any(isinstance(node, functions) for node in ast.walk(tree_of(path)))


WITHOUT = [
    name_of(path)
    for path in PYTHON_FILES
    if path.stem != "__init__"
    and not (ROOT / "tests" / path.relative_to(ROOT).with_name(f"test_{path.stem}.py")).exists()
    and has_function(path)  # last, for it reads the file, and every worker asks
]


def test_every_module_has_its_test():
    known = (*REGISTRATIONS, *ELSEWHERE)
    assert [name for name in WITHOUT if not any(fnmatch(name, pattern) for pattern in known)] == []


@pytest.mark.parametrize("pattern", [*REGISTRATIONS, *ELSEWHERE])
def test_every_exception_is_needed(pattern):
    assert [name for name in WITHOUT if fnmatch(name, pattern)]


@pytest.mark.parametrize("path", sorted(set(ELSEWHERE.values())))
def test_the_test_of_an_exception_is_there(path):
    assert (ROOT / path).is_file()

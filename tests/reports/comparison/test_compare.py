"""Reports of plain values are compared without a database: pytest-django lets no query through in these tests."""

import ast
from pathlib import Path

import reports.comparison.compare
from reports.chapters.glossary.data import TermRow
from reports.comparison.changes import Counts
from reports.comparison.compare import compare
from reports.serial import from_json, to_json
from tests.reports.plain import (
    report,
    staff_count,
    staffing,
    succession,
    two,
    unit,
    with_parts,
)

BUREAU_UNIT = unit("housing-bureau", "주택정책관", "bureau", "", "국·정책관")


def test_no_module_of_it_knows_the_database_or_the_apps():
    paths = list(Path(reports.comparison.compare.__file__).parent.glob("*.py"))
    assert "changes.py" in {path.name for path in paths}
    for path in paths:
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        modules = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
        assert not {
            name
            for name in modules
            if name.startswith("django.db")
            or name.split(".")[0] in ("departments", "budgets", "projects", "glossary")
        }


def test_a_report_with_itself_differs_in_nothing():
    one = report(staffing=staffing(staff_count("parks", 10, 9)), units=(BUREAU_UNIT, unit("parks")))
    comparison = compare(one, one)
    assert comparison.changes["staffing"].counts == Counts(same=1)
    assert comparison.changes["organisation"].counts == Counts(same=2)
    assert comparison.changes["projects"].counts == Counts()


def test_a_subject_that_a_report_has_no_source_for_is_not_compared():
    before = report(scopes=("staffing",), staffing=staffing(staff_count("parks", 10, 9)))
    after = report(staffing=staffing(staff_count("parks", 11, 9)))
    comparison = compare(before, after)
    assert comparison.changes.keys() == {"staffing"}


def test_a_source_that_gives_nothing_is_no_missing_source():
    """What a source lacks is gone: that is a change."""
    comparison = compare(*two("glossary", (TermRow("cctv", "CCTV", "CCTV", "▪ 폐쇄회로"),), ()))
    assert comparison.changes["glossary"].counts == Counts(removed=1)
    assert "staffing" not in comparison.changes


def test_a_frozen_report_and_a_live_one_compare_alike():
    before, after = two(
        "staffing",
        staffing(staff_count("a", 10, 9)),
        staffing(staff_count("b", 11, 9)),
        successions=(succession("a", "b"),),
    )
    published = from_json(to_json(before))
    assert compare(published, after) == compare(before, after)
    # What came after what is known to the later report.
    assert (
        compare(with_parts(published, successions=()), after).changes["staffing"]
        == compare(before, after).changes["staffing"]
    )

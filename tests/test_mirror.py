"""Each product module with a function of its own has tests/<its folder>/test_<module>.py; the exceptions say which looks at it."""

import ast
from fnmatch import fnmatch

import pytest

from tests.test_layers import PYTHON_FILES, ROOT, name_of, tree_of

# Registrations, which the tests of what they register run: administration, page links, the start of an app.
REGISTRATIONS = (
    "*/apps.py",
    "*/admin.py",
    "*/page_links.py",
    "reports/models/immutability.py",
    "core/models/bureaus.py",
)
# What is tested as a part of something larger, and where.
ELSEWHERE = {
    "core/admin/fields.py": "tests/core/admin/test_amount_fields.py",
    "core/admin/permissions.py": "tests/test_permissions.py",
    "core/admin/sources.py": "tests/reports/test_admin_sources.py",
    "core/audit/changes.py": "tests/dashboard/test_history_page.py",
    "core/audit/postgresql.py": "tests/core/audit/test_immutability.py",  # on that engine
    "core/audit/sqlite.py": "tests/core/audit/test_immutability.py",
    "core/audit/verification.py": "tests/core/management/commands/test_verify.py",
    "core/bureau_names.py": "tests/core/access/test_bureaus.py",
    "core/edit_conflicts/presentation.py": "tests/core/edit_conflicts/test_edit_conflicts.py",
    "core/models/imported_rows.py": "tests/core/audit/test_imported_rows.py",
    "core/models/seals.py": "tests/core/audit/test_seals.py",
    "departments/accounts/language.py": "tests/test_english.py",
    "departments/bureaus.py": "tests/core/access/test_bureaus.py",
    "departments/resources.py": "tests/test_job_series.py",
    "departments/accounts/forms.py": "tests/departments/accounts/test_users_admin.py",
    "departments/accounts/session_store.py": "tests/departments/accounts/test_own_sessions.py",
    "departments/accounts/views.py": "tests/departments/accounts/test_second_factor.py",
    "departments/staffing_form.py": "tests/test_job_series.py",
    "budgets/checks.py": "tests/reports/test_findings.py",
    "*/checklist.py": "tests/reports/editions/checklist/test_rules.py",
    "reports/editions/checklist/*_rules.py": "tests/reports/editions/checklist/test_rules.py",
    "budgets/cross_tab/result.py": "tests/budgets/cross_tab/test_table.py",
    "budgets/imports/fields.py": "tests/budgets/imports/sandbox/test_titles.py",
    "budgets/imports/forms.py": "tests/budgets/test_views_import.py",
    "budgets/imports/levels.py": "tests/budgets/imports/test_line_identity.py",
    "budgets/imports/sandbox/pipeline.py": "tests/budgets/management/commands/test_import_budget.py",
    "budgets/imports/sandbox/revenue.py": "tests/budgets/management/commands/test_import_budget.py",
    "projects/data.py": "tests/projects/test_detail.py",
    "glossary/search.py": "tests/core/test_search.py",
    "reports/admin_site.py": "tests/reports/test_admin_index.py",
    "core/models/thresholds.py": "tests/core/plausibility/test_thresholds.py",
    "reports/numbers/*.py": "tests/reports/views/test_numbers.py",
    "reports/chapters/duties/*.py": "tests/reports/test_workbook_read.py",
    "reports/chapters/glossary/document.py": "tests/reports/chapters/glossary/test_references.py",
    "reports/chapters/glossary/edition.py": "tests/reports/editions/test_parts.py",
    "reports/chapters/glossary/workbook.py": "tests/reports/test_workbook_read.py",
    "reports/chapters/organisation/workbook.py": "tests/reports/test_workbook_read.py",
    "reports/chapters/projects/edition.py": "tests/reports/editions/test_parts.py",
    "reports/chapters/vision/*.py": "tests/reports/test_workbook_read.py",
    "reports/checks.py": "tests/reports/test_findings.py",
    "reports/edition_requests.py": "tests/reports/views/test_editions.py",
    "reports/editions/changes/difference.py": "tests/reports/views/test_editions.py",
    "reports/editions/edition_overview.py": "tests/reports/views/test_editions.py",
    "reports/editions/part.py": "tests/reports/editions/test_parts.py",
    "reports/editions/published_report.py": "tests/reports/editions/test_publishing.py",
    "reports/management/commands/integrity.py": "tests/reports/test_findings.py",
    "reports/models/editions.py": "tests/reports/editions/test_workflow.py",
    "reports/models/explanations.py": "tests/reports/test_findings.py",
    "reports/models/published.py": "tests/reports/editions/test_publishing.py",
    "reports/source_impact.py": "tests/reports/test_admin_sources.py",
    "reports/views/unit_actions.py": "tests/reports/editions/test_unit_actions.py",
    "seoul_digital/views.py": "tests/test_downloads.py",
}  # fmt: skip


def has_function(path):
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    return any(isinstance(node, functions) for node in ast.walk(tree_of(path)))


WITHOUT = [
    name_of(path)
    for path in PYTHON_FILES
    if path.stem != "__init__"
    and has_function(path)
    and not (ROOT / "tests" / path.relative_to(ROOT).with_name(f"test_{path.stem}.py")).exists()
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

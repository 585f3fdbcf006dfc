"""Files on their way in, and names that people have explained."""

import pytest

from budgets.models import BudgetImport, ColumnMapping, DepartmentAlias
from core.models import Source
from departments.models import Department

pytestmark = pytest.mark.engine


def incoming(token, state, source=None):
    bureau = Department.objects.get(slug="digital-policy-bureau")
    return BudgetImport.objects.create(
        bureau=bureau, file_name="a.csv", token=token, sha256="x", size=1, state=state, source=source
    )


def test_unfinished_imports_are_read_or_thrown_away(seeded):
    source = Source.objects.first()
    reading, discarding = incoming("a", "reading"), incoming("b", "discarded", source)
    incoming("c", "discarded")
    incoming("d", "refused")
    assert set(BudgetImport.objects.unfinished()) == {reading, discarding}


def test_newest_import_comes_first(seeded):
    first, second = incoming("a", "refused"), incoming("b", "refused")
    assert list(BudgetImport.objects.newest_first()) == [second, first]


def test_names_are_kept_as_they_are_compared(seeded):
    alias = DepartmentAlias(name="빅데이타 담당관", department=Department.objects.first())
    mapping = ColumnMapping(label="금 액(천원)", field="current")
    for explained in (alias, mapping):
        explained.full_clean()
    assert (alias.name, mapping.label) == ("빅데이타담당관", "금액")

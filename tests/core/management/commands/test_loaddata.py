"""`loaddata` of the report's files."""

import pytest
from django.core.management import call_command

from budgets.models import BudgetFigure
from core.models import Source
from core.seeding import fixture_files
from tests.core.test_seeding import FIXTURES, REPORT, counts, seed_report

pytestmark = pytest.mark.engine


@pytest.mark.django_db(transaction=True)
def test_loaddata_reads_every_file_into_an_empty_database():
    call_command("flush", interactive=False, verbosity=0)
    call_command("loaddata", *map(str, fixture_files(FIXTURES)), verbosity=0)
    assert Source.objects.filter(slug__startswith=REPORT).count() == 10
    assert (
        BudgetFigure.objects.get(line__department__slug="data-center", line__fiscal_year=2022).current
        == 46_706_677_000
    )
    loaded = counts()
    assert seed_report().total == 0
    assert counts() == loaded

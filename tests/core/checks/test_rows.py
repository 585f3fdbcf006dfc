import pytest

from budgets.models import BudgetFigure
from core.checks.rows import blanks
from core.integrity import Level
from projects.models import Brief, Contact, Funding
from tests.slips import fingerprints, found_by

pytestmark = [pytest.mark.django_db, pytest.mark.engine]
REPORT = "digital-policy/2022-08-29"


def emptied(model, name, count, empty=None):
    keys = model.objects.exclude(**{name: empty}).order_by("pk").values_list("pk", flat=True)[:count]
    model.objects.filter(pk__in=list(keys)).update(**{name: empty})
    return found_by(blanks)


def test_the_tables_of_the_report_hold(seeded):
    assert found_by(blanks) == {}


def test_an_amount_that_one_line_alone_lacks_is_told(seeded):
    found = emptied(BudgetFigure, "committed", 1)
    assert found == {f"row.blank/{REPORT}/expenditure-2022/budgetfigure/committed": Level.WARNING}


def test_a_word_that_one_row_alone_lacks_is_told(seeded):
    assert emptied(Contact, "phone", 1, "") == {f"row.blank/{REPORT}/projects/contact/phone": Level.WARNING}


def test_what_several_rows_of_a_table_lack_was_not_forgotten(seeded):
    assert emptied(Brief, "budget", 2) == {}
    assert emptied(BudgetFigure, "committed", 9) == {}


def test_few_rows_say_nothing(seeded):
    assert emptied(Funding, "printed", 1, "") == {}


def test_an_explanation_of_one_row_does_not_hide_the_next(seeded):
    emptied(Contact, "phone", 1, "")
    first = fingerprints(blanks)
    assert list(first) == list(emptied(Contact, "phone", 1, ""))
    second = fingerprints(blanks)
    assert (list(second), second == first) == (list(first), False)

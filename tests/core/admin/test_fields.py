"""How fields are typed and listed in admin."""

from types import SimpleNamespace

import pytest

from budgets.models import BudgetFigure
from core.admin.fields import LinesField, OutlineLinesField, column, is_amount, label_of
from departments.models import Department, Staffing


@pytest.mark.parametrize(
    ("field", "sent", "text"),
    [
        (LinesField, "가\r\n나 ", "가\n나"),
        (OutlineLinesField, "\n가\t나\t\r\n", "가\t나\t"),
        (OutlineLinesField, " \n ", ""),
    ],
    ids=["lines", "outline", "empty"],
)
def test_lines_are_kept_as_they_were_typed(field, sent, text):
    assert field(required=False).clean(sent) == text


@pytest.mark.parametrize(
    ("model", "name", "found"),
    [(BudgetFigure, "current", True), (BudgetFigure, "id", False), (Staffing, "authorized", False)],
)
def test_is_amount(model, name, found):
    assert is_amount(model._meta.get_field(name)) is found


def test_label_of_an_amount_leaves_the_unit_to_the_form():
    assert label_of(SimpleNamespace(verbose_name="예산현액(원)")) == "예산현액"


def test_column_shows_in_its_own_way_where_there_is_a_value():
    shown = column(Department._meta.get_field("name"), "«{}»".format)
    assert (shown.short_description, shown.admin_order_field, shown.__name__) == (
        "이름",
        "name",
        "name_shown",
    )
    assert [shown(Department(name=name)) for name in ("데이터센터", "")] == ["«데이터센터»", None]

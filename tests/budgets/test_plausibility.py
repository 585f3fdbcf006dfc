"""Amounts that are improbable beside the last report's."""

import pytest

from budgets.models import BudgetFigure, RevenueFigure
from core.copying import copy_source
from core.plausibility.held_totals import MovedTotals
from core.plausibility.rules import doubts
from tests.factories import make_member

pytestmark = pytest.mark.django_db
CLOSED = "닫힌 회계연도의 금액은 바뀌지 않으니 확인하십시오."
SHRUNK = "집행과 수납은 누계라 줄지 않으니 확인하십시오."


@pytest.fixture
def draft(seeded):
    """Copies a source of figures to the next edition's day."""

    def copied(figure):
        source = figure.source
        return copy_source(source, source.as_of.replace(month=11, day=1), make_member("관리자"))

    return copied


def test_closed_year_of_revenue_does_not_change(draft):
    figure = RevenueFigure.objects.filter(source__as_of="2022-08-29", fiscal_year=2021).first()
    row = RevenueFigure.objects.get(source=draft(figure), item=figure.item, fiscal_year=2021)
    assert doubts(row) == []
    row.current_budget += 777_000
    assert [sentence.endswith(CLOSED) for sentence in doubts(row)] == [True]


def test_budget_of_the_year_may_change(draft):
    figure = RevenueFigure.objects.filter(source__as_of="2022-08-29", fiscal_year=2022).first()
    row = RevenueFigure.objects.get(source=draft(figure), item=figure.item, fiscal_year=2022)
    row.current_budget += 777_777_000
    assert doubts(row) == []


def test_figure_that_moves_to_another_year_breaks_that_years_total(draft):
    figure = RevenueFigure.objects.filter(source__as_of="2022-08-29", fiscal_year=2022).first()
    row = RevenueFigure.objects.get(source=draft(figure), item=figure.item, fiscal_year=2022)
    row.fiscal_year = 2032
    totals = MovedTotals()
    totals.add(row)
    assert [sentence.partition(" 지난")[0] for sentence in totals.broken()] == ["2022 세입 예산현액 합계가"]


def test_execution_grows_and_does_not_shrink(draft):
    figure = BudgetFigure.objects.filter(source__as_of="2022-08-29", committed__gt=0).first()
    row = BudgetFigure.objects.get(source=draft(figure), line=figure.line)
    BudgetFigure.objects.filter(pk=row.pk).update(committed=None)
    row.committed = figure.committed + 123_456_000
    assert doubts(row) == []
    row.committed = figure.committed - 123_456_000
    assert [sentence.endswith(SHRUNK) for sentence in doubts(row)] == [True]


def test_year_that_is_far_ahead_and_amount_of_another_sign_are_doubted(draft):
    figure = RevenueFigure.objects.filter(source__as_of="2022-08-29", fiscal_year=2022).first()
    row = RevenueFigure.objects.get(source=draft(figure), item=figure.item, fiscal_year=2022)
    row.fiscal_year = 2032
    assert doubts(row) == ["회계연도 2032: 기준일(2022. 11. 1.)의 다음 해보다 뒤입니다. 해를 확인하십시오."]
    row.fiscal_year, row.current_budget = 2022, -row.current_budget
    (sentence,) = doubts(row)
    assert sentence.endswith("부호가 바뀐 것이 아닌지 확인하십시오.")

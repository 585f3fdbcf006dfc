"""Amounts are typed in the unit of their source: a table in 백만원 is not multiplied by hand."""

import pytest

from budgets.models import BudgetFigure
from core.models import Source


@pytest.fixture
def figure(seeded):
    figure = BudgetFigure.objects.filter(line__department__slug="data-center", source__fiscal_year=2022).get()
    Source.objects.filter(pk=figure.source_id).update(unit="백만원")
    return BudgetFigure.objects.get(pk=figure.pk)


def test_a_figure_is_typed_in_the_unit_of_its_source(admin_client, figure):
    response = admin_client.get(f"/admin/budgets/budgetfigure/{figure.pk}/change/")
    form = response.context["adminform"].form
    assert (form.fields["current"].unit, form.fields["current"].widget.unit_name) == (1_000_000, "백만원")
    assert 'value="46,706.677"' in response.content.decode()
    assert form.fields["current"].clean("5") == 5_000_000


def test_the_figures_of_a_source_are_typed_in_its_unit(admin_client, figure):
    response = admin_client.get(f"/admin/core/source/{figure.source_id}/change/")
    fields = [
        form.fields["current"]
        for formset in response.context["inline_admin_formsets"]
        if formset.opts.model is BudgetFigure
        for form in (*formset.formset.forms, formset.formset.empty_form)
    ]
    assert fields
    assert {(field.unit, field.widget.unit_name) for field in fields} == {(1_000_000, "백만원")}


def test_other_amounts_keep_their_own_unit(admin_client, seeded):
    figure = BudgetFigure.objects.filter(source__unit="천원, %").first()
    form = admin_client.get(f"/admin/budgets/budgetfigure/{figure.pk}/change/").context["adminform"].form
    assert (form.fields["current"].unit, form.fields["current"].widget.unit_name) == (1_000, "천원")

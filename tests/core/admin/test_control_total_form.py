"""The form of a printed total."""

import pytest
from django.forms import modelform_factory

from core.admin.control_total_form import ControlTotalForm, unit_name_of, unit_of, value_shown
from core.models import ControlTotal

Form = modelform_factory(
    ControlTotal, ControlTotalForm, fields=["source", "measure", "subject", "value", "printed"]
)


@pytest.mark.parametrize(
    ("measure", "unit"),
    [
        ("current_budget", "천원"),
        ("execution_rate", "%"),
        ("divisions", "개"),
        ("teams", "팀"),
        ("authorized", "명"),
        ("", ""),
    ],
)
def test_unit_name_of_a_measure(measure, unit):
    assert unit_name_of(measure) == unit


def test_unit_of_a_measure():
    assert (unit_of("current_budget"), unit_of("authorized")) == (1000, 1)


@pytest.mark.parametrize(
    ("measure", "value", "words"),
    [
        ("current_budget", 143_204_842_000, "143,204,842천원"),
        ("authorized", 266, "266명"),
        ("change_rate", None, "-"),
    ],
)
def test_value_shown(measure, value, words):
    assert value_shown(ControlTotal(measure=measure, value=value)) == words


def test_control_total_form_reads_an_amount_in_thousands(seeded):
    total = ControlTotal.objects.filter(measure="current_budget").first()
    form = Form(
        {"source": total.source_id, "measure": "current_budget", "subject": total.subject, "value": "5"},
        instance=total,
    )
    assert form.fields["value"].unit == 1000
    assert form.fields["value"].clean("5") == 5_000


def test_control_total_form_offers_subjects_by_name(seeded):
    html = str(Form()["subject"])
    assert 'value="data-center"' in html and "데이터센터" in html

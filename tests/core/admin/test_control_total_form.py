"""The form of a printed total."""

import pytest
from django.forms import modelform_factory

from core.admin.control_total_form import ControlTotalForm, unit_of, value_shown
from core.models import ControlTotal, Source

Form = modelform_factory(
    ControlTotal, ControlTotalForm, fields=["source", "measure", "subject", "value", "printed"]
)


@pytest.mark.parametrize(
    ("measure", "source_unit", "unit"),
    [
        ("current_budget", "", (1_000, "천원")),
        ("current_budget", "백만원", (1_000_000, "백만원")),
        ("change", "원", (1, "원")),
        ("execution_rate", "백만원", (1, "%")),
        ("divisions", "", (1, "개")),
        ("teams", "", (1, "팀")),
        ("authorized", "명", (1, "명")),
        ("", "", (1, "")),
    ],
)
def test_unit_of_a_measure(measure, source_unit, unit):
    assert unit_of(measure, Source(unit=source_unit)) == unit


@pytest.mark.parametrize(
    ("measure", "value", "words"),
    [
        ("current_budget", 143_204_842_000, "143,204,842천원"),
        ("authorized", 266, "266명"),
        ("change_rate", None, "-"),
    ],
)
def test_value_shown(measure, value, words):
    assert value_shown(ControlTotal(source=Source(), measure=measure, value=value)) == words


def test_control_total_form_reads_an_amount_in_thousands(seeded):
    total = ControlTotal.objects.filter(measure="current_budget").first()
    form = Form(
        {"source": total.source_id, "measure": "current_budget", "subject": total.subject, "value": "5"},
        instance=total,
    )
    assert form.fields["value"].unit == 1000
    assert form.fields["value"].clean("5") == 5_000


def test_control_total_form_reads_an_amount_in_the_unit_of_its_source(seeded):
    total = ControlTotal.objects.filter(measure="current_budget").first()
    Source.objects.filter(pk=total.source_id).update(unit="백만원")
    sent = {"source": total.source_id, "measure": "current_budget", "subject": "", "value": "5"}
    for form in (Form(sent), Form(instance=ControlTotal.objects.get(pk=total.pk))):
        assert (form.fields["value"].unit, form.fields["value"].widget.unit_name) == (1_000_000, "백만원")


def test_control_total_form_offers_subjects_by_name(seeded):
    html = str(Form()["subject"])
    assert 'value="데이터센터"' in html and "data-center" not in html

"""The form of a printed total: its value is an amount, a number of people or units, or a rate, as its measure says."""

from django import forms

from seoul_digital import amounts

from .amount_fields import AmountField, shown, written
from .models import ControlTotal

Measure = ControlTotal.Measure
UNIT_NAMES = {
    **dict.fromkeys((Measure.CURRENT_BUDGET, Measure.CHANGE, Measure.COMMITTED), "천원"),
    **dict.fromkeys((Measure.CHANGE_RATE, Measure.EXECUTION_RATE), "%"),
    **dict.fromkeys((Measure.BUREAUS, Measure.DIVISIONS, Measure.OFFICES, Measure.SECTIONS), "개"),
    Measure.TEAMS: "팀",
}
PEOPLE = "명"


def unit_name_of(measure):
    return UNIT_NAMES.get(measure, PEOPLE) if measure else ""


def unit_of(measure):
    return amounts.THOUSAND if unit_name_of(measure) == "천원" else 1


def value_shown(total) -> str:
    """`143,204,842천원`, `266명`, `66.9%`; `-` where a word stands."""
    if total.value is None:
        return amounts.NONE
    name = unit_name_of(total.measure)
    if name == "천원":
        return shown(total.value, amounts.THOUSAND) + name
    return written(total.value, 1) + name


class ControlTotalForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "value" not in self.fields:
            return
        measure = self.data.get(self.add_prefix("measure")) if self.is_bound else self.instance.measure
        self.fields["value"] = AmountField(
            label="값",
            unit=unit_of(measure),
            unit_name=unit_name_of(measure),
            decimals=2,
            required=False,
            help_text="금액은 천원, 비율은 %로 적고, 원문이 ‘순증’처럼 말로 적은 것은 비웁니다.",
        )

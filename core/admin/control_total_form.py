"""The form of a printed total: its value is an amount, a number of people or units, or a rate, as its measure says."""

from collections.abc import Mapping
from typing import Any

from django import forms

from seoul_digital.lib import amounts

from ..models import ControlTotal
from ..subjects import name_of, subject_names
from .amount_fields import AmountField, shown, written

Measure = ControlTotal.Measure
UNIT_NAMES = {
    **dict.fromkeys((Measure.CURRENT_BUDGET, Measure.CHANGE, Measure.COMMITTED), "천원"),
    **dict.fromkeys((Measure.CHANGE_RATE, Measure.EXECUTION_RATE), "%"),
    **dict.fromkeys((Measure.BUREAUS, Measure.DIVISIONS, Measure.OFFICES, Measure.SECTIONS), "개"),
    Measure.TEAMS: "팀",
}
PEOPLE = "명"
SUBJECT_HELP = (
    "부서나 세입 과목의 이름표입니다. 이름을 적으면 고를 수 있고, 전체의 값은 비웁니다. "
    "회계를 나누면 ‘/general’, ‘/special’을, 직종을 나누면 ‘/일반직’처럼 붙입니다."
)


class SubjectInput(forms.TextInput):
    """A slug, offered by name, with the name of what is written behind it."""

    template_name = "admin/widgets/subject.html"

    def __init__(self, names: Any, offers: bool = True) -> None:
        super().__init__({"class": "vTextField", "maxlength": 120, "autocomplete": "off"})
        self.names, self.offers = names, offers

    def get_context(self, name: str, value: Any, attrs: Any) -> Any:
        list_id = f"{name}_names" if self.offers else ""
        context = super().get_context(name, value, (attrs or {}) | ({"list": list_id} if self.offers else {}))
        return context | {
            "offered": self.names.items() if self.offers else (),
            "list_id": list_id,
            "name": name_of(value or "", self.names),
        }


def unit_name_of(measure: Any) -> Any:
    return UNIT_NAMES.get(measure, PEOPLE) if measure else ""


def unit_of(measure: Any) -> Any:
    return amounts.THOUSAND if unit_name_of(measure) == "천원" else 1


def value_shown(total: Any) -> str:
    """`143,204,842천원`, `266명`, `66.9%`; `-` where a word stands."""
    if total.value is None:
        return amounts.NONE
    name = unit_name_of(total.measure)
    if name == "천원":
        return shown(total.value, amounts.THOUSAND) + name
    return written(total.value, 1) + name


class ControlTotalForm(forms.ModelForm):
    names: Mapping[str, str] | None = (
        None  # of subjects, told once for a form of many rows; these offer no list
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "subject" in self.fields:
            is_alone = self.names is None
            self.fields["subject"].widget = SubjectInput(
                subject_names() if is_alone else self.names, is_alone
            )
            self.fields["subject"].help_text = SUBJECT_HELP if is_alone else ""
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

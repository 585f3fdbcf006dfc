"""The form of a printed total: its value is an amount, a number of people or units, or a rate, as its measure says."""

from collections.abc import Mapping
from typing import Any

from django import forms

from seoul_digital.lib import amounts
from seoul_digital.lib.money_units import THOUSANDS

from ..models import ControlTotal, Source
from ..subjects import name_of, subject_names, subject_of
from .amount_fields import AmountField, shown, written

Measure = ControlTotal.Measure
UNIT_NAMES: dict[str, str] = {
    **dict.fromkeys(ControlTotal.RATES, "%"),
    **dict.fromkeys((Measure.BUREAUS, Measure.DIVISIONS, Measure.OFFICES, Measure.SECTIONS), "개"),
    Measure.TEAMS: "팀",
}
PEOPLE = "명"
LONGEST_SUBJECT = 120
SUBJECT_HELP = (
    "부서나 세입 과목의 이름입니다. 적기 시작하면 고를 수 있고, 전체의 값은 비웁니다. "
    "회계나 직종을 나누면 ‘데이터센터 일반회계’, ‘전체 일반직’처럼 이름 뒤에 붙입니다."
)


class SubjectField(forms.CharField):
    """A subject, typed and shown as its name."""

    def __init__(self, names: Any, offers: bool, **options: Any) -> None:
        self.names = names
        super().__init__(label="대상", required=False, widget=SubjectInput(names, offers), **options)

    def prepare_value(self, value: Any) -> Any:
        return name_of(value, self.names) if value else value

    def to_python(self, value: Any) -> str:
        try:
            subject = subject_of((super().to_python(value) or "").strip(), self.names)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if len(subject) > LONGEST_SUBJECT:
            raise forms.ValidationError(f"{LONGEST_SUBJECT}자까지 적을 수 있습니다.")
        return subject


class SubjectInput(forms.TextInput):
    """The name of a subject, with a list of all of them."""

    template_name = "admin/widgets/subject.html"

    def __init__(self, names: Any, offers: bool = True) -> None:
        super().__init__({"class": "vTextField", "autocomplete": "off"})
        self.names, self.offers = names, offers

    def get_context(self, name: str, value: Any, attrs: Any) -> Any:
        list_id = f"{name}_names" if self.offers else ""
        context = super().get_context(name, value, (attrs or {}) | ({"list": list_id} if self.offers else {}))
        return context | {
            "offered": self.names.values() if self.offers else (),
            "list_id": list_id,
        }


def unit_of(measure: str | None, source: Source | None) -> tuple[int, str]:
    """What a value is written in, and its name: money in the unit of its source."""
    if measure in ControlTotal.MONEY:
        unit = source.money_unit if source else THOUSANDS
        return unit.won, unit.name
    return 1, UNIT_NAMES.get(measure, PEOPLE) if measure else ""


def value_shown(total: ControlTotal) -> str:
    """`143,204,842천원`, `266명`, `66.9%`; `-` where a word stands."""
    if total.value is None:
        return amounts.NONE
    unit, name = unit_of(total.measure, total.source)
    return (shown(total.value, unit) if total.is_money else written(total.value, 1)) + name


class ControlTotalForm(forms.ModelForm):
    names: Mapping[str, str] | None = (
        None  # of subjects, told once for a form of many rows; these offer no list
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "subject" in self.fields:
            is_alone = self.names is None
            self.fields["subject"] = SubjectField(
                subject_names() if is_alone else self.names,
                is_alone,
                help_text=SUBJECT_HELP if is_alone else "",
            )
        if "value" not in self.fields:
            return
        measure = self.data.get(self.add_prefix("measure")) if self.is_bound else self.instance.measure
        unit, unit_name = unit_of(measure, self._source())
        self.fields["value"] = AmountField(
            label="값",
            unit=unit,
            unit_name=unit_name,
            decimals=2,
            required=False,
            help_text="금액은 자료의 단위(천원, 백만원 등), 비율은 %로 적고, 원문이 ‘순증’처럼 말로 적은 것은 비웁니다.",
        )

    def _source(self) -> Source | None:
        """The source of the total, as it is in the form or stands already."""
        chosen = self.data.get(self.add_prefix("source"), "") if self.is_bound else ""
        if str(chosen).isdigit():
            return Source.objects.filter(pk=chosen).first()
        return self.instance.source if self.instance.source_id else None

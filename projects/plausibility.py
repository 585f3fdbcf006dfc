"""What is improbable of indicators, contacts, periods and budgets of projects; that an end comes before its start is refused by the models."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from core.models import NaturalKeyModel
from core.plausibility.last_report import changed_fields, label_of, last_row, slip_doubts, stored_values
from core.plausibility.rules import register_plausibility
from core.plausibility.thresholds import register_threshold
from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import postposition, with_particle
from seoul_digital.lib.money_units import MONEY_UNITS
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.tables import day

from .models import Brief, Contact, Funding, Indicator, Measurement, Milestone, Target

SERIES_JUMP = register_threshold(
    "series-jump",
    "지표 값의 단위가 다른 것으로 보는 배율",
    300,
    "배",
    "앞의 값의 이 배율을 넘거나 그 역수에 못 미치는 값은 단위를 잘못 적은 것으로 봅니다.",
)
PHONE = re.compile(r"[0-9()~,./\s-]+")
DIGITS = range(3, 13)  # of one number, an extension included


@register_plausibility("projects.target")
def due_before_the_base_date(target: Target) -> Iterator[str]:
    due = PartialDate.parse(target.due) if target.due else None
    if due and due.last() < target.source.as_of:
        yield f"목표의 기한({due.in_text()})이 자료의 기준일({day(target.source.as_of)})보다 앞섭니다."


@register_plausibility("projects.measurement")
def measured_after_the_base_date(measurement: Measurement) -> Iterator[str]:
    measured = PartialDate.parse(measurement.measured_on) if measurement.measured_on else None
    if measured and measured.first() > measurement.source.as_of:
        yield f"값의 때({measured.in_text()})가 자료의 기준일({day(measurement.source.as_of)})보다 뒤입니다."


@register_plausibility("projects.contact")
def phone_without_digits(contact: Contact) -> Iterator[str]:
    numbers = re.split(r"[~,/]", contact.phone)
    is_plausible = PHONE.fullmatch(contact.phone) and len(re.sub(r"\D", "", numbers[0])) in DIGITS
    if contact.phone and not is_plausible:
        subject = postposition(contact.phone, ("은", "는"))
        yield f"전화 ‘{contact.phone}’{subject} 전화번호로 보이지 않습니다."


@register_plausibility("projects.measurement")
def slips_of_a_measurement(measurement: Measurement) -> Iterator[str]:
    if not changed_fields(measurement, "value"):
        return
    show = _in(measurement.indicator.unit)
    yield from slip_doubts(measurement, {"value": show})
    if measurement.indicator.kind == Indicator.Kind.CUMULATIVE:
        last = last_row(measurement, "value", "measured_on")
        is_later = last and str(last.values["measured_on"]) <= measurement.measured_on
        if is_later and measurement.value < (old := last.values["value"]):
            value = f"값 {show(measurement.value)}"
            yield f"{value}: {last.says(show(old))}입니다. 누계는 줄지 않으니 확인하십시오."


@register_plausibility("projects.measurement")
def measured_before_it_was(measurement: Measurement) -> Iterator[str]:
    old = stored_values(measurement, "measured_on").get("measured_on")
    new = measurement.measured_on
    if old and new and PartialDate.parse(new).last() < PartialDate.parse(old).first():
        printed = PartialDate.parse(old).in_text()
        yield f"값의 때를 앞당깁니다: {printed} → {PartialDate.parse(new).in_text()}. 해와 달을 확인하십시오."


@register_plausibility("projects.target")
def slips_of_a_target(target: Target) -> Iterator[str]:
    if changed_fields(target, "value"):
        yield from slip_doubts(target, {"value": _in(target.indicator.unit)})
    yield from _year_doubts(target, "due")


@register_plausibility("projects.milestone")
def year_of_a_milestone(milestone: Milestone) -> Iterator[str]:
    yield from _year_doubts(milestone, "start", "end")


@register_plausibility("projects.brief")
def slips_of_a_brief(brief: Brief) -> Iterator[str]:
    yield from slip_doubts(brief, {"budget": _millions})
    yield from _year_doubts(brief, "start", "end")


@register_plausibility("projects.funding")
def slips_of_funding(funding: Funding) -> Iterator[str]:
    yield from slip_doubts(funding, {"amount": _millions})


def _year_doubts(row: NaturalKeyModel, *names: str) -> Iterator[str]:
    """A year that goes back, or on by more than the next one."""
    stored = stored_values(row, *names)
    for name in changed_fields(row, *names):
        if stored.get(name):
            old, new = PartialDate.parse(stored[name]), PartialDate.parse(getattr(row, name))
            if not 0 <= new.year - old.year <= 1:
                printed = with_particle(new.in_text(), "으로/로")
                yield f"{label_of(row, name)}: {old.in_text()}에서 {printed} 해가 바뀝니다. 해를 확인하십시오."


def _in(unit: str) -> Callable[[Decimal], str]:
    return lambda value: f"{amounts.plain(value, decimals=decimals_of(value))}{unit}"


def _millions(won: int) -> str:
    return f"{MONEY_UNITS['백만원'].text(won)}백만원"


def decimals_of(value: Decimal) -> int:
    """Of a value as people write it: 6.9 has one."""
    return max(0, -int(Decimal(value).normalize().as_tuple().exponent))

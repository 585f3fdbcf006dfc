"""What is improbable of indicators and contacts; that an end comes before its start is refused by the models."""

import re
from collections.abc import Iterator

from core.plausibility import register_plausibility
from core.thresholds import register_threshold
from seoul_digital.lib.hangul import postposition
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.tables import day

from .models import Contact, Measurement, Target

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
        yield f"목표의 기한({due.printed()})이 자료의 기준일({day(target.source.as_of)})보다 앞섭니다."


@register_plausibility("projects.measurement")
def measured_after_the_base_date(measurement: Measurement) -> Iterator[str]:
    measured = PartialDate.parse(measurement.measured_on) if measurement.measured_on else None
    if measured and measured.first() > measurement.source.as_of:
        yield f"값의 때({measured.printed()})가 자료의 기준일({day(measurement.source.as_of)})보다 뒤입니다."


@register_plausibility("projects.contact")
def phone_without_digits(contact: Contact) -> Iterator[str]:
    numbers = re.split(r"[~,/]", contact.phone)
    is_plausible = PHONE.fullmatch(contact.phone) and len(re.sub(r"\D", "", numbers[0])) in DIGITS
    if contact.phone and not is_plausible:
        subject = postposition(contact.phone, ("은", "는"))
        yield f"전화 ‘{contact.phone}’{subject} 전화번호로 보이지 않습니다."

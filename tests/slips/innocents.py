"""Changes that are no slips: nobody may be told of an error or a warning in them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from core.models import ControlTotal
from departments.models import Duty
from projects.models import Brief, Contact, Indicator, Measurement, Milestone
from seoul_digital.lib.number_notation import same_notation
from seoul_digital.lib.number_tokens import number_tokens

from .texts import WORDY, rows_of


@dataclass(frozen=True)
class Innocent:
    words: str
    make: Callable[[], None]


def save(row: Any, **values: Any) -> None:
    fresh = type(row)._base_manager.get(pk=row.pk)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.full_clean()
    fresh.save()


def rewordings() -> Iterator[Innocent]:
    """Words that say no number, put behind every text; a synonym in its place."""
    for model, names in WORDY:
        for name in names:
            for row in rows_of(model, name):
                text, limit = getattr(row, name), model._meta.get_field(name).max_length or 9_999
                longer = f"{text} 관련" if limit < 400 else f"{text}\nㅇ 관련 기관과 협의하여 추진"
                if len(longer) <= limit:
                    yield Innocent(
                        f"reworded {row}", lambda row=row, name=name, text=longer: save(row, **{name: text})
                    )


def consistent_values() -> Iterator[Innocent]:
    """A value that grew, in its statement and in its text alike."""
    for row in Measurement.objects.exclude(indicator__project=None).order_by("pk"):
        tokens = [token for token in number_tokens(row.printed) if token.value == row.value]
        brief = Brief.objects.filter(project=row.indicator.project_id).first()
        is_part = (
            row.indicator.parent_id
            or row.indicator.children.exists()
            or row.indicator.measurements.count() > 1
        )
        names = [
            name
            for name in ("overview", "achievements")
            if brief and getattr(brief, name).count(row.printed) == 1
        ]
        is_alone = (
            sum(getattr(brief, name).count(row.printed) for name in ("overview", "achievements")) == 1
            if brief
            else False
        )
        said = Milestone.objects.filter(brief=brief, title__contains=row.printed).exists()
        if len(tokens) == 1 and is_alone and not is_part and not said:
            value = row.value + max(1, int(row.value * 3 / 100))
            token = tokens[0]
            printed = row.printed[: token.start] + same_notation(token, value) + row.printed[token.end :]
            new = next(token.value for token in number_tokens(printed))
            yield Innocent(
                f"grew {row} to {printed}",
                lambda row=row, brief=brief, name=names[0], printed=printed, new=new: grow(
                    row, brief, name, printed, new
                ),
            )


def grow(row: Measurement, brief: Brief, name: str, printed: str, value: Any) -> None:
    save(row, printed=printed, value=value)
    save(brief, **{name: getattr(brief, name).replace(row.printed, printed)})


def people() -> Iterator[Innocent]:
    """Another person or phone, wherever the first one stood."""
    for names in sorted(set(Contact.objects.values_list("names", flat=True))):
        rows = list(Contact.objects.filter(names=names).order_by("pk"))
        yield Innocent(
            f"{names} left", lambda rows=rows: [save(row, names="새사람") for row in rows] and None
        )
        phone = rows[0].phone[:-2] + "09"
        yield Innocent(
            f"{names} has {phone}",
            lambda rows=rows, phone=phone: [save(row, phone=phone) for row in rows] and None,
        )


def rows() -> Iterator[Innocent]:
    """One more duty or step at the end of a list, names that become longer, orders of units that change places."""
    for duty in Duty.objects.order_by("department", "-order").all():
        if not Duty.objects.filter(
            source=duty.source, department=duty.department, order__gt=duty.order
        ).exists():
            new = {
                "source": duty.source,
                "department": duty.department,
                "order": duty.order + 1,
                "text": "새 업무의 기획과 조정",
            }
            yield Innocent(
                f"a duty of {duty.department}", lambda new=new: Duty.objects.create(**new) and None
            )
    for brief in Brief.objects.order_by("pk"):
        last = brief.milestones.filter(listing="schedule").order_by("order").last()
        new = {
            "brief": brief,
            "order": last.order + 1,
            "listing": "schedule",
            "title": "성과 평가와 개선",
            "period_printed": "’22.12.",
            "start": "2022-12",
            "end": "2022-12",
        }
        yield Innocent(f"a step of {brief}", lambda new=new: Milestone.objects.create(**new) and None)
    for indicator in Indicator.objects.order_by("pk"):
        yield Innocent(f"renamed {indicator}", lambda row=indicator: save(row, name=f"{row.name} 현황"))


def roundings() -> Iterator[Innocent]:
    """A total of many figures that is one unit off."""
    totals = ControlTotal.objects.filter(
        measure="current_budget", subject="", source__scope__in=("revenue", "expenditure")
    )
    for total in totals.order_by("pk"):
        for step in (-1_000, 1_000):
            value = int(total.value) + step
            yield Innocent(
                f"{total} {step}",
                lambda row=total, value=value: save(row, value=value, printed=f"{value // 1_000:,}"),
            )


def innocents(seed: int, count: int | None = None) -> list[Innocent]:
    found = [*rewordings(), *consistent_values(), *people(), *rows(), *roundings()]
    return found if count is None else Random(seed).sample(found, count)  # noqa: S311

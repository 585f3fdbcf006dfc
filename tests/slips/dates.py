"""Slips in dates, periods and states."""

from collections.abc import Iterator
from random import Random

from core.models import Source
from projects.models import Measurement, Milestone, Target

from . import hand
from .slip import Slip


def stated(milestone: Milestone) -> bool:
    """Whether the period stands elsewhere, too: as it is printed, which of achievements the text repeats."""
    return bool(milestone.period_printed)


def period_slips(random: Random) -> Iterator[Slip]:
    for row in Milestone.objects.select_related("brief").order_by("pk"):
        for name in ("start", "end"):
            if date := getattr(row, name):
                yield Slip("year", row, {name: hand.year_off(date, random)}, stated(row))
                yield Slip(
                    "period shifted",
                    row,
                    {name: hand.month_off(date, random.choice((-3, -1, 1, 3)))},
                    stated(row),
                )
                if (other := hand.swapped(date)) != date:
                    yield Slip("month and day swapped", row, {name: other}, stated(row))
        if row.start and row.end and row.start != row.end:
            yield Slip("start after end", row, {"start": row.end, "end": row.start})
            yield Slip(
                "period shifted",
                row,
                {"start": hand.month_off(row.start, 2), "end": hand.month_off(row.end, 2)},
                stated(row),
            )
        if row.period_printed and any(sign.isdigit() for sign in row.period_printed):
            yield Slip(
                "period shifted", row, {"period_printed": hand.another_digit(row.period_printed, random)}
            )
            yield Slip("period shifted", row, {"period_printed": ""}, row.is_achievement)


def measured_slips(random: Random) -> Iterator[Slip]:
    """A value of a day without a printed form is the report's; of a period the text has it."""
    for row in Measurement.objects.order_by("pk"):
        yield Slip("measured_on shifted", row, {"measured_on": hand.year_off(row.measured_on, random)})
        yield Slip(
            "measured_on shifted",
            row,
            {"measured_on": hand.month_off(row.measured_on, random.choice((-2, -1, 1)))},
        )
        if (other := hand.swapped(row.measured_on)) != row.measured_on:
            yield Slip("month and day swapped", row, {"measured_on": other})
        if any(sign.isdigit() for sign in row.measured_printed):
            yield Slip(
                "measured_on shifted",
                row,
                {"measured_printed": hand.another_digit(row.measured_printed, random)},
            )
    for row in Target.objects.exclude(due="").order_by("pk"):
        yield Slip("year", row, {"due": hand.year_off(row.due, random)})


def source_date_slips(random: Random) -> Iterator[Slip]:
    for source in Source.objects.order_by("pk"):
        yield Slip(
            "period shifted",
            source,
            {"as_of": source.as_of.replace(month=source.as_of.month % 12 + 1, day=25)},
        )


def status_slips(random: Random) -> Iterator[Slip]:
    for row in Milestone.objects.order_by("pk"):
        states = [state for state in Milestone.Recorded.values if state != row.recorded]
        period = row.period
        as_of = row.brief.source.as_of
        for state in states:
            against_time = bool(state and period) and (
                (state in ("done", "in_progress") and period.starts_after(as_of))
                or (state == "planned" and period.ends_before(as_of))
            )
            contradicted = against_time or bool(row.recorded_in)
            yield Slip("status flipped", row, {"recorded": state}, contradicted)
        if row.recorded_in:
            yield Slip(
                "status flipped", row, {"recorded_in": "검토중" if row.recorded != "planned" else "완료"}
            )
        other = "schedule" if row.is_achievement else "achievement"
        yield Slip("status flipped", row, {"listing": other}, row.is_achievement)

"""Changes that are no slips: nobody may be told of an error or a warning in them."""

import itertools
import re
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from django.db.models import Q

from budgets.models import BudgetFigure, BudgetLine
from core.mentions.states import State, states
from core.models import ControlTotal, Source
from departments.models import Department, Duty
from glossary.models import Definition
from projects.models import Brief, Contact, Funding, Indicator, Measurement, Milestone
from seoul_digital.lib.number_notation import same_notation
from seoul_digital.lib.number_tokens import number_tokens

from . import others
from .innocent import Innocent, save
from .slip import Report
from .texts import WORDY, rows_of


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


def respellings() -> Iterator[Innocent]:
    """The same number in another notation: 28,006대, 2만8,006대, 약 2.8만대; 8,617백만원, 86억1,700만원."""
    for text in states(Report.snapshot("")):
        if isinstance(text.row, Milestone):
            continue  # its title is repeated letter by letter
        for state in text.tokens:
            token = state.token
            number = re.match(r"[0-9,]{5,}", token.printed)
            if (
                state.state is State.BOUND
                and not token.is_date
                and number
                and token.value == spoken(number[0])
            ):
                behind = token.printed[number.end() :]
                for words in in_ten_thousands(spoken(number[0])):
                    whole = f"{text.text[: token.start]}{words}{behind}{text.text[token.end :]}"
                    yield Innocent(
                        f"{token.printed} written {words}{behind}",
                        lambda row=text.row, name=text.field, whole=whole: save(row, **{name: whole}),
                    )
    for model, name in ((Brief, "budget"), (Funding, "amount")):
        printed = "printed" if model is Funding else "budget_printed"
        for row in model._base_manager.exclude(**{name: None}).order_by("pk"):
            large, rest = divmod(getattr(row, name) // 10_000, 10_000)
            words = " ".join(filter(None, [large and f"{large}억", rest and f"{rest:,}만"])) + "원"
            yield Innocent(
                f"{row} budget written {words}",
                lambda row=row, printed=printed, words=words: save(row, **{printed: words}),
            )


def periods() -> Iterator[Innocent]:
    """The period of a step as other bureaus and earlier reports write it, and the time of a value, in its texts alike."""
    for step in Milestone.objects.filter(listing="schedule", all_year=False).order_by("pk"):
        for words in written(step.start, step.end) if step.start and step.end else ():
            yield Innocent(
                f"{step} in {words}", lambda row=step, words=words: save(row, period_printed=words)
            )
    # Of two steps another place says when: a target's due date, an overview.
    said = Q(title__startswith="12개 자치구 차세대") | Q(brief__project__slug="smart-city-leaders-forum")
    for step in Milestone.objects.filter(listing="schedule").exclude(said).order_by("pk"):
        for start, end, words in PARTS_OF_YEAR:
            values = {"start": start, "end": end, "period_printed": words, "all_year": False}
            yield Innocent(f"{step} in {words}", lambda row=step, values=values: save(row, **values))


PARTS_OF_YEAR = (
    ("2022-10", "2022-12", "’22.4/4분기"),
    ("2022-10", "2022-12", "2022년 4분기"),
    ("2022-07", "2022-12", "’22년 하반기"),
    ("2023-01", "2023-06", "2023년 상반기"),
    ("", "2022-12", "’22.4/4분기까지"),
    ("2022-10", "", "’22.4/4분기 ~"),
    ("2022-07", "2022-12", "2022년도 하반기"),
    ("2022-07", "2022-12", "’22.3/4~4/4분기"),
    ("2022-07", "2022-12", "’22.하반기 중"),
    ("2022-12", "2022-12", "’22.4/4분기말"),
    ("", "2023-06", "~’23.상반기"),
)


def written(start: str, end: str) -> Iterator[str]:
    if len(start) == len(end) == 7:
        (year, month), (last_year, last) = start.split("-"), end.split("-")
        if start == end:
            yield from (f"{year}년 {int(month)}월", f"'{year[2:]}.{month}", f"{year}.{int(month)}.")
        elif year == last_year:
            yield f"{year}년 {int(month)}월 ~ {int(last)}월"
            yield f"{year}.{month}.∼{year}.{last}."
            yield f"‘{year[2:]}.{int(month)}~{int(last)}월"
    elif len(start) == len(end) == 10 and start == end:
        year, month, day = start.split("-")
        yield from (
            f"{year}년 {int(month)}월 {int(day)}일",
            f"{year}.{month}.{day}",
            f"'{year[2:]}.{int(month)}.{int(day)}",
        )


def spoken(digits: str) -> int:
    return int(digits.replace(",", ""))


def in_ten_thousands(value: int) -> Iterator[str]:
    large, rest = divmod(value, 10_000)
    if large:
        yield f"{large:,}만{rest:,}" if rest else f"{large:,}만"
        yield f"약 {large:,}만{rest // 1_000}천" if rest >= 1_000 else f"약 {large:,}만"


def parts_and_kinds() -> Iterator[Innocent]:
    """A part that was counted for the first time; a stock that is called cumulative, as the year's end calls it."""
    for row in Measurement.objects.select_related("indicator").order_by("pk"):
        indicator = row.indicator
        if not (indicator.children.exists() or indicator.parent_id) and row.value > 3 and indicator.unit:
            yield Innocent(f"a part of {indicator}", lambda row=row: part(row))
    for indicator in Indicator.objects.filter(kind__in=("stock", "cumulative")).order_by("pk"):
        other = "cumulative" if indicator.kind == "stock" else "stock"
        yield Innocent(f"{indicator} is {other}", lambda row=indicator, other=other: save(row, kind=other))


def part(whole: Measurement) -> None:
    value, above = int(whole.value) // 2, whole.indicator
    new = Indicator.objects.create(
        slug=f"part-of-{above.pk}", name=f"{above.name} 가운데 신규", parent=above, project=above.project, unit=above.unit,
        kind=above.kind, order=above.order,
    )  # fmt: skip
    printed = f"{value:,}{above.unit}"
    Measurement.objects.create(
        source=whole.source, indicator=new, value=value, printed=printed, place=whole.place,
        measured_on=whole.measured_on, measured_printed=whole.measured_printed,
    )  # fmt: skip
    brief = Brief.objects.filter(project=above.project_id or 0).first()
    if brief:
        save(brief, achievements=f"{brief.achievements}\nㅇ 신규 {printed}")
    else:
        definition = Definition.objects.filter(
            text__contains=whole.printed.split()[0], source__as_of=whole.source.as_of
        ).first()
        save(definition, text=f"{definition.text}\n▪ 신규 {printed}")


def city_table() -> Iterator[Innocent]:
    """The city's table of all bureaus, in 백만원, with a change that is off by one; the year is the bureau's own or another."""
    bureau = Department.objects.get(slug="smart-city-bureau")
    for day, step in itertools.product(("2020-01-01", "2020-01-31"), (-1, 0, 1)):
        yield Innocent(
            f"the city's table of {day} {step}", lambda day=day, step=step: overview(bureau, day, step)
        )


def overview(bureau: Department, day: str, step: int) -> None:
    million = 1_000_000
    source = Source.objects.create(
        slug=f"city/{day}", bureau=bureau, scope="expenditure", as_of=date.fromisoformat(day), state="in_force",
        fiscal_year=2020, budget_kind="overview", unit="백만원", document="성과계획서",
    )  # fmt: skip
    line = BudgetLine.objects.create(fiscal_year=2020, department=bureau)
    BudgetFigure.objects.create(
        source=source, line=line, current=131_720 * million, previous=121_313 * million
    )
    ControlTotal.objects.create(
        source=source, measure="change", subject=bureau.slug, fiscal_year=2020,
        value=(10_407 + step) * million, printed=f"{10_407 + step:,}",
    )  # fmt: skip


def innocents(seed: int, count: int | None = None) -> list[Innocent]:
    found = [*rewordings(), *consistent_values(), *people(), *rows(), *roundings()]
    found += [*respellings(), *periods(), *parts_and_kinds(), *city_table()]
    found += [*others.city_rows(), *others.reports(), *others.moves()]
    return found if count is None else Random(seed).sample(found, count)  # noqa: S311

"""Formulas between amounts that are printed: sums, sums of what is printed below, rates of change."""

from fractions import Fraction

from core import integrity
from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import quoted, with_particle
from seoul_digital.lib.money_units import unit_of_won
from seoul_digital.lib.reported import ReportedFigure, rate_slack


def is_number(value):
    return value is not None and not isinstance(value, str)


def sum_holds(figure, **finding):
    """In the unit to which the source rounds what it prints."""
    unit = unit_of_won(figure.unit)
    printed, computed = (Fraction(value, unit.won) for value in (figure.printed, figure.computed))
    return integrity.sum_holds(printed, computed, terms=figure.terms, **finding | {"unit": unit.name})


def printed_sum_holds(figure, parts, whole, kind, **finding):
    """A printed whole against its parts as they are printed, where that is another sum than that of their amounts; a part that
    disagrees with its own is the cause."""
    numbers = [part.number for part in parts.values()]
    if not parts or not is_number(figure.printed) or None in numbers or sum(numbers) == figure.computed:
        return
    wrong = [_cause(name, part) for name, part in parts.items() if part.disagrees and part.has_gap]
    yield sum_holds(
        ReportedFigure(sum(numbers), figure.printed, len(parts), figure.unit),
        **finding
        | {
            "subject": whole,
            "formula": f"{whole} = 바로 아래 {kind} {len(parts)}개에 적힌 값의 합",
            "names": ("적힌 값", "적힌 값의 합"),
        }
        | ({"hint": " ".join(wrong)} if wrong else {}),
    )


def _cause(name, part):
    text = unit_of_won(part.unit).text
    printed, computed = (
        with_particle(text(number), pair)
        for number, pair in ((part.printed, "이/가"), (part.computed, "과/와"))
    )
    return f"원인: ‘{name}’에 적힌 {printed} 그 아래의 합 {computed} 다릅니다."


def rate_holds(printed, change, previous, *, rounded, **finding):
    """A printed rate of change; 순증 where there was nothing before. `rounded`: the unit of its amounts, and how many its part is of."""
    if printed is None or change is None:
        return
    if isinstance(printed, str):
        yield integrity.condition_holds(
            not previous and change > 0,
            **{**finding, "formula": f"{quoted(printed, '은/는')} 전년도가 0일 때만 적는다"},
        )
    else:
        rate = amounts.rate(change, previous)
        slack = rate_slack(rate, previous, *rounded)
        yield integrity.rate_holds(printed, rate, slack=slack, unit="%", **finding)

"""What a page works out of facts for a sentence: shares, sums. `computed:%={a} / {b} * 100` is found by its formula."""

from collections.abc import Iterable
from fractions import Fraction

from seoul_digital.lib.reported import ReportedFigure

from ..snapshot import Snapshot
from ..stated_facts import FormulaTerm, StatedFact, number_of, register_found_facts, stated, stated_fact
from .formula import LONGEST, FormulaError, evaluated, identities
from .text_facts import formula_words

KIND = "computed"
UNITS = ("원", "명", "%", "%p", "건", "개")


def computed_fact(formula: str, unit: str) -> str:
    """The identity of what a formula gives; empty where it is too long to be one."""
    return f"{KIND}:{unit}={formula}" if len(formula) <= LONGEST else ""


def sum_fact(facts: Iterable[str], unit: str) -> str:
    """The identity of a sum; of one fact, the fact itself. Empty where one of them is no fact."""
    found = list(facts)
    if not all(found):
        return ""
    return computed_fact(sum_formula(found), unit) if len(found) > 1 else "".join(found)


def sum_formula(facts: Iterable[str]) -> str:
    return " + ".join(f"{{{identity}}}" for identity in facts)


@register_found_facts(KIND)
def find(snapshot: Snapshot, key: str) -> StatedFact | None:
    unit, _, formula = key.partition("=")
    try:
        names = list(dict.fromkeys(identities(formula)))
    except FormulaError:
        return None
    facts = {name: fact for name in names if (fact := stated_fact(snapshot, name))}
    if not names or len(facts) < len(names) or unit not in UNITS:
        return None

    def value_of(identity: str) -> Fraction | None:
        number = number_of(facts[identity])
        return None if number is None else Fraction(number)

    value = evaluated(formula, value_of)
    if value is None:
        return None
    first = facts[names[0]]
    is_sum = formula == sum_formula(names)
    return StatedFact(
        f"{KIND}:{key}",
        f"{first.label} 등 {len(names)}개의 합" if is_sum else "계산한 값",
        **stated(ReportedFigure(value), unit),
        on=first.on,
        source=first.source,
        department=first.department if len({fact.department for fact in facts.values()}) == 1 else "",
        url=first.url,
        formula=f"{len(names)}개의 합" if is_sum else formula_words(formula, snapshot),
        terms=tuple(FormulaTerm(name) for name in names) if is_sum else (),
        parts=() if is_sum else tuple(names),
        note="이 값은 화면에서 계산한 것입니다.",
    )

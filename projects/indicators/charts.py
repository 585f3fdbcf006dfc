"""What indicators come to in a picture and in sentences: targets, parts of a whole, series over time."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from seoul_digital.lib import amounts, hangul
from seoul_digital.lib.charts import Chart, target_bars
from seoul_digital.lib.periods import PartialDate

from ..models import Target
from .tables import targets_table, value_text, with_unit
from .tree import Entry, Statement, flat

FEWEST_PARTS = 3


def targets_figures(roots: Sequence[Entry], as_of: date | None, judged_on: date | None) -> list[Chart]:
    """The indicators that have a target, how far each has come; the same rows as a table."""
    found = [entry for entry in flat(roots) if entry.target]
    aims = [target_text(entry.target, entry.indicator.unit) for entry in found if entry.target]
    if not found:
        return []
    build = partial(
        target_bars,
        [entry.indicator.name for entry in found],
        [entry.achieved for entry in found],
        [value_text(entry) if entry.latest else "값 없음" for entry in found],
        aims,
        [bool(judged_on and entry.missed_on(judged_on)) for entry in found],
    )
    return [
        Chart("targets", "목표", nearest_sentence(found), build, targets_table(found, as_of), as_of=as_of)
    ]


def nearest_sentence(found: Sequence[Entry]) -> str:
    """Name the indicator that is nearest to its target, and count those that have no value yet."""
    nearest = max(found, key=lambda entry: entry.achieved or 0)
    without = sum(entry.achieved is None for entry in found)
    name = hangul.with_particle(nearest.indicator.name, "이/가")
    first = (
        f"{name} 목표의 {hangul.with_particle(amounts.percent(nearest.achieved), '으로/로')} 가장 가깝습니다. "
        if nearest.achieved
        else ""
    )
    return first + (f"아직 값이 없는 지표가 {without}개입니다." if without else "")


def target_text(target: Target, unit: str) -> str:
    """`7,393대 (’24년)`"""
    due = f" ({PartialDate.parse(target.due).printed()})" if target.due else ""
    return with_unit(target.printed, unit) + due


def summaries(roots: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """The name of each indicator that has parts or several times, with a sentence about them."""
    for root in roots:
        if has_parts(root):
            when = "" if root.latest.when == "기준일" else f" ({root.latest.when})"
            yield root.indicator.name + when, parts_sentence(root)
        for entry in flat([root]):
            if len(entry.series) > 1:
                yield entry.indicator.name, series_sentence(entry)


def has_parts(entry: Entry) -> bool:
    """Whether it breaks down into enough parts of its own unit and time to be drawn."""
    leaves = [leaf for leaf in entry.leaves() if leaf.whole is entry and leaf.share is not None]
    units = {leaf.indicator.unit for leaf in leaves}
    return len(leaves) >= FEWEST_PARTS and leaves == entry.leaves() and units == {entry.indicator.unit}


def _with_label(label: str, statement: Statement) -> str:
    """`고정형 19,027대`; a printed form that names it already stands alone."""
    return statement.printed if label in statement.printed else f"{label} {statement.printed}"


def parts_sentence(root: Entry) -> str:
    """`28,006대 가운데 고정형 19,027대, 이동형 8,979대. 시내버스가 26.4%로 가장 많습니다.`"""
    most = max(root.leaves(), key=lambda leaf: leaf.value or 0)
    name = most.indicator.name
    largest = (
        f"{name}{hangul.postposition(name, ('이', '가'))} {amounts.percent(most.share)}로 가장 많습니다."
    )
    groups = [child for child in root.children if child.children]
    listed = ", ".join(_with_label(child.indicator.name, child.latest) for child in groups)
    return (
        f"{root.latest.printed} 가운데 {listed}. {largest}"
        if listed
        else f"{root.latest.printed} 가운데 {largest}"
    )


def series_sentence(entry: Entry) -> str:
    """`2020 26개소에서 2022 158개소로 늘었습니다. 더하면 300개소입니다.`; only what is counted by period is added up."""
    first, last = entry.series[0], entry.latest
    towards = hangul.postposition(last.printed, ("으로", "로"))
    moved = "그대로입니다"
    if last.value != first.value:
        moved = "늘었습니다" if last.value > first.value else "줄었습니다"
    sentence = f"{first.when} {first.printed}에서 {last.when} {last.printed}{towards} {moved}."
    if entry.indicator.kind == entry.indicator.Kind.FLOW:
        total = sum(statement.value for statement in entry.series)
        sentence += f" 더하면 {amounts.plain(total)}{entry.indicator.unit}입니다."
    return sentence

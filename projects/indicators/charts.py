"""Charts of a project's indicators: parts of a whole, series over time, and comparable quantities."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from seoul_digital.lib import amounts, hangul
from seoul_digital.lib.charts import Chart, measurement_line, period_bars, quantity_bars

from .comparable_groups import ComparableGroup, comparable_groups
from .tables import indicator_table
from .tree import Entry, Statement, flat

FEWEST_PARTS = 3


def indicator_figures(roots: Sequence[Entry], as_of: date) -> list[Chart]:
    """Draw parts of wholes, series and comparable groups, in the order of the indicators."""
    figures = [(root, parts_figure(root, as_of)) for root in roots if has_parts(root)]
    figures += [(entry, series_figure(entry, as_of)) for entry in flat(roots) if len(entry.series) > 1]
    figures += [(group.members[0], group_figure(group, as_of)) for group in comparable_groups(roots)]
    return [figure for _, figure in sorted(figures, key=lambda pair: pair[0].indicator.order)]


def has_parts(entry: Entry) -> bool:
    """Whether it breaks down into enough parts of its own unit and time to be drawn."""
    leaves = [leaf for leaf in entry.leaves() if leaf.whole is entry and leaf.share is not None]
    units = {leaf.indicator.unit for leaf in leaves}
    return len(leaves) >= FEWEST_PARTS and leaves == entry.leaves() and units == {entry.indicator.unit}


def _titled(name: str, statement: Statement) -> str:
    """The name with the time it speaks of, where that is not the base date."""
    return name if statement.when == "기준일" else f"{name} ({statement.when})"


def _with_label(label: str, statement: Statement) -> str:
    """`고정형 19,027대`; a printed form that names it already stands alone."""
    return statement.printed if label in statement.printed else f"{label} {statement.printed}"


def parts_figure(root: Entry, as_of: date) -> Chart:
    leaves = sorted(root.leaves(), key=lambda leaf: -(leaf.value or 0))
    groups = [child for child in root.children if child.children]
    paired = len(root.children) == 2 and groups == root.children
    names = [group.indicator.name for group in groups]
    build = partial(
        quantity_bars,
        [leaf.indicator.name for leaf in leaves],
        [leaf.value for leaf in leaves],
        [leaf.latest.printed for leaf in leaves],
        highlighted=[leaf.parent is groups[0] for leaf in leaves] if paired else (),
        legend=list(zip(("accent", "hatched"), names, strict=True)) if paired else (),
    )
    name, title = f"parts-{root.indicator.slug}", _titled(root.indicator.name, root.latest)
    table = indicator_table([("", "", [root])], as_of, name=f"table-{name}", title=title)
    unit = root.indicator.unit
    return Chart(name, title, parts_sentence(root), build, table, unit=unit, as_of=as_of)


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


def series_figure(entry: Entry, as_of: date) -> Chart:
    """Bars for years and months, a line where days are given."""
    name, statements = entry.indicator.name, entry.series
    whens = [statement.when for statement in statements]
    values = [statement.value for statement in statements]
    texts = [statement.printed for statement in statements]
    if any(statement.on.precision == "day" for statement in statements):
        days = [statement.on.first() for statement in statements]
        build = partial(measurement_line, name, days, values, texts, whens)
    else:
        build = partial(period_bars, name, whens, values, texts)
    figure = f"series-{entry.indicator.slug}"
    table = indicator_table([("", "", [entry])], as_of, name=f"table-{figure}", title=name)
    unit = entry.indicator.unit
    return Chart(figure, name, series_sentence(entry), build, table, unit=unit, as_of=as_of)


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


def group_figure(group: ComparableGroup, as_of: date) -> Chart:
    members = sorted(group.members, key=lambda member: -(member.value or 0))
    labels = [group.label(member) for member in members]
    texts = [member.latest.printed.removeprefix(label) for label, member in zip(labels, members, strict=True)]
    build = partial(quantity_bars, labels, [member.value for member in members], texts)
    name, title = f"like-{group.members[0].indicator.slug}", _titled(group.title, members[0].latest)
    summary = (
        ", ".join(_with_label(label, member.latest) for label, member in zip(labels, members, strict=True))
        + "입니다."
    )
    table = indicator_table([("", "", group.members)], as_of, name=f"table-{name}", title=title)
    return Chart(name, title, summary, build, table, unit=members[0].indicator.unit, as_of=as_of)

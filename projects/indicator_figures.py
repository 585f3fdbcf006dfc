"""Charts of a project's indicators: parts of a whole, series over time, and families of like quantities."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from seoul_digital.lib import amounts, hangul
from seoul_digital.lib.charts import Chart, measurement_line, period_bars, quantity_bars

from .comparable_groups import Family, families
from .indicator_tables import indicator_table
from .indicators import Entry, Statement, flat

FEWEST_PARTS = 3


def indicator_figures(roots: Sequence[Entry], as_of: date) -> list[Chart]:
    """In the order of the indicators: what has parts, what was measured at several times, what can be compared."""
    parts = [(root, parts_figure(root, as_of)) for root in roots if has_parts(root)]
    series = [(entry, series_figure(entry, as_of)) for entry in flat(roots) if len(entry.series) > 1]
    like = [(family.members[0], family_figure(family, as_of)) for family in families(roots)]
    return [
        figure for _, figure in sorted((*parts, *series, *like), key=lambda pair: pair[0].indicator.order)
    ]


def has_parts(entry: Entry) -> bool:
    """Whether it breaks down into enough parts of its own unit and time to be drawn."""
    leaves = [leaf for leaf in entry.leaves() if leaf.whole is entry and leaf.share is not None]
    units = {leaf.indicator.unit for leaf in leaves}
    return len(leaves) >= FEWEST_PARTS and leaves == entry.leaves() and units == {entry.indicator.unit}


def _titled(name: str, statement: Statement) -> str:
    """The name with the time it speaks of, where that is not the base date."""
    return name if statement.when == "기준일" else f"{name} ({statement.when})"


def _said(label: str, statement: Statement) -> str:
    """`고정형 19,027대`; a printed form that names it already stands alone."""
    return statement.printed if label in statement.printed else f"{label} {statement.printed}"


def parts_figure(root: Entry, as_of: date) -> Chart:
    leaves = sorted(root.leaves(), key=lambda leaf: -leaf.value)
    groups = [child for child in root.children if child.children]
    paired = len(root.children) == 2 and groups == root.children
    names = [group.indicator.name for group in groups]
    build = partial(
        quantity_bars,
        [leaf.indicator.name for leaf in leaves],
        [leaf.value for leaf in leaves],
        [leaf.latest.printed for leaf in leaves],
        highlighted=[leaf.parent is groups[0] for leaf in leaves] if paired else (),
        legend=list(zip(("accent", "neutral"), names, strict=True)) if paired else (),
    )
    name, title = f"parts-{root.indicator.slug}", _titled(root.indicator.name, root.latest)
    table = indicator_table([("", "", [root])], as_of, name=f"table-{name}", title=title)
    unit = root.indicator.unit
    return Chart(name, title, parts_sentence(root), build, table, unit=unit, as_of=as_of)


def parts_sentence(root: Entry) -> str:
    """`28,006대 가운데 고정형 19,027대, 이동형 8,979대. 시내버스가 26.4%로 가장 많습니다.`"""
    most = max(root.leaves(), key=lambda leaf: leaf.value)
    name = most.indicator.name
    largest = (
        f"{name}{hangul.postposition(name, ('이', '가'))} {amounts.percent(most.share)}로 가장 많습니다."
    )
    groups = [child for child in root.children if child.children]
    listed = ", ".join(_said(child.indicator.name, child.latest) for child in groups)
    return (
        f"{root.latest.printed} 가운데 {listed}. {largest}"
        if listed
        else f"{root.latest.printed} 가운데 {largest}"
    )


def series_figure(entry: Entry, as_of: date) -> Chart:
    """Bars for years and months, a line where days are given."""
    said = entry.series
    name, whens = entry.indicator.name, [one.when for one in said]
    values, texts = [one.value for one in said], [one.printed for one in said]
    if any(one.on.precision == "day" for one in said):
        build = partial(measurement_line, name, [one.on.first() for one in said], values, texts, whens)
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
    moved = (
        "늘었습니다"
        if last.value > first.value
        else "줄었습니다"
        if last.value < first.value
        else "그대로입니다"
    )
    said = f"{first.when} {first.printed}에서 {last.when} {last.printed}{towards} {moved}."
    if entry.indicator.kind == entry.indicator.Kind.FLOW:
        said += (
            f" 더하면 {amounts.plain(sum(one.value for one in entry.series))}{entry.indicator.unit}입니다."
        )
    return said


def family_figure(family: Family, as_of: date) -> Chart:
    members = sorted(family.members, key=lambda member: -member.value)
    labels = [family.label(member) for member in members]
    texts = [member.latest.printed.removeprefix(label) for label, member in zip(labels, members, strict=True)]
    build = partial(quantity_bars, labels, [member.value for member in members], texts)
    name, title = f"like-{family.members[0].indicator.slug}", _titled(family.title, members[0].latest)
    summary = (
        ", ".join(_said(label, member.latest) for label, member in zip(labels, members, strict=True))
        + "입니다."
    )
    table = indicator_table([("", "", family.members)], as_of, name=f"table-{name}", title=title)
    return Chart(name, title, summary, build, table, unit=members[0].indicator.unit, as_of=as_of)

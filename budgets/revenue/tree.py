"""Revenue (세입) as a tree of items: leaves as delivered, their sums beside what the source prints. Amounts in 원."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.utils.translation import gettext as _

from core.models import ControlTotal, Source
from core.remembered.ahead import reading, rows_of_snapshot
from core.remembered.printed_totals import totals_printed
from core.snapshot import Snapshot, cached_on_snapshot, remembered_on_snapshot
from seoul_digital.lib import amounts
from seoul_digital.lib.money_units import THOUSANDS, MoneyUnit
from seoul_digital.lib.reported import ReportedFigure, rate_slack, reported_rate

from ..models import RevenueFigure, RevenueItem

MEASURE = ControlTotal.Measure


@dataclass(frozen=True)
class Node:
    """An item with the items below it; the root is the whole."""

    slug: str
    name: str
    level: int
    current: ReportedFigure
    previous: ReportedFigure
    change: ReportedFigure
    rate: ReportedFigure
    children: tuple["Node", ...] = ()
    key: int | None = field(default=None, compare=False)  # of a leaf's figures
    previous_key: int | None = field(default=None, compare=False)

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def leaves(self) -> list["Node"]:
        return [node for node in self.walk() if not node.children]


@dataclass(frozen=True)
class Revenue:
    fiscal_year: int
    as_of: date
    root: Node
    notes: tuple[str, ...] = ()
    lost: tuple[
        RevenueFigure, ...
    ] = ()  # of items that have others below them, or that no uppermost item leads to
    unit: MoneyUnit = THOUSANDS  # of the amounts as their source gives them

    @property
    def previous_year(self) -> int:
        return self.fiscal_year - 1

    @property
    def disagreements(self) -> list[Node]:
        return [node for node in self.root.walk() if node.current.disagrees or node.previous.disagrees]


@rows_of_snapshot
def _figures(snapshot: Snapshot) -> Any:
    return RevenueFigure.objects.of(snapshot.source(Source.Scope.REVENUE))


@rows_of_snapshot
def _items(snapshot: Snapshot) -> Any:
    return RevenueItem.objects.all()


@cached_on_snapshot
@reading(_figures, _items)
def figures_and_items(snapshot: Snapshot) -> tuple[list[RevenueFigure], list[RevenueItem]]:
    """Of the source in force, the newest year first, each with its item; and all items in their order, each with the one above."""
    return _with_items(_figures(snapshot), _items(snapshot))


def _with_items(
    figures: Iterable[RevenueFigure], all_items: Iterable[RevenueItem]
) -> tuple[list[RevenueFigure], list[RevenueItem]]:
    found = list(figures)
    items = list(all_items) if found else []
    known = {item.pk: item for item in items}
    for item in items:
        item.parent = known.get(item.parent_id or 0)
    for figure in found:
        figure.item = known[figure.item_id]
    return found, items


@remembered_on_snapshot
@reading(figures_and_items, totals_printed)
def revenue(snapshot: Snapshot) -> Revenue | None:
    """The tree of the source in force, its newest fiscal year beside the one before; None without revenue."""
    source = snapshot.source(Source.Scope.REVENUE)
    rows, items = figures_and_items(snapshot)
    return _revenue_of(source, rows, items, totals_printed(snapshot, [source])) if source and rows else None


def revenues(snapshot: Snapshot, days: Sequence[date]) -> list[Revenue]:
    """The trees on those days on which there is one; three queries for any number of days."""
    sources = filter(None, (snapshot.at(on).source(Source.Scope.REVENUE) for on in days))
    known = {source.pk: source for source in sources}
    rows, items = _with_items(RevenueFigure.objects.filter(source__in=known), RevenueItem.objects.all())
    figures = defaultdict[int, list[RevenueFigure]](list)
    for row in rows:
        figures[row.source_id].append(row)
    totals = defaultdict[int, list[ControlTotal]](list)
    for total in totals_printed(snapshot, list(known.values())):
        totals[total.source_id].append(total)
    return [
        _revenue_of(source, figures[key], items, totals[key]) for key, source in known.items() if figures[key]
    ]


def _revenue_of(
    source: Source, rows: Sequence[RevenueFigure], items: list[RevenueItem], printed: Iterable[ControlTotal]
) -> Revenue:
    figures = {(row.item_id, row.fiscal_year): row for row in rows}
    year = max(fiscal_year for _, fiscal_year in figures)
    totals = {(total.subject, total.measure, total.fiscal_year): total for total in printed}
    root = _Tree(items, figures, totals, year, source.money_unit).root()
    counted = {node.slug for node in root.leaves}
    slugs = {item.pk: item.slug for item in items}
    lost = tuple(row for (item, of), row in figures.items() if of >= year - 1 and slugs[item] not in counted)
    return Revenue(
        fiscal_year=year,
        as_of=source.as_of,
        root=root,
        notes=source.note_lines,
        lost=lost,
        unit=source.money_unit,
    )


@dataclass
class _Tree:
    """Builds nodes from items, leaf amounts by (item, year) and printed totals by (slug, measure, year)."""

    items: list[RevenueItem]
    figures: Mapping[tuple[int, int], RevenueFigure]
    totals: Mapping[tuple[str, str, int], ControlTotal]
    year: int
    unit: MoneyUnit = THOUSANDS
    below: dict[int | None, list[RevenueItem]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for item in self.items:
            self.below.setdefault(item.parent_id, []).append(item)

    def root(self):
        return self.node("", _("계"), 0, self.children(None, 1), None)

    def children(self, parent, level):
        nodes = [
            self.node(item.slug, item.name, level, self.children(item.pk, level + 1), item.pk)
            for item in self.below.get(parent, [])
        ]
        return tuple(
            node
            for node in nodes
            if node.children or node.current.computed is not None or node.previous.computed is not None
        )

    def node(self, slug, name, level, children, item):
        figures = {year: None if children else self.figures.get((item, year)) for year in self.years}
        current, previous = (
            self.amount(slug, year, [getattr(child, name) for child in children], figures[year])
            for year, name in zip(self.years, ("current", "previous"), strict=True)
        )
        now, before = (cast(int | None, figure.computed) for figure in (current, previous))
        change = None if now is None or before is None else now - before
        # 순증 where there was nothing before.
        rate = amounts.change_percent(now, before) if before == 0 else amounts.change_rate(now, before)
        key, previous_key = (figure.pk if figure else None for figure in figures.values())
        return Node(
            slug,
            name,
            level,
            current,
            previous,
            ReportedFigure(change, self.printed(slug, MEASURE.CHANGE), 2 * current.terms, self.unit.won),
            reported_rate(
                rate,
                self.printed(slug, MEASURE.CHANGE_RATE),
                rate_slack(rate, before, self.unit.won, 2),
            ),
            children,
            key,
            previous_key,
        )

    def amount(self, slug, year, below, figure) -> ReportedFigure:
        """Return the sum of the amounts below, or the figure of a leaf."""
        known = [amount.computed for amount in below if amount.computed is not None]
        computed = (sum(known) if known else None) if below else figure and figure.current_budget
        terms = sum(amount.terms for amount in below) or 1
        return ReportedFigure(
            computed, self.printed(slug, MEASURE.CURRENT_BUDGET, year), terms, self.unit.won
        )

    def printed(self, slug, measure, year=None):
        total = self.totals.get((slug, measure, year or self.year))
        return total and total.figure

    @property
    def years(self):
        return self.year, self.year - 1

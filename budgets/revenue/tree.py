"""Revenue (세입) as a tree of items: leaves as delivered, their sums beside what the source prints. Amounts in 원."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from core.models import ControlTotal, Source
from core.snapshot import cached_on_snapshot
from seoul_digital.lib import agreement, amounts
from seoul_digital.lib.agreement import Agreement

from ..models import RevenueFigure, RevenueItem

MEASURE = ControlTotal.Measure
PRINTED_TO = amounts.THOUSAND
TOTAL = "계"


@dataclass(frozen=True)
class Amount:
    """A printed amount with what its leaves add up to; `stated` is None where the source prints none."""

    computed: int | None
    stated: int | None = None
    terms: int = 1
    key: int | None = field(default=None, compare=False)  # of the leaf's figure

    @property
    def shown(self) -> int | None:
        return self.computed if self.stated is None else self.stated

    @property
    def disagrees(self) -> bool:
        if self.stated is None or self.computed is None:
            return False
        return agreement.of_sum(self.stated, self.computed, self.terms, PRINTED_TO) is Agreement.DISAGREES


@dataclass(frozen=True)
class Node:
    """An item with the items below it; the root is the whole."""

    slug: str
    name: str
    level: int
    current: Amount
    previous: Amount
    change: Amount
    stated_rate: ControlTotal | None = None
    children: tuple["Node", ...] = ()

    @property
    def rate(self) -> Fraction | str | None:
        """Exact percent of the computed amounts, 순증 where there was nothing before."""
        now, before = self.current.computed, self.previous.computed
        if before == 0:
            return amounts.change_percent(now, before)
        return amounts.change_rate(now, before)

    @property
    def rate_disagrees(self) -> bool:
        stated = self.stated_rate
        if stated is None or stated.value is None or not isinstance(self.rate, Fraction):
            return False
        return agreement.of_rate(stated.value, self.rate) is Agreement.DISAGREES

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

    @property
    def previous_year(self) -> int:
        return self.fiscal_year - 1

    @property
    def disagreements(self) -> list[Node]:
        return [node for node in self.root.walk() if node.current.disagrees or node.previous.disagrees]


@cached_on_snapshot
def revenue(snapshot) -> Revenue | None:
    """The tree of the source in force, its newest fiscal year beside the one before; None without revenue."""
    source = snapshot.source(Source.Scope.REVENUE)
    figures = {(row.item_id, row.fiscal_year): row for row in RevenueFigure.objects.of(source)}
    if not figures:
        return None
    year = max(fiscal_year for _, fiscal_year in figures)
    stated = ControlTotal.objects.of(source).by_key()
    items = list(RevenueItem.objects.all())
    root = _Tree(items, figures, stated, year).root()
    counted = {node.slug for node in root.leaves}
    slugs = {item.pk: item.slug for item in items}
    lost = tuple(row for (item, of), row in figures.items() if of >= year - 1 and slugs[item] not in counted)
    return Revenue(fiscal_year=year, as_of=source.as_of, root=root, notes=source.note_lines, lost=lost)


@dataclass
class _Tree:
    """Builds nodes from items, leaf amounts by (item, year) and printed totals by (slug, measure, year)."""

    items: list[RevenueItem]
    figures: Mapping[tuple[int, int], RevenueFigure]
    stated: Mapping[tuple[str, str, int], ControlTotal]
    year: int
    below: dict[int | None, list[RevenueItem]] = field(default_factory=dict)

    def __post_init__(self):
        for item in self.items:
            self.below.setdefault(item.parent_id, []).append(item)

    def root(self):
        return self.node("", TOTAL, 0, self.children(None, 1), None)

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
        current = self.amount(slug, self.year, children, item, "current")
        previous = self.amount(slug, self.year - 1, children, item, "previous")
        change = (
            None if None in (current.computed, previous.computed) else current.computed - previous.computed
        )
        return Node(
            slug,
            name,
            level,
            current,
            previous,
            Amount(change, self.printed(slug, MEASURE.CHANGE, self.year), 2 * current.terms),
            self.stated.get((slug, MEASURE.CHANGE_RATE, self.year)),
            children,
        )

    def amount(self, slug, year, children, item, name):
        below = [getattr(child, name) for child in children]
        known = [amount.computed for amount in below if amount.computed is not None]
        figure = None if children else self.figures.get((item, year))
        computed = (sum(known) if known else None) if children else figure and figure.current_budget
        terms = sum(amount.terms for amount in below) or 1
        return Amount(computed, self.printed(slug, MEASURE.CURRENT_BUDGET, year), terms, figure and figure.pk)

    def printed(self, slug, measure, year):
        total = self.stated.get((slug, measure, year))
        return None if total is None or total.value is None else int(total.value)

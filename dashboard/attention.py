"""What needs attention on the home page, told from the figures of the date alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from seoul_digital.lib import amounts

FOREMOST = 3


@dataclass(frozen=True)
class Item:
    """A line of the list: what, the figure that shows it, one more line, and where to look."""

    title: str
    figure: str
    detail: str
    url: str
    warn: bool = False


@dataclass(frozen=True)
class Group:
    title: str
    status: str  # of the glyph before the title, '' for none
    items: Sequence[Item]

    @property
    def urgent(self) -> list[Item]:
        """What is never folded away."""
        return [item for item in self.items if item.warn]

    @property
    def quiet(self) -> list[Item]:
        return [item for item in self.items if not item.warn]


def foremost(groups: Sequence[Group]) -> list[tuple[Group, Item]]:
    """What is seen first: the gravest of each group, then the next of each."""
    ranked = [(place, group, item) for group in groups for place, item in enumerate(group.urgent)]
    ranked.sort(key=lambda rank: rank[0])  # stable: of one place the groups keep their order
    return [(group, item) for _, group, item in ranked[:FOREMOST]]


def without(groups: Sequence[Group], shown: Sequence[tuple[Group, Item]]) -> list[Group]:
    """The groups without the items that are shown already."""
    items = [item for _, item in shown]
    left = [replace(group, items=[item for item in group.items if item not in items]) for group in groups]
    return [group for group in left if group.items]


def behind_pace(summary, url_of):
    """Departments and accounts below the pace line, the farthest first."""
    return [
        Item(
            row.full_label,
            summary.rate(row).text(amounts.percent),
            _behind(summary, row),
            url_of(row),
            warn=True,
        )
        for row in summary.behind
    ]


def _behind(summary, row):
    """The gap, the rates of the department's accounts, and what is left."""
    accounts = [f"{account.label} {summary.rate(account).text(amounts.percent)}" for account in row.accounts]
    left = f"남은 예산 {amounts.won_text(row.unexecuted)}"
    return " · ".join([f"진도선 대비 {amounts.points(summary.gap(row))}%p", *accounts, left])


def disagreements(revenue, url_of):
    """Printed subtotals that are not what their leaves add up to, in the newer year first."""
    return [
        _disagreement(f"{node.name} {year}", figure, amounts.thousand, "천원", url_of(node), "아래 항목의 합")
        for node in revenue.disagreements
        for year, figure in ((revenue.fiscal_year, node.current), (revenue.previous_year, node.previous))
        if figure.disagrees
    ]


def spending_disagreements(summary, url_of):
    """Printed figures of expenditure that are not what its lines give."""
    labels = {
        "current": f"{summary.fiscal_year} 예산현액",
        "previous": f"{summary.previous_year} 최종예산",
        "change": "증감액",
        "committed": "집행액",
        "rate": "집행률",
    }
    written: dict[str, tuple[Callable[..., str], str]] = dict.fromkeys(labels, (amounts.thousand, "천원"))
    written["rate"] = amounts.percent, ""
    return [
        _disagreement(
            f"{row.full_label if row.slug else '세출 계'} {labels[name]}", figure, *written[name], url_of(row)
        )
        for row in (summary.total, *summary.rows)
        for name, figure in summary.figures(row).items()
        if figure.disagrees
    ]


def staff_disagreements(staff, url):
    """Printed counts of staff that are not what the job series add up to; `url` by the slug of a unit, '' for the whole."""
    labels = {"authorized": "정원", "headcount": "현원", "variance": "과부족"}
    return [
        _disagreement(
            f"{unit.name if unit.slug else '인력 계'} {labels.get(name, name)}",
            figure,
            amounts.plain,
            "명",
            url(unit.slug),
        )
        for unit in (staff.total, *staff.units)
        for name, figure in (*unit.figures.items(), *((name, unit.figure(name)) for name in unit.counts))
        if figure.disagrees
    ]


def _disagreement(title, figure, form, unit, url, word="계산"):
    detail = f"원문 {form(figure.printed)} ≠ {word} {form(figure.computed)}"
    gap = (
        f"{form(abs(Fraction(figure.printed) - Fraction(figure.computed)))}{unit}"
        if figure.has_gap
        else form(figure.printed)
    )
    return Item(title, gap, detail, url, warn=True)


def to_be_clarified(states, url_of):
    """Milestones whose time or outcome the report leaves open: to be looked at first, then undetermined ones."""
    asked = sorted(
        (state for state in states if state.status.warn or state.status.key == "undetermined"),
        key=lambda state: (not state.status.warn, state.brief.number, state.milestone.order),
    )
    return [
        Item(
            state.full_title,
            state.printed,
            f"사업 {state.brief.number} · {state.status.reason}",
            url_of(state),
            warn=state.status.warn,
        )
        for state in asked
    ]


def vacancies(short, url):
    """`short`: the units with fewer people than authorised, the most first."""
    return [
        Item(
            unit.name,
            unit.figure("variance").text(amounts.plain, "명"),
            f"정원 {_people(unit, 'authorized')} · 현원 {_people(unit, 'headcount')}",
            url(unit.slug),
        )
        for unit in short
    ]


def _people(unit, measure):
    return unit.figure(measure).text(amounts.plain, "명")

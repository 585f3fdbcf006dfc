"""What needs attention on the home page, told from the figures of the date alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from seoul_digital.lib import amounts


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


def behind_pace(summary, url):
    """Departments and accounts below the pace line, the farthest first."""
    return [
        Item(
            row.full_label,
            summary.rate(row).text(amounts.percent),
            _behind(summary, row),
            url,
            warn=True,
        )
        for row in summary.behind
    ]


def _behind(summary, row):
    """The gap, the rates of the department's accounts, and what is left."""
    accounts = [f"{account.label} {summary.rate(account).text(amounts.percent)}" for account in row.accounts]
    left = f"남은 예산 {amounts.thousand(row.unexecuted)}천원"
    return " · ".join([f"진도선 대비 {amounts.points(summary.gap(row))}%p", *accounts, left])


def disagreements(revenue, url):
    """Printed subtotals that are not what their leaves add up to, in the newer year first."""
    items = []
    for node in revenue.disagreements:
        for year, amount in ((revenue.fiscal_year, node.current), (revenue.previous_year, node.previous)):
            if amount.disagrees:
                gap = abs(amount.printed - amount.computed)
                detail = f"원문 {amounts.thousand(amount.printed)} ≠ 아래 항목의 합 {amounts.thousand(amount.computed)}"
                items.append(
                    Item(f"{node.name} {year}", f"{amounts.thousand(gap)}천원", detail, url, warn=True)
                )
    return items


def to_be_clarified(states, url_of):
    """Milestones whose time or outcome the report leaves open: to be looked at first, then undetermined ones."""
    asked = sorted(
        (one for one in states if one.status.warn or one.status.key == "undetermined"),
        key=lambda one: (not one.status.warn, one.brief.number, one.milestone.order),
    )
    return [
        Item(
            one.title,
            one.printed,
            f"사업 {one.brief.number} · {one.status.reason}",
            url_of(one),
            warn=one.status.warn,
        )
        for one in asked
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

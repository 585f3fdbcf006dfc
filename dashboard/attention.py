"""What needs attention on the home page, told from the figures of the date alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from budgets.expenditure.last_execution import name_of
from core.templatetags.language import join_facts
from seoul_digital.lib import amounts

FOREMOST = 3
THOUSANDS = amounts.thousand, amounts.thousand_text
FORMS = {
    "rate": (amounts.percent, amounts.percent),
    "change": (amounts.signed_thousand, amounts.thousand_text),
}


@dataclass(frozen=True)
class AttentionItem:
    """A line of the list: what, the figure that shows it, one more line, and where to look."""

    title: str
    figure: str
    detail: str
    url: str
    warn: bool = False


@dataclass(frozen=True)
class AttentionGroup:
    title: str
    status: str  # of the glyph before the title, '' for none
    items: Sequence[AttentionItem]

    @property
    def urgent(self) -> list[AttentionItem]:
        """What is never folded away."""
        return [item for item in self.items if item.warn]

    @property
    def quiet(self) -> list[AttentionItem]:
        return [item for item in self.items if not item.warn]


def foremost(groups: Sequence[AttentionGroup]) -> list[tuple[AttentionGroup, AttentionItem]]:
    """What is seen first: the gravest of each group, then the next of each."""
    ranked = [(place, group, item) for group in groups for place, item in enumerate(group.urgent)]
    ranked.sort(key=lambda rank: rank[0])  # stable: of one place the groups keep their order
    return [(group, item) for _, group, item in ranked[:FOREMOST]]


def without(
    groups: Sequence[AttentionGroup], shown: Sequence[tuple[AttentionGroup, AttentionItem]]
) -> list[AttentionGroup]:
    """The groups without the items that are shown already."""
    items = [item for _, item in shown]
    left = [replace(group, items=[item for item in group.items if item not in items]) for group in groups]
    return [group for group in left if group.items]


def behind_pace(summary, url_of):
    """Departments and accounts below the pace line, the farthest first."""
    return [
        AttentionItem(
            name_of(row),
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
    left = _("남은 예산 %(amount)s") % {"amount": amounts.won_text(row.unexecuted)}
    gap = _("진도선 대비 %(gap)s%%p") % {"gap": amounts.points(summary.gap(row))}
    return join_facts(" · ", [gap, *accounts, left])


def disagreements(revenue, url_of):
    """Printed subtotals that are not what their leaves add up to, in the newer year first."""
    return [
        _disagreement(f"{node.name} {year}", figure, THOUSANDS, url_of(node), _("아래 항목의 합"))
        for node in revenue.disagreements
        for year, figure in ((revenue.fiscal_year, node.current), (revenue.previous_year, node.previous))
        if figure.disagrees
    ]


def spending_disagreements(summary, url_of):
    """Printed figures of expenditure that are not what its lines give."""
    labels = {
        "current": _("%(year)s 예산현액") % {"year": summary.fiscal_year},
        "previous": _("%(year)s 최종예산") % {"year": summary.previous_year},
        "change": _("증감액"),
        "committed": _("집행액"),
        "rate": _("집행률"),
    }
    return [
        _disagreement(
            join_facts(" ", [name_of(row) if row.slug else _("세출 계"), labels[name]]),
            figure,
            FORMS.get(name, THOUSANDS),
            url_of(row),
        )
        for row in (summary.total, *summary.rows)
        for name, figure in summary.figures(row).items()
        if figure.disagrees
    ]


def staff_disagreements(staff, url):
    """Printed counts of staff that are not what the job series add up to; `url` by the slug of a unit, '' for the whole."""
    labels = {"authorized": _("정원"), "headcount": _("현원"), "variance": _("과부족")}
    return [
        _disagreement(
            join_facts(" ", [unit.name if unit.slug else _("인력 계"), labels.get(name, name)]),
            figure,
            (
                amounts.signed if name == "variance" else amounts.plain,
                lambda count: f"{amounts.plain(count)}{pgettext('tile', '명')}",
            ),
            url(unit.slug),
        )
        for unit in (staff.total, *staff.units)
        for name, figure in (*unit.figures.items(), *((name, unit.figure(name)) for name in unit.counts))
        if figure.disagrees
    ]


def _disagreement(title, figure, forms, url, word=""):
    """`forms` write a value without and with its unit: the printed and the computed one share that of their difference."""
    form, with_unit = forms
    detail = _("원문 %(printed)s ≠ %(word)s %(computed)s") % {
        "printed": form(figure.printed),
        "word": word or pgettext("figure", "계산"),
        "computed": form(figure.computed),
    }
    if figure.has_gap:
        shown = with_unit(abs(Fraction(figure.printed) - Fraction(figure.computed)))
    else:
        shown = form(figure.printed)
    return AttentionItem(title, shown, detail, url, warn=True)


def to_be_clarified(states, url_of):
    """Milestones whose time or outcome the report leaves open: to be looked at first, then undetermined ones."""
    asked = sorted(
        (state for state in states if state.status.warn or state.status.key == "undetermined"),
        key=lambda state: (not state.status.warn, state.brief.number, state.milestone.order),
    )
    return [
        AttentionItem(
            state.full_title,
            state.printed,
            _("사업 %(number)s · %(reason)s") % {"number": state.brief.number, "reason": state.status.reason},
            url_of(state),
            warn=state.status.warn,
        )
        for state in asked
    ]


def vacancies(short, url):
    """`short`: the units with fewer people than authorised, the most first."""
    return [
        AttentionItem(
            unit.name,
            _people(unit, "variance"),
            _("정원 %(authorized)s · 현원 %(headcount)s")
            % {"authorized": _people(unit, "authorized"), "headcount": _people(unit, "headcount")},
            url(unit.slug),
        )
        for unit in short
    ]


def _people(unit, measure):
    return unit.figure(measure).text(amounts.plain, pgettext("tile", "명"))

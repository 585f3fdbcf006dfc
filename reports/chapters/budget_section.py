"""What the sections of revenue and expenditure have in common."""

from django.utils.translation import gettext as _

from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import with_particle
from seoul_digital.lib.tables import Column, Row, Table

from ..comparison.changes import Kind
from ..comparison.money import MoneyChanges, MoneyLine
from ..comparison.sentences import counted, same
from ..comparison.tables import ComparedDates, figure_cells


def sentence(changes: MoneyChanges, what: str) -> str:
    """The whole, and the line of it that changed the most either way."""
    if not changes.counts.differing and changes.total.kind is Kind.SAME:
        return same()
    total = changes.total.current
    old_year, new_year = changes.years
    years = ""
    if not changes.same_year:
        text = _("%(old)s년과 %(new)s년의 예산이라 회계연도가 다릅니다.")
        years = text % {"old": old_year, "new": new_year} + " "
    if not total.difference:
        amount = amounts.won_text(total.new)
        text = _("%(what)s 예산현액의 계는 %(amount_as)s 같습니다. %(counts)s")
        values = {"what": what, "amount": amount, "amount_as": with_particle(amount, "으로/로")}
        return years + text % (values | {"counts": counted(changes.counts)})
    old, new = amounts.won_texts(total.old, total.new)
    text = _("%(what)s 예산현액은 %(old)s에서 %(new_as)s %(change)s(%(rate)s) 바뀌었습니다.")
    return years + text % {
        "what": what,
        "old": old,
        "new": new,
        "new_as": with_particle(new, "으로/로"),
        "change": amounts.won_change(total.difference),
        "rate": amounts.word(amounts.change_percent(total.new, total.old)),
    }


def shown_lines(changes: MoneyChanges) -> list[MoneyLine]:
    """Nothing, not the whole alone, where all is as it was."""
    shown = changes.shown
    return shown if any(line.kind is not Kind.SAME for line in shown) else []


def years_label(changes: MoneyChanges) -> str:
    old, new = changes.years
    years = f"{new}" if changes.same_year else f"{old} → {new}"
    return _("%(years)s 예산현액") % {"years": years}


def budget_columns(changes: MoneyChanges, dates: ComparedDates) -> list[Column]:
    return dates.columns("thousand", "signed_thousand", years_label(changes))


def printed_tables(name: str, changes: MoneyChanges, dates: ComparedDates) -> list[Table]:
    """What is printed besides the amounts of the two reports."""
    return [
        _rates_table(f"{name}-rates", changes, dates),
        _corrected_table(f"{name}-previous", changes, dates),
    ]


def _rates_table(name: str, changes: MoneyChanges, dates: ComparedDates) -> Table:
    """Rates as both reports print them, where they differ."""
    columns = [Column(_("구분")), Column(_("비율")), *map(Column, dates.labels)]
    rows = [
        Row([line.name, field.label, field.before, field.after], line.level)
        for line in changes.lines
        for field in line.printed_rates
    ]
    return dates.table(name, _("원문에 적힌 비율의 변화"), columns, rows)


def _corrected_table(name: str, changes: MoneyChanges, dates: ComparedDates) -> Table:
    """Last year's final budget, which a later report may put right."""
    title = _("%(year)s 최종예산의 변화") % {"year": changes.years[1] - 1}
    rows = [
        Row([line.name, *figure_cells(line.previous, line.kind)], line.level) for line in changes.corrected
    ]
    columns = [Column(_("구분")), *dates.columns("thousand", "signed_thousand")]
    return dates.table(name, title, columns, rows, _("천원"))

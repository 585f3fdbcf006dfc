"""What the sections of revenue and expenditure have in common."""

from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import with_particle
from seoul_digital.lib.tables import Column, Row, Table

from ..comparison.changes import Kind
from ..comparison.money import MoneyChanges, MoneyLine
from ..comparison.sentences import SAME, counted
from ..comparison.tables import ComparedDates, figure_cells


def sentence(changes: MoneyChanges, what: str) -> str:
    """The whole, and the line of it that changed the most either way."""
    if not changes.counts.differing and changes.total.kind is Kind.SAME:
        return SAME
    total = changes.total.current
    old_year, new_year = changes.years
    years = "" if changes.same_year else f"{old_year}년과 {new_year}년의 예산이라 회계연도가 다릅니다. "
    if not total.difference:
        return f"{years}{what} 예산현액의 계는 {with_particle(amounts.won_text(total.new), '으로/로')} 같습니다. {counted(changes.counts)}"
    rate = amounts.change_percent(total.new, total.old)
    old, new = amounts.won_texts(total.old, total.new)
    return f"{years}{what} 예산현액은 {old}에서 {with_particle(new, '으로/로')} {amounts.won_change(total.difference)}({rate}) 바뀌었습니다."


def shown_lines(changes: MoneyChanges) -> list[MoneyLine]:
    """Nothing, not the whole alone, where all is as it was."""
    shown = changes.shown
    return shown if any(line.kind is not Kind.SAME for line in shown) else []


def years_label(changes: MoneyChanges) -> str:
    old, new = changes.years
    return f"{new} 예산현액" if changes.same_year else f"{old} → {new} 예산현액"


def budget_columns(changes: MoneyChanges, dates: ComparedDates) -> list[Column]:
    return dates.columns("thousand", "signed_thousand", years_label(changes))


def rates_table(name: str, changes: MoneyChanges, dates: ComparedDates) -> Table:
    """Rates as both reports print them, where they differ."""
    columns = [Column("구분"), Column("비율"), *map(Column, dates.labels)]
    rows = [
        Row([line.name, field.label, field.before, field.after], line.level)
        for line in changes.lines
        for field in line.printed_rates
    ]
    return dates.table(name, "원문에 적힌 비율의 변화", columns, rows)


def corrected_table(name: str, changes: MoneyChanges, dates: ComparedDates) -> Table:
    """Last year's final budget, which a later report may put right."""
    title = f"{changes.years[1] - 1} 최종예산의 변화"
    rows = [
        Row([line.name, *figure_cells(line.previous, line.kind)], line.level) for line in changes.corrected
    ]
    columns = [Column("구분"), *dates.columns("thousand", "signed_thousand")]
    return dates.table(name, title, columns, rows, "천원")

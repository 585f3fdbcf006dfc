"""The table of the cross-tab. A total that its source prints is shown as the expenditure page shows it."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from django.utils.translation import gettext as _

from core.mentions.computed_facts import computed_fact, sum_fact, sum_formula
from core.models import ControlTotal
from core.snapshot import Snapshot
from core.templatetags.language import with_facts
from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import with_particle
from seoul_digital.lib.money_units import THOUSANDS
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.reported import ReportedFigure, reported_rate
from seoul_digital.lib.tables import Cell, Column, Row, Table, day

from .filters import DIMENSIONS
from .result import CrossTabResult, Member

MEASURES = {
    "current": ControlTotal.Measure.CURRENT_BUDGET,
    "committed": ControlTotal.Measure.COMMITTED,
    "rate": ControlTotal.Measure.EXECUTION_RATE,
}
KEPT_APART = {"department", "account"}  # of the other dimensions, what has the same name is added up


def cross_tab_table(result: CrossTabResult, snapshot: Snapshot) -> Table:
    """Totals first; of two dates each cell is the earlier figure, the later one and the difference."""
    filters = result.filters
    departments = result.later.labels["department"] if filters.rows == "department" else {}
    columns = [
        Column(filters.row_label),
        *(column for member in result.columns for column in _columns(result, member)),
    ]
    rows = [
        Row(
            [
                Cell(
                    row.label, href=snapshot.url("budgets:lines", row.key) if row.key in departments else ""
                ),
                *(cell for column in result.columns for cell in _cells(result, row, column)),
            ],
            total=row.is_total,
        )
        for row in result.rows
    ]
    rate_unit = _("%, %p") if result.has_two_dates else "%"
    return Table(
        "cross-tab",
        _("%(rows)s × %(columns)s %(measure)s")
        % {
            "rows": filters.row_label,
            "columns": filters.column_label,
            "measure": filters.measure_label,
        },
        columns,
        rows,
        unit=rate_unit if filters.is_rate else _("천원"),
        as_of=result.later.as_of,
        since=result.dates[0].as_of if result.has_two_dates else None,
        notes=list(_notes(result)),
        caption_hidden=True,
    )


def _columns(result: CrossTabResult, member: Member) -> list[Column]:
    kind, difference = ("percent", "points") if result.filters.is_rate else ("thousand", "signed_thousand")
    if not result.has_two_dates:
        return [Column(member.label, kind)]
    days = [
        PartialDate(dated.as_of.year, dated.as_of.month, dated.as_of.day).printed() for dated in result.dates
    ]
    return [*(Column(day, kind, member.label) for day in days), Column(_("차이"), difference, member.label)]


def _cells(result: CrossTabResult, row: Member, column: Member) -> list[Cell]:
    cells = [figure_cell(result, number, row, column) for number in range(len(result.dates))]
    if result.has_two_dates:
        return [*cells, Cell(difference(result, row, column))]
    pace = result.later.pace_of(result.cell(0, row, column))
    return [replace(cells[0], warn=result.filters.is_rate and amounts.is_behind(cells[0].value, pace))]


def figure_cell(result: CrossTabResult, number: int, row: Member, column: Member) -> Cell:
    """The measure on one of the dates: as printed where the source prints it, with ◆ where its parts disagree."""
    measure, dated = result.filters.measure, result.dates[number]
    computed = _value(result, number, row, column)
    subject = _subject(result, row, column)
    if subject is None:
        return Cell(computed, fact="" if computed is None else _account_fact(result, number, row, column))
    if measure not in MEASURES:
        return Cell(computed)
    fact = _fact(result, number, row, column)
    total = dated.printed.get((subject, MEASURES[measure], dated.fiscal_year))
    printed = total.figure if total else None
    unit = total.source.money_unit.won if total else THOUSANDS.won
    if result.filters.is_rate:
        return Cell.of(reported_rate(computed, printed), fact=fact)
    figure = ReportedFigure(computed, printed, 1 if "/" in subject else dated.terms(subject), unit)
    return Cell.of(figure, fact=fact)


def _fact(result: CrossTabResult, number: int, row: Member, column: Member) -> str:
    """What a cell states that is a figure of the report; of the earlier of two dates, with its day.

    An account is a figure by itself where its department has several, and a unit that became another had its own.
    """
    subject, is_earlier = _subject(result, row, column) or "", number < len(result.dates) - 1
    if is_earlier and result.successions or "/" in subject and not _has_several(result, number, row, column):
        return ""
    day = f"#{result.dates[number].as_of}" if is_earlier else ""
    return f"expenditure:{subject}/{result.filters.measure}{day}"


def _account_fact(result: CrossTabResult, number: int, row: Member, column: Member) -> str:
    """The total of an account over all departments, as the sum of what it is of each; of a rate of the sums."""
    sides = {result.filters.rows: row, result.filters.columns: column}
    account, whole = sides.get("account"), sides.get("department")
    if not (account and account.key and whole and whole.is_total) or result.is_folded or result.successions:
        return ""
    by_row = result.filters.rows == "department"
    subjects = []
    for department in (result.rows if by_row else result.columns)[1:]:
        place = (department, column) if by_row else (row, department)
        if result.cell(number, *place):
            several = _has_several(result, number, *place)
            subjects.append(f"{department.key}/{account.key}" if several else department.key)

    def facts(measure: str) -> list[str]:
        return [f"expenditure:{subject}/{measure}" for subject in subjects]

    measure = result.filters.measure
    fact = sum_fact(facts(measure), "원")
    if result.filters.is_rate:
        parts = [sum_formula(facts(each)) for each in ("committed", "current")]
        fact = computed_fact(f"({parts[0]}) / ({parts[1]}) * 100", "%")
    is_earlier = fact and number < len(result.dates) - 1
    return f"{fact}#{result.dates[number].as_of}" if is_earlier else fact


def _has_several(result: CrossTabResult, number: int, row: Member, column: Member) -> bool:
    """Whether the department of a cell has several accounts."""
    if result.filters.rows == "department":
        cells = [result.cell(number, row, other) for other in result.columns if not other.is_total]
    else:
        cells = [result.cell(number, other, column) for other in result.rows if not other.is_total]
    return sum(cell is not None for cell in cells) > 1


def _value(result: CrossTabResult, number: int, row: Member, column: Member) -> int | Fraction | None:
    cell = result.cell(number, row, column)
    return getattr(cell, result.filters.measure) if cell else None


def _subject(result: CrossTabResult, row: Member, column: Member) -> str | None:
    """As control totals name it: the whole, a department, or one of its accounts; None of what no source prints."""
    sides = {result.filters.rows: row, result.filters.columns: column}
    if any(member.key is None and not member.is_total for member in sides.values()):
        return None
    keys = {dimension: member.key for dimension, member in sides.items() if not member.is_total}
    if not keys:
        return ""
    if keys.keys() == {"department"}:
        return keys["department"]
    if keys.keys() == {"department", "account"} and keys["account"]:
        return f"{keys['department']}/{keys['account']}"
    return None


def difference(result: CrossTabResult, row: Member, column: Member) -> int | Fraction | str | None:
    """From exact values; 순증 or 순감 where there was no amount before, None where either is unknown."""
    if result.filters.is_rate:
        before, after = (_value(result, number, row, column) for number in range(2))
        return None if before is None or after is None else after - before
    before, after = amounts_of(result, row, column)
    is_nowhere = not any(result.cell(number, row, column) for number in range(2))
    if before is None or after is None or is_nowhere:
        return None
    return amounts.change_percent(after, before) if after and not before else after - before


def amounts_of(result: CrossTabResult, row: Member, column: Member) -> list[int | None]:
    """The amount on each date as it is shown; nothing is spent where there is no line."""
    return [
        figure_cell(result, number, row, column).value if result.cell(number, row, column) else 0
        for number in range(len(result.dates))
    ]


def _notes(result: CrossTabResult) -> Iterator[str]:
    filters = result.filters
    yield from dict.fromkeys(note for dated in result.dates for note in dated.notes)
    axes = {filters.rows: result.tab.rows, filters.columns: result.tab.columns}
    for dimension in (dimension for dimension, axis in axes.items() if "" in axis.keys):
        name = str(DIMENSIONS[dimension])
        yield _("※ ‘구분 없음’은 자료가 %(name_object)s 나누어 적지 않은 금액입니다.") % {
            "name": name,
            "name_object": with_particle(name, "을/를"),
        }
    if result.is_folded:
        yield _("※ 예산현액이 큰 것부터 보이고 나머지는 ‘그 밖’에 더했습니다.")
    if {filters.rows, filters.columns} - KEPT_APART:
        yield _("※ 이름이 같은 사업과 목은 부서와 상위 사업이 달라도 하나로 더했습니다.")
    if not filters.is_of_budget:
        yield from _notes_of_blanks(result)
    if result.has_two_dates:
        yield from _notes_of_two_dates(result)
    yield from _rounding_note(result)


def _notes_of_blanks(result: CrossTabResult) -> Iterator[str]:
    """Why cells of what was executed are blank."""
    cells = [cell for matrix in result.tab.matrices for row in matrix for cell in row if cell]
    blank = {cell.is_mixed for cell in cells if cell.committed is None}
    if False in blank:
        yield _("※ 집행액을 모르는 줄이 들어 있는 칸과 합계는 비워 두었습니다.")
    if True in blank:
        yield _("※ 기준일이 다른 집행액은 더하지 않고 칸과 합계를 비워 두었습니다.")
    if any(cell.is_mixed and cell.committed is not None for cell in cells):
        yield _("※ 합계에는 기준일이 다른 집행액이 더해져 있습니다.")


def _notes_of_two_dates(result: CrossTabResult) -> Iterator[str]:
    earlier, later = result.dates
    if earlier.as_of == later.as_of:
        yield _("※ 두 날 모두 %(day)s 자료입니다.") % {"day": day(later.as_of)}
    if earlier.fiscal_year != later.fiscal_year:
        years = {"earlier": earlier.fiscal_year, "later": later.fiscal_year}
        yield _("※ %(earlier)s회계연도와 %(later)s회계연도의 예산을 견주었습니다.") % years
    for dimension in (result.filters.rows, result.filters.columns):
        nameless = [dated for dated in result.dates if not dated.has_names(dimension)]
        if len(nameless) == 1:
            values = {"day": day(nameless[0].as_of), "dimension": DIMENSIONS[dimension]}
            yield _("※ %(day)s 자료에는 %(dimension)s 구분이 없습니다.") % values
    if result.successions:
        names = ", ".join(result.successions)
        yield with_facts(_("※ 이름이 바뀐 부서는 이어진 부서에 더했습니다: %(names)s."), names=names)


def _rounding_note(result: CrossTabResult) -> Iterator[str]:
    """Yield a note where a printed total differs from its parts by rounding alone."""
    if result.filters.is_rate:
        return
    row, column = result.rows[0], result.columns[0]
    for number, dated in enumerate(result.dates):
        shown, computed = figure_cell(result, number, row, column), _value(result, number, row, column)
        if computed is None or shown.computed is not None or shown.value == computed:
            continue
        sentence = (
            _("※ %(day)s %(measure)s의 합은 %(sum)s천원으로 계보다 %(size)s천원 적습니다(단수 차이).")
            if shown.value > computed
            else _("※ %(day)s %(measure)s의 합은 %(sum)s천원으로 계보다 %(size)s천원 많습니다(단수 차이).")
        )
        yield sentence % {
            "day": day(dated.as_of),
            "measure": result.filters.measure_label,
            "sum": amounts.thousand(computed),
            "size": amounts.thousand(abs(shown.value - computed)),
        }

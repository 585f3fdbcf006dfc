"""Lines of the budget that something else names, as they stand on a date: their budget and what was executed. Amounts are in 원."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from core.models import Source
from core.snapshot import Snapshot
from core.templatetags.language import name_text, with_facts
from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import quoted
from seoul_digital.lib.tables import Cell, Column, Row, Table, day

from ..models import BudgetFigure, BudgetLine
from .execution import told_earlier
from .in_force import sources_in_force
from .last_execution import fill_execution, note_of_day
from .lines import programme
from .next_year import same_lines


@dataclass(frozen=True)
class FigureSums:
    """What figures add up to; None where there are none, or a part is unknown."""

    figures: tuple[BudgetFigure, ...]

    @property
    def current(self) -> int | None:
        return sum(figure.current for figure in self.figures) if self.figures else None

    @property
    def committed(self) -> int | None:
        return self._executed("committed")

    @property
    def disbursed(self) -> int | None:
        return self._executed("disbursed")

    @property
    def rate(self) -> Fraction | None:
        return amounts.rate(self.committed, self._executed("current"))

    @property
    def unexecuted(self) -> int | None:
        """집행잔액 on the 원인행위 basis, of the budget of the day of the execution."""
        current = self._executed("current")
        return None if self.committed is None or current is None else current - self.committed

    @property
    def executed_days(self) -> list[date]:
        """The days of what deliveries of earlier days tell of the execution."""
        earlier = (figure.last_execution for figure in self.figures)
        own = {figure.source.as_of for figure in self.figures}
        return sorted({figure.source.as_of for figure in earlier if figure} - own)

    def _executed(self, name: str) -> int | None:
        values = [getattr(figure.execution, name) for figure in self.figures]
        return sum(values) if values and None not in values else None


@dataclass(frozen=True)
class LinkedLine(FigureSums):
    """A line, or a 세부사업 with the objects under it; without figures where the budget in force does not have it."""

    line: BudgetLine

    @property
    def name(self) -> str:
        parts = (programme(self.line), self.line.object_group, self.line.object_name)
        return " › ".join(filter(None, parts))


@dataclass(frozen=True)
class LinkedLines(FigureSums):
    """Lines with what they add up to; a figure that two of them name counts once."""

    lines: tuple[LinkedLine, ...]
    as_of: date | None
    linked_in: int | None = (
        None  # the earlier year whose lines are linked, where this year's are those of the same programmes
    )
    without_same: tuple[
        BudgetLine, ...
    ] = ()  # linked lines of that year of which this one has not the programme

    @property
    def days(self) -> str:
        """`2022. 9. 30. 기준, 집행액은 2022. 8. 29. 기준`"""
        executed = [_("집행액은 %(day)s 기준") % {"day": day(on)} for on in self.executed_days]
        own = [_("%(day)s 기준") % {"day": day(self.as_of)}] if self.as_of else []
        return ", ".join([*own, *executed])

    @property
    def missing(self) -> list[LinkedLine]:
        return [line for line in self.lines if not line.figures]


def linked_lines(snapshot: Snapshot, linked: Mapping[int, Sequence[BudgetLine]]) -> dict[int, LinkedLines]:
    """Under their keys, those of the lines that are of the fiscal year in force; five queries at most.

    Where all are of an earlier year, those of the same programmes.
    """
    year = snapshot.fiscal_year
    of_year = {key: [line for line in lines if line.fiscal_year == year] for key, lines in linked.items()}
    earlier = {key: _newest_before(lines, year) for key, lines in linked.items() if year and not of_year[key]}
    left = [line for lines in earlier.values() for line in lines]
    sources = sources_in_force(snapshot) if left or any(of_year.values()) else []
    same = same_lines(left, sources, year) if left and year else {}
    for key, lines in earlier.items():
        of_year[key] = list(dict.fromkeys(other for line in lines for other in same[line.pk]))
    every = [line for lines in of_year.values() for line in lines]
    figures = _figures(sources, every) if every else []
    is_unknown = any(figure.committed is None for figure in figures)
    fill_execution(figures, snapshot, told_earlier(snapshot) if is_unknown else {})
    as_of = max((source.as_of for source in sources), default=None)
    return {key: _linked(figures, lines, as_of, earlier.get(key, ()), same) for key, lines in of_year.items()}


def _newest_before(lines: Iterable[BudgetLine], year: int) -> list[BudgetLine]:
    """The lines of the newest year before."""
    known = [line for line in lines if line.fiscal_year < year]
    newest = max((line.fiscal_year for line in known), default=None)
    return [line for line in known if line.fiscal_year == newest]


def _linked(
    figures: Sequence[BudgetFigure],
    lines: Iterable[BudgetLine],
    as_of: date | None,
    earlier: Sequence[BudgetLine],
    same: Mapping[int, Sequence[BudgetLine]],
) -> LinkedLines:
    found = tuple(LinkedLine(tuple(_of_line(figures, line)), line) for line in lines)
    once = {figure.pk: figure for line in found for figure in line.figures}
    without_same = tuple(line for line in earlier if not same[line.pk])
    linked_in = earlier[0].fiscal_year if earlier else None
    return LinkedLines(tuple(once.values()), found, as_of, linked_in, without_same)


def _figures(sources: Sequence[Source], lines: Sequence[BudgetLine]) -> list[BudgetFigure]:
    """Of the lines and of what may stand for them: for a 세부사업 the lines under it, for a line under one the row that a coarser
    file has for all of it."""
    whole = Q(line__object_group="", line__object_name="")
    beyond = (
        _under(line) if _is_programme(line) else _under(line) & whole for line in lines if line.detailed
    )
    wanted = reduce(or_, beyond, Q(line__in=lines))
    figures = BudgetFigure.objects.of_newest(sources).filter(wanted)
    return list(figures.select_related("line__department").order_by("line__order", "pk"))


def _is_programme(line: BudgetLine) -> bool:
    return bool(line.detailed) and not (line.object_group or line.object_name)


def _under(line: BudgetLine) -> Q:
    """The lines of a 세부사업: of its code where both have one, else of its name."""
    same = {
        name: getattr(line, name) for name in ("fiscal_year", "department", "account_kind", "account_name")
    }
    named = Q(line__detailed=line.detailed)
    if line.detailed_code:
        named = Q(line__detailed_code=line.detailed_code) | named & Q(line__detailed_code="")
    return named & Q(**{f"line__{name}": value for name, value in same.items()})


def _of_line(figures: Iterable[BudgetFigure], line: BudgetLine) -> list[BudgetFigure]:
    """The line's own figure, else those of the objects under it or that of the whole 세부사업 above it."""
    own = [figure for figure in figures if figure.line_id == line.pk]
    if own or not line.detailed:
        return own
    if _is_programme(line):
        return [figure for figure in figures if _is_under(figure.line, line)]
    return [figure for figure in figures if _is_programme(figure.line) and _is_under(line, figure.line)]


def _is_under(line: BudgetLine, upper: BudgetLine) -> bool:
    names = ("fiscal_year", "department_id", "account_kind", "account_name")
    if any(getattr(line, name) != getattr(upper, name) for name in names):
        return False
    if line.detailed_code and upper.detailed_code:
        return line.detailed_code == upper.detailed_code
    return line.detailed == upper.detailed


def linked_table(linked: LinkedLines, url_of: Callable[[BudgetLine], str] = lambda line: "") -> Table:
    columns = [
        Column(_("예산 줄"), width="wide"),
        Column(_("부서")),
        Column(_("예산현액"), "thousand"),
        Column(_("원인행위액"), "thousand"),
        Column(_("집행률\n(원인행위)"), "percent"),
        Column(_("지출액"), "thousand"),
        Column(_("집행잔액\n(원인행위 기준)"), "thousand"),
    ]
    rows = [
        Row([Cell(line.name, href=url_of(line.line)), name_text(line.line.department), *_cells(line)])
        for line in linked.lines
    ]
    if len(rows) > 1:
        rows.insert(0, Row([_("계"), "", *_cells(linked)], total=True))
    notes = [note_of_day(on) for on in linked.executed_days]
    notes += _notes_of_links(linked)
    missing = _("※ ‘%(name)s’ 줄은 이 기준일의 예산자료에 없습니다.")
    notes += [with_facts(missing, name=line.name) for line in linked.missing]
    title, unit = _("예산 줄과 집행"), _("천원, %")
    return Table("lines", title, columns, rows, unit, linked.as_of, notes=notes, caption_hidden=True)


def _notes_of_links(linked: LinkedLines) -> Iterator[str]:
    """That links to an earlier year's lines were followed, and where that was not possible."""
    if linked.lines and linked.linked_in:
        yield _("※ %(year)s년 예산 줄에 이은 것을 코드나 이름이 같은 올해 사업으로 보입니다.") % {
            "year": linked.linked_in
        }
    unmatched = _(
        "※ %(year)s년에 이은 %(name_and)s 같은 사업을 올해 예산에서 하나로 찾지 못했습니다. 올해 줄을 이어 주십시오."
    )
    for line in linked.without_same:
        name = programme(line)
        yield with_facts(unmatched, year=linked.linked_in, name=name, name_and=quoted(name, "과/와"))


def _cells(sums: FigureSums) -> list[int | Fraction | None]:
    return [sums.current, sums.committed, sums.rate, sums.disbursed, sums.unexecuted]

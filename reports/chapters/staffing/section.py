"""What changed in the staff, in sentences and tables."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import postposition
from seoul_digital.lib.tables import Column, Row, Table

from ...comparison.changes import FigureChange, Kind
from ...comparison.section import Section
from ...comparison.sentences import SAME, counted
from ...comparison.tables import ComparedDates, figure_cells, hidden_note, succession_notes
from .changes import StaffingChanges, StaffLine

STAFF = {"authorized": "정원", "headcount": "현원", "variance": "과부족"}


def section(changes: StaffingChanges, dates: ComparedDates) -> Section:
    tables = [
        _table("staffing", "정원과 현원의 변화", STAFF, changes, dates),
        _table("series", "직종별 현원의 변화", {name: name for name in changes.series}, changes, dates),
    ]
    return Section(sentence=sentence(changes), lead=list(lead(changes)), tables=tables)


def lead(changes: StaffingChanges) -> Iterator[SafeString]:
    if changes.total.kind is Kind.SAME:
        return
    old, new = changes.total.figures["authorized"], changes.total.figures["headcount"]
    yield format_html("<span>{}, {}.</span>", _moved("정원", old, "고"), _moved("현원", new, "었습니다"))


def _moved(word: str, figure: FigureChange, ending: str) -> SafeString:
    """`정원은 208명에서 266명으로 58명 늘고`; `고` becomes `었습니다` at the end."""
    subject = f"{word}{postposition(word, ('은', '는'))}"
    if not figure.difference:
        same = "으로 같고" if ending == "고" else "으로 같습니다"
        return format_html("{} {}명{}", subject, amounts.plain(figure.new), same)
    verb = {"고": ("늘고", "줄고"), "었습니다": ("늘었습니다", "줄었습니다")}[ending][figure.difference < 0]
    numbers = map(amounts.plain, (figure.old, figure.new, abs(figure.difference)))
    return format_html('{} {}명에서 {}명으로 <span class="nb"><b>{}명</b></span> {}', subject, *numbers, verb)


def sentence(changes: StaffingChanges) -> str:
    """Where headcount rose and fell the most; who is new in the total; what the units of both dates come to."""
    if not changes.counts.differing and changes.total.kind is Kind.SAME:
        return SAME
    sentences = [_extremes(changes.of_kind(Kind.CHANGED)), *_came_and_went(changes)]
    if changes.lasting:
        line = changes.lasting.figures
        sentences.append(
            f"두 날에 모두 있는 부서만 더하면 정원 {_arrow(line['authorized'])}, 현원 {_arrow(line['headcount'])}입니다."
        )
    return " ".join(filter(None, sentences)) or counted(changes.counts)


def _arrow(figure: FigureChange) -> str:
    if not figure.difference:
        return f"{amounts.plain(figure.new)}(그대로)"
    return f"{amounts.plain(figure.old)} → {amounts.plain(figure.new)}({amounts.signed(figure.difference)})"


def _extremes(lines: Sequence[StaffLine]) -> str:
    known = {line.name: difference for line in lines if (difference := line.figures["headcount"].difference)}
    rise, fall = max(known.values(), default=0), min(known.values(), default=0)
    parts = [
        f"현원이 가장 많이 {verb} 곳은 {', '.join(name for name, change in known.items() if change == most)}({amounts.signed(most)}명)"
        for most, verb, is_found in ((rise, "는", rise > 0), (fall, "준", fall < 0))
        if is_found
    ]
    return "이고, ".join(parts) + "입니다." if parts else ""


def _came_and_went(changes: StaffingChanges) -> Iterable[str]:
    for kind, side, words in (
        (Kind.ADDED, "new", "뒤 날의 계에는 앞 날에 없던"),
        (Kind.REMOVED, "old", "앞 날의 계에는 뒤 날에 없는"),
    ):
        units = []
        for line in changes.of_kind(kind):
            counts = (getattr(line.figures[key], side) for key in ("authorized", "headcount"))
            units.append("{}(정원 {}, 현원 {})".format(line.name, *map(amounts.plain, counts)))
        if units:
            yield f"{words} {', '.join(units)}{postposition(changes.of_kind(kind)[-1].name, ('이', '가'))} 들어 있습니다."


def _table(
    name: str, title: str, measures: dict[str, str], changes: StaffingChanges, dates: ComparedDates
) -> Table:
    columns = [
        Column("구분"),
        *(column for word in measures.values() for column in dates.columns("count", "signed", word)),
    ]
    rows = [_row(changes.total, measures, total=True)]
    rows += [_row(changes.lasting, measures)] if changes.lasting else []
    rows += [_row(line, measures) for line in changes.shown]
    shown = rows if changes.total.kind is not Kind.SAME or changes.shown else []
    notes = [
        *succession_notes(line.match for line in changes.shown),
        hidden_note(changes.counts.same, "부서", "곳"),
    ]
    return dates.table(name, title, columns, shown, "명", notes)


def _row(line: StaffLine, measures: Iterable[str], total: bool = False) -> Row:
    cells = [cell for key in measures for cell in figure_cells(line.figures[key], line.kind)]
    return Row([line.name, *cells], total=total)

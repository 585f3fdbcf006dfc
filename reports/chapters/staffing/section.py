"""What changed in the staff, in sentences and tables."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.templatetags.language import join_facts, with_facts
from departments.staffing_change import arrow
from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import postposition
from seoul_digital.lib.language.sentences import linked_number, sentence_html
from seoul_digital.lib.tables import Column, Row, Table

from ...comparison.changes import FigureChange, Kind
from ...comparison.section import Section
from ...comparison.sentences import counted, same
from ...comparison.tables import ComparedDates, figure_cells, hidden_note, succession_notes
from .changes import StaffingChanges, StaffLine


def section(changes: StaffingChanges, dates: ComparedDates) -> Section:
    staff = {"authorized": _("정원"), "headcount": _("현원"), "variance": _("과부족")}
    tables = [
        _table("staffing", _("정원과 현원의 변화"), staff, changes, dates),
        _table("series", _("직종별 현원의 변화"), {name: name for name in changes.series}, changes, dates),
    ]
    return Section(sentence=sentence(changes), lead=list(lead(changes)), tables=tables)


def lead(changes: StaffingChanges) -> Iterator[SafeString]:
    if changes.total.kind is Kind.SAME:
        return
    old, new = changes.total.figures["authorized"], changes.total.figures["headcount"]
    posts = {
        "same": _("정원은 {new}명으로 같고"),
        "up": _('정원은 {old}명에서 {new}명으로 <span class="nb"><b>{change}명</b></span> 늘고'),
        "down": _('정원은 {old}명에서 {new}명으로 <span class="nb"><b>{change}명</b></span> 줄고'),
    }
    staff = {
        "same": _("현원은 {new}명으로 같습니다"),
        "up": _('현원은 {old}명에서 {new}명으로 <span class="nb"><b>{change}명</b></span> 늘었습니다'),
        "down": _('현원은 {old}명에서 {new}명으로 <span class="nb"><b>{change}명</b></span> 줄었습니다'),
    }
    yield sentence_html("<span>{posts}, {staff}.</span>", posts=_moved(posts, old), staff=_moved(staff, new))


def _moved(texts: dict[str, str], figure: FigureChange) -> SafeString:
    """`정원은 208명에서 266명으로 58명 늘고`"""
    way = "same" if not figure.difference else "down" if figure.difference < 0 else "up"
    change = linked_number(amounts.plain(abs(figure.difference or 0)), figure.changed_fact)
    old, new = _sides(figure)
    return sentence_html(texts[way], old=old, new=new, change=change)


def _sides(figure: FigureChange) -> tuple[str, str]:
    """The figure on either date, each leading to the sheet of its day."""
    shown = (amounts.plain(figure.old), amounts.plain(figure.new))
    old, new = (linked_number(text, fact) for text, fact in zip(shown, figure.facts, strict=True))
    return old, new


def sentence(changes: StaffingChanges) -> str:
    """Where headcount rose and fell the most; who is new in the total; what the units of both dates come to."""
    if not changes.counts.differing and changes.total.kind is Kind.SAME:
        return same()
    sentences = [_extremes(changes.of_kind(Kind.CHANGED)), *_came_and_went(changes)]
    if changes.lasting:
        line = changes.lasting.figures
        text = _("두 날에 모두 있는 부서만 더하면 정원 %(posts)s, 현원 %(staff)s입니다.")
        posts, staff = (_arrow(line[key]) for key in ("authorized", "headcount"))
        sentences.append(with_facts(text, posts=posts, staff=staff))
    return join_facts(" ", list(filter(None, sentences))) or counted(changes.counts)


def _arrow(figure: FigureChange) -> str:
    """`199 → 211(+12)`, where both are known."""
    if not figure.difference:
        return arrow(figure.old, figure.new)
    old, new = _sides(figure)
    change = linked_number(amounts.signed(figure.difference), figure.changed_fact)
    return join_facts("", [join_facts(" → ", [old, new]), join_facts("", ["(", change, ")"])])


def _extremes(lines: Sequence[StaffLine]) -> str:
    known = {line.name: difference for line in lines if (difference := line.figures["headcount"].difference)}
    rise, fall = max(known.values(), default=0), min(known.values(), default=0)
    ups, downs = (
        ", ".join(name for name, change in known.items() if change == most) for most in (rise, fall)
    )
    if rise > 0 and fall < 0:
        text = _(
            "현원이 가장 많이 늘어난 곳은 %(ups)s(%(rise)s명)이고, 현원이 가장 많이 줄어든 곳은 %(downs)s(%(fall)s명)입니다."
        )
    elif rise > 0:
        text = _("현원이 가장 많이 늘어난 곳은 %(ups)s(%(rise)s명)입니다.")
    elif fall < 0:
        text = _("현원이 가장 많이 줄어든 곳은 %(downs)s(%(fall)s명)입니다.")
    else:
        return ""
    changed = [line.figures["headcount"] for line in lines]
    rise_text, fall_text = (
        linked_number(amounts.signed(most), found[0].changed_fact if len(found) == 1 else "")
        for most in (rise, fall)
        for found in [[figure for figure in changed if figure.difference == most]]
    )
    return with_facts(text, ups=ups, rise=rise_text, downs=downs, fall=fall_text)


def _came_and_went(changes: StaffingChanges) -> Iterable[str]:
    for kind, side, text in (
        (Kind.ADDED, 1, _("뒤 날의 계에는 앞 날에 없던 %(units_subject)s 들어 있습니다.")),
        (Kind.REMOVED, 0, _("앞 날의 계에는 뒤 날에 없는 %(units_subject)s 들어 있습니다.")),
    ):
        units = []
        for line in changes.of_kind(kind):
            posts, staff = (_sides(line.figures[key])[side] for key in ("authorized", "headcount"))
            each = _("%(name)s(정원 %(posts)s, 현원 %(staff)s)")
            units.append(with_facts(each, name=line.name, posts=posts, staff=staff))
        if units:
            listed = join_facts(", ", units)
            particle = postposition(changes.of_kind(kind)[-1].name, ("이", "가"))
            yield with_facts(text, units=listed, units_subject=join_facts("", [listed, particle]))


def _table(
    name: str, title: str, measures: dict[str, str], changes: StaffingChanges, dates: ComparedDates
) -> Table:
    columns = [
        Column(_("구분")),
        *(
            column
            for key, word in measures.items()
            for column in dates.columns("signed" if key == "variance" else "count", "signed", word)
        ),
    ]
    rows = [_row(changes.total, measures, total=True)]
    rows += [_row(changes.lasting, measures)] if changes.lasting else []
    rows += [_row(line, measures) for line in changes.shown]
    shown = rows if changes.total.kind is not Kind.SAME or changes.shown else []
    notes = [
        *succession_notes(line.match for line in changes.shown),
        hidden_note(changes.counts.same, "부서", "곳"),
    ]
    return dates.table(name, title, columns, shown, pgettext("table", "명"), notes)


def _row(line: StaffLine, measures: Iterable[str], total: bool = False) -> Row:
    cells = [cell for key in measures for cell in figure_cells(line.figures[key], line.kind)]
    return Row([line.name if line.match else _(line.name), *cells], total=total)

"""What changed in the glossary."""

from django.utils.translation import gettext as _

from seoul_digital.lib.tables import Column, Row, Table

from ...comparison.section import DiffGroup, Section
from ...comparison.sentences import counted
from ...comparison.tables import ComparedDates, diff_table, hidden_note, nothing
from .changes import GlossaryChanges
from .data import TermRow


def section(changes: GlossaryChanges, dates: ComparedDates) -> Section:
    texts = [(change.term.heading, change.text) for change in changes.shown]
    return Section(
        sentence=counted(changes.counts),
        tables=[_table(changes, dates)],
        files=[diff_table("term-texts", _("달라진 뜻풀이"), _("용어"), texts, dates)],
        diffs=[
            DiffGroup(change.term.heading, [change.text], change.kind.word)
            for change in changes.shown
            if change.text
        ],
    )


def _table(changes: GlossaryChanges, dates: ComparedDates) -> Table:
    columns = [Column(_("용어")), Column(_("변화")), *map(Column, (*dates.labels, _("글의 줄")))]
    rows = [
        Row(
            [
                *(change.term.heading, change.kind.word, _heading(change.before), _heading(change.after)),
                _("%(count)s줄") % {"count": len(change.text.differing)},
            ]
        )
        for change in changes.shown
    ]
    notes = [hidden_note(changes.counts.same, "용어", "개")]
    return dates.table("terms", _("달라진 용어"), columns, rows, notes=notes)


def _heading(term: TermRow | None) -> str:
    if term is None:
        return nothing()
    return f"{term.heading} ({term.page_printed})" if term.page_printed else term.heading

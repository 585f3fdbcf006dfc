"""What changed in the glossary."""

from seoul_digital.lib.tables import Column, Row, Table

from ...comparison.section import DiffGroup, Section
from ...comparison.sentences import counted
from ...comparison.tables import NOTHING, ComparedDates, diff_table, hidden_note
from .changes import GlossaryChanges
from .data import TermRow


def section(changes: GlossaryChanges, dates: ComparedDates) -> Section:
    texts = [(one.term.heading, one.text) for one in changes.shown]
    return Section(
        sentence=counted(changes.counts),
        tables=[_table(changes, dates)],
        files=[diff_table("term-texts", "달라진 뜻풀이", "용어", texts, dates)],
        diffs=[DiffGroup(one.term.heading, [one.text], one.kind.word) for one in changes.shown if one.text],
    )


def _table(changes: GlossaryChanges, dates: ComparedDates) -> Table:
    columns = [Column("용어"), Column("변화"), *map(Column, (*dates.labels, "글의 줄"))]
    rows = [
        Row(
            [
                one.term.heading,
                one.kind.word,
                *(_heading(side) for side in (one.before, one.after)),
                f"{len(one.text.differing)}줄",
            ]
        )
        for one in changes.shown
    ]
    return dates.table(
        "terms", "달라진 용어", columns, rows, notes=[hidden_note(changes.counts.same, "용어", "개")]
    )


def _heading(term: TermRow | None) -> str:
    return (
        " ".join(filter(None, [term.heading, f"({term.page_printed})" if term.page_printed else ""]))
        if term
        else NOTHING
    )

"""What changed in the organisation, in sentences and tables."""

from collections.abc import Iterator
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from seoul_digital.lib.tables import Cell, Column, Row, Table, day

from ...comparison.section import Section
from ...comparison.sentences import SAME
from ...comparison.tables import ComparedDates, field_table, hidden_note
from .changes import ABOLISHED, MERGED, MOVED, NEW, RENAMED, SPLIT, OrganisationChanges, Untold

KIND_WORDS = {
    NEW: "새로 생긴",
    ABOLISHED: "없어진",
    RENAMED: "이름을 바꾼",
    MERGED: "합친",
    SPLIT: "나눈",
    MOVED: "자리를 옮긴",
}


def section(changes: OrganisationChanges, dates: ComparedDates) -> Section:
    tables = [
        _unit_table(changes, dates),
        _number_table(changes, dates),
        field_table("unit-words", "원문에 적힌 말", changes.fields, dates),
    ]
    notes = [untold(units, dates.before, dates.after) for units in changes.untold]
    return Section(sentence=sentence(changes), lead=list(lead(changes)), tables=tables, notes=notes)


def lead(changes: OrganisationChanges) -> Iterator[SafeString]:
    found = [(words, len(changes.of_kind(kind))) for kind, words in KIND_WORDS.items()]
    parts = [(words, number) for words, number in found if number]
    if parts:
        counted = format_html_join(", ", '<span class="nb">{} 부서 <b>{}곳</b></span>', parts)
        yield format_html("<span>{}이 있습니다.</span>", counted)


def sentence(changes: OrganisationChanges) -> str:
    """Which units came, went or became others, those read and not told with how."""
    sentences = []
    for kind, words in KIND_WORDS.items():
        names = [
            f"{unit.match.name}({unit.match.note})" if unit.match.note else unit.match.name
            for unit in changes.of_kind(kind)
        ]
        if names:
            sentences.append(f"{words} 곳은 {', '.join(names)}입니다.")
    return " ".join(sentences) or (
        "부서의 이름과 자리는 그대로이고, 원문에 적힌 부서 수나 말이 달라졌습니다."
        if changes.says_otherwise
        else SAME
    )


def untold(kind: Untold, before: date, after: date) -> str:
    """Why units that only one report names are called neither new nor abolished."""
    named, other = (after, before) if kind.is_later else (before, after)
    names, what = ", ".join(kind.names), "새로 생겼는지" if kind.is_later else "없어졌는지"
    number = (
        f"수({kind.printed}개)만 적고 이름을 다 적지 않아" if kind.printed is not None else "이름을 적지 않아"
    )
    return f"※ {kind.kind_word} {len(kind.names)}개({names})는 {day(named)} 자료에만 이름이 나옵니다. {day(other)} 자료는 {kind.kind_word}의 {number} {what} 알 수 없습니다."


def _unit_table(changes: OrganisationChanges, dates: ComparedDates) -> Table:
    columns = [Column("부서"), Column("변화"), Column("종류"), Column("상위 부서"), Column("근거")]
    rows = [
        Row([unit.match.name, unit.word, unit.kind_word, unit.parents, unit.match.note])
        for unit in changes.units
    ]
    return dates.table("units", "부서의 변화", columns, rows, notes=[hidden_note(changes.same, "부서", "곳")])


def _number_table(changes: OrganisationChanges, dates: ComparedDates) -> Table:
    columns = [Column("종류"), *dates.columns("count", "signed")]
    rows = []
    for number in changes.numbers:
        figure = number.figure
        # A number that a report does not state is unknown, not none.
        sides = [
            "적히지 않음" if side is None else Cell(side, fact=fact)
            for side, fact in zip((figure.old, figure.new), figure.facts, strict=True)
        ]
        rows.append(Row([number.word, *sides, Cell(figure.difference, fact=figure.changed_fact)]))
    return dates.table("unit-numbers", "원문에 적힌 부서 수", columns, rows, "개")

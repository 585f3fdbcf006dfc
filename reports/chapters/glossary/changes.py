"""The glossary at two dates, its terms matched by slug."""

from dataclasses import dataclass
from typing import cast

from ...comparison.changes import (
    Counts,
    FieldChange,
    Kind,
    ReportPair,
    count,
    fields_that_differ,
    kind_of,
    pairs_by_key,
)
from ...comparison.text import TextDiff, diff_outlines
from .data import GlossaryData, TermRow


@dataclass(frozen=True)
class TermChange:
    kind: Kind
    before: TermRow | None
    after: TermRow | None
    fields: tuple[FieldChange, ...] = ()
    text: TextDiff = TextDiff("뜻풀이")

    @property
    def term(self) -> TermRow:
        return cast(TermRow, self.after or self.before)


@dataclass(frozen=True)
class GlossaryChanges:
    terms: tuple[TermChange, ...]

    @property
    def shown(self) -> list[TermChange]:
        return [term for term in self.terms if term.kind is not Kind.SAME]

    @property
    def counts(self) -> Counts:
        return count(term.kind for term in self.terms)


def compare(before: GlossaryData, after: GlossaryData, pair: ReportPair) -> GlossaryChanges:
    pairs = pairs_by_key(before.terms, after.terms, "slug")
    return GlossaryChanges(tuple(_term(old, new) for old, new in pairs))


def _term(old: TermRow | None, new: TermRow | None) -> TermChange:
    text = diff_outlines("뜻풀이", old.text if old else "", new.text if new else "")
    if old is None or new is None:
        return TermChange(kind_of(old, new, True), old, new, text=text)
    fields = fields_that_differ(
        [FieldChange("표제", old.heading, new.heading), FieldChange("쪽", old.page_printed, new.page_printed)]
    )
    return TermChange(kind_of(old, new, bool(fields or text)), old, new, fields, text)

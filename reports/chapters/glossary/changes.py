"""What is said in words only: duties of units, the vision, the glossary."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...comparison.changes import Counts, Field, Kind, count, fields_that_differ, kind_of, pairs_by_key
from ...comparison.text import TextDiff, diff_lines, diff_outlines
from ...comparison.units import Match, match_units
from ...report import Duties, Report, Strategy, Succession, Term


@dataclass(frozen=True)
class DutyChange:
    """Duties of a unit that came, went or were reworded; their order does not count."""

    match: Match
    diff: TextDiff

    @property
    def name(self) -> str:
        return self.match.name


@dataclass(frozen=True)
class DutyChanges:
    units: tuple[DutyChange, ...]

    @property
    def shown(self) -> list[DutyChange]:
        return [unit for unit in self.units if unit.diff]

    @property
    def counts(self) -> Counts:
        """Of duties, not of units."""
        kinds = count(line.kind for unit in self.units for line in unit.diff.lines)
        return Counts(kinds.added, kinds.removed, kinds.changed, sum(unit.diff.same for unit in self.units))


def compare_duties(
    before: Iterable[Duties], after: Iterable[Duties], successions: Iterable[Succession]
) -> DutyChanges:
    old, new = ({unit.slug: unit for unit in side} for side in (before, after))
    names = [{slug: unit.name for slug, unit in side.items()} for side in (old, new)]
    return DutyChanges(tuple(_duties(match, old, new) for match in match_units(*names, successions)))


def _duties(match: Match, old: dict[str, Duties], new: dict[str, Duties]) -> DutyChange:
    before = [text for slug in match.before for text in old[slug].texts]
    after = [text for slug in match.after for text in new[slug].texts]
    common = set(before) & set(after)
    diff = diff_lines(
        match.name,
        [text for text in before if text not in common],
        [text for text in after if text not in common],
    )
    return DutyChange(match, TextDiff(diff.label, diff.lines, len(common)))


@dataclass(frozen=True)
class VisionChanges:
    """The statement, the values and the strategies."""

    fields: tuple[Field, ...]

    @property
    def counts(self) -> Counts:
        return count(kind_of(field.before, field.after, True) for field in self.fields)


def compare_vision(before: Report, after: Report) -> VisionChanges:
    statements = [" ".join(report.vision.statement) if report.vision else "" for report in (before, after)]
    values = [", ".join(report.vision.values) if report.vision else "" for report in (before, after)]
    strategies = pairs_by_key(before.strategies, after.strategies, "slug")
    lines = [
        Field(f"추진전략 ‘{(new or old).name}’", _strategy(old), _strategy(new)) for old, new in strategies
    ]
    return VisionChanges(
        fields_that_differ([Field("정책목표", *statements), Field("핵심가치", *values), *lines])
    )


def _strategy(strategy: Strategy | None) -> str:
    """`1. 미래 스마트도시 혁신기반 구축`"""
    if strategy is None:
        return ""
    return f"{strategy.number}. {strategy.name}" if strategy.number else strategy.name


@dataclass(frozen=True)
class TermChange:
    kind: Kind
    before: Term | None
    after: Term | None
    fields: tuple[Field, ...] = ()
    text: TextDiff = TextDiff("뜻풀이")

    @property
    def term(self) -> Term:
        return self.after or self.before


@dataclass(frozen=True)
class GlossaryChanges:
    terms: tuple[TermChange, ...]

    @property
    def shown(self) -> list[TermChange]:
        return [term for term in self.terms if term.kind is not Kind.SAME]

    @property
    def counts(self) -> Counts:
        return count(term.kind for term in self.terms)


def compare_glossary(before: Sequence[Term], after: Sequence[Term]) -> GlossaryChanges:
    return GlossaryChanges(tuple(_term(old, new) for old, new in pairs_by_key(before, after, "slug")))


def _term(old: Term | None, new: Term | None) -> TermChange:
    text = diff_outlines("뜻풀이", old.text if old else "", new.text if new else "")
    if old is None or new is None:
        return TermChange(kind_of(old, new, True), old, new, text=text)
    fields = fields_that_differ(
        [Field("표제", old.heading, new.heading), Field("쪽", old.page_printed, new.page_printed)]
    )
    return TermChange(kind_of(old, new, bool(fields or text)), old, new, fields, text)

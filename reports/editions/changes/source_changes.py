"""What a draft says otherwise than what is in force, row by row: what publishing will bring, source by source."""

from dataclasses import dataclass
from typing import Any

from budgets.imports.comparison import CHANGES, Comparison
from core.copying import parts_of
from core.models import ControlTotal, Source
from core.snapshot import lineage_sources

from ..sources import BUDGET, limits_of, named

Rows = dict[tuple[Any, ...], tuple[Any, ...]]


@dataclass(frozen=True)
class SourceChanges:
    """Numbers of rows: all of the draft, and those that are new, otherwise or gone beside what is in force."""

    source: Source
    rows: int
    added: int
    changed: int
    gone: int
    is_first: bool = False

    @property
    def name(self) -> str:
        return named(self.source)

    @property
    def brought_by(self) -> str:
        return self.source.brought_by.display_name if self.source.brought_by else "명령"

    @property
    def words(self) -> str:
        """`새로 생김 2 · 바뀜 3 · 없어짐 1`"""
        if self.is_first:
            return "처음 들어오는 자료"
        found = [(self.added, "새로 생김"), (self.changed, "바뀜"), (self.gone, "없어짐")]
        return " · ".join(f"{word} {number:,}" for number, word in found if number) or "바뀌는 것 없음"


def changes_of(sources: list[Source]) -> list[SourceChanges]:
    """Of each source of one bureau; but for budget files a query a model, however many they are."""
    others = [source for source in sources if source.scope not in BUDGET]
    known = lineage_sources(others[0].bureau) if others else []
    before = {source.pk: _before(source, known) for source in others}
    rows = _rows({source.pk for source in (*others, *before.values()) if source})
    return [
        _file_changes(source)
        if source.scope in BUDGET
        else _changes(source, rows[source.pk], rows[other.pk] if (other := before[source.pk]) else None)
        for source in sources
    ]


def _file_changes(source: Source) -> SourceChanges:
    comparison = Comparison.of(source)
    rows = comparison.now.count()
    counts = {name: getattr(comparison, name).count() if rows else 0 for name in CHANGES}
    return SourceChanges(source, rows, **counts, is_first=not comparison.before)


def _before(source: Source, known: list[Source]) -> Source | None:
    same = (other for other in known if limits_of(other) == limits_of(source))
    return next((other for other in same if other.as_of <= source.as_of and other.pk != source.pk), None)


def _changes(source: Source, new: Rows, before: Rows | None) -> SourceChanges:
    old = before or {}
    changed = sum(1 for key in new.keys() & old.keys() if new[key] != old[key])
    return SourceChanges(
        source, len(new), len(new.keys() - old.keys()), changed, len(old.keys() - new.keys()), before is None
    )


def _rows(keys: set[int]) -> dict[int, Rows]:
    """By source the values of every fact by its model and its natural key without the source; printed totals are none."""
    found: dict[int, Rows] = {key: {} for key in keys}
    waiting = [(part, link) for part, link in parts_of(Source) if part is not ControlTotal] if keys else []
    while waiting:
        model, link = waiting.pop()
        names = [name for name in model.natural_key_fields if not name.endswith("source__slug")]
        values = [
            field.attname for field in model._meta.concrete_fields if field not in (model._meta.pk, link)
        ]
        path = model.source_path()
        rows = model._base_manager.filter(**{f"{path}__in": keys}).values_list(path, *names, *values)
        for source, *row in rows:
            found[source][model, *row[: len(names)]] = tuple(row[len(names) :])
        waiting += parts_of(model)
    return found

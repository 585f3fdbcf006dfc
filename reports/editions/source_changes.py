"""What a draft says otherwise than what is in force, row by row: what publishing will bring, source by source."""

from dataclasses import dataclass

from budgets.imports.comparison import CHANGES, Comparison
from core.copying import parts_of
from core.models import ControlTotal, Source
from core.snapshot import lineage_sources

from .sources import BUDGET, limits_of, named


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


def changes_of(source: Source) -> SourceChanges:
    if source.scope in BUDGET:
        comparison = Comparison.of(source)
        rows = comparison.now.count()
        counts = {name: getattr(comparison, name).count() if rows else 0 for name in CHANGES}
        return SourceChanges(source, rows, **counts, is_first=not comparison.before)
    known = (other for other in lineage_sources(source.bureau) if other.as_of <= source.as_of)
    same = (other for other in known if limits_of(other) == limits_of(source))
    before = next((other for other in same if other.pk != source.pk), None)
    old, new = _rows(before) if before else {}, _rows(source)
    changed = sum(1 for key in new.keys() & old.keys() if new[key] != old[key])
    return SourceChanges(
        source, len(new), len(new.keys() - old.keys()), changed, len(old.keys() - new.keys()), not before
    )


def _rows(source: Source) -> dict[tuple, tuple]:
    """The values of every fact by its model and its natural key without the source; printed totals are none."""
    found: dict[tuple, tuple] = {}
    waiting = [(part, link) for part, link in parts_of(Source) if part is not ControlTotal]
    while waiting:
        model, link = waiting.pop()
        keys = [name for name in model.natural_key_fields if not name.endswith("source__slug")]
        values = [
            field.attname for field in model._meta.concrete_fields if field not in (model._meta.pk, link)
        ]
        rows = model._base_manager.filter(**{model.source_path(): source}).values_list(*keys, *values)
        found |= {(model, *row[: len(keys)]): row[len(keys) :] for row in rows}
        waiting += parts_of(model)
    return found

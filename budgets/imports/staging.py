"""Lines of a file under a draft source, a few thousand a transaction, so that other writers never wait long.

Written past history on purpose: what comes in by file is history by its source. An edit to a line writes history as any other.
"""

from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from core.audit.context import acting
from core.audit.imported_rows import keep, kept_keys
from core.audit.kept_columns import KeptColumns
from core.audit.recording import record_deletions
from core.models import ChangeRecord, Source
from seoul_digital.lib.reported import ReportedFigure

from ..models import BudgetFigure, BudgetImport, BudgetLine, RevenueFigure
from . import fields
from .line_table import ACCOUNT, AMOUNTS, DEPARTMENT, KEY, LineTable
from .sandbox.line_columns import LineColumns
from .tally import Tally

ROWS_AT_ONCE = 5_000


class NewLines(NamedTuple):
    """The lines of a draft where all of them are new: the first and the last of their keys, between which there are no others, and their departments."""

    keys: tuple[int, int]
    departments: set[int]


def draft_source(incoming, options, layout, fiscal_year):
    """A source that nobody sees yet."""
    revenue = layout["kind"] == fields.REVENUE
    source = Source(
        slug=f"{incoming.bureau.slug}/{options.as_of}/file-{incoming.pk}",
        bureau=incoming.bureau,
        scope=Source.Scope.REVENUE if revenue else Source.Scope.EXPENDITURE,
        as_of=options.day,
        unit=options.unit,
        document=incoming.file_name,
        heading=layout["heading"],
        brought_by=incoming.uploader,
        fiscal_year=None if revenue else fiscal_year,
        budget_kind="" if revenue else layout["kind"],
    )
    with transaction.atomic(), acting(lambda: incoming.uploader):
        source.save()
        incoming.source = source
        incoming.save(update_fields=["source", "beat_at"])
    return source


class LineStage:
    """Takes lines and writes them as figures of the source that `make_source(year)` gives when the first are due."""

    def __init__(self, resolver, make_source):
        self.resolver, self.make_source = resolver, make_source
        self.source = None
        self.waiting = LineColumns.empty(len(KEY), len(AMOUNTS))
        self.table = LineTable()
        self.departments, self.accounts = set(), set()
        self.tally = Tally()
        self.kept: KeptColumns | None = KeptColumns()  # None where some lines were known before

    def take(self, lines):
        lines = self.resolver.keys(lines)
        self.waiting.extend(lines.rows, lines.parts, lines.amounts)
        self.departments |= set(lines.parts[DEPARTMENT])
        self.accounts |= set(zip(*lines.parts[ACCOUNT], strict=True))
        if len(self.waiting.rows) >= ROWS_AT_ONCE and not self.resolver.bureau:
            self._write()

    def leave_out_sums(self, scale):
        """Of a table by account: the row of a kind (특별회계) that its named accounts add up to is no account; returns how many there are."""
        current, lines = AMOUNTS.index("current"), list(self.waiting)
        kept = LineColumns.empty(len(KEY), len(AMOUNTS))
        for line in lines:
            kind, name = line.parts[ACCOUNT]
            named = [
                other.amounts[current]
                for other in lines
                if other.parts[ACCOUNT][0] == kind and other.parts[ACCOUNT][1]
            ]
            is_sum = kind not in {"", "general"} and not name and named
            if not is_sum or ReportedFigure(sum(named), line.amounts[current], len(named), scale).disagrees:
                kept.extend(
                    [line.row], [[part] for part in line.parts], [[amount] for amount in line.amounts]
                )
        self.waiting = kept
        return len(lines) - len(kept.rows)

    def _write(self):
        """Write the waiting lines; after the first problem nothing more is written."""
        lines, self.waiting = self.waiting, LineColumns.empty(len(KEY), len(AMOUNTS))
        if not lines.rows:
            return
        is_wanted = not (self.resolver.problems.count or self.resolver.unknown)
        if self.source is None and is_wanted:
            self.source = self.make_source(self.resolver.year)
        self.tally.add(lines.rows, lines.parts, lines.amounts)
        with transaction.atomic():
            first = self.table.add(lines)
            if is_wanted:
                self._keep(lines, self.table.write(self.source, first))

    def _keep(self, lines, keys):
        if keys is None or self.kept is None:
            self.kept = None
            return
        line, figure = keys
        named = dict(zip(KEY, lines.parts, strict=True))
        self.kept.add(BudgetLine, line, {**named, "order": lines.rows})
        own = {"source_id": [self.source.pk], "line_id": range(line, line + len(lines.rows))}
        self.kept.add(BudgetFigure, figure, own | dict(zip(AMOUNTS, lines.amounts, strict=True)))

    @property
    def made(self):
        if self.kept is None or BudgetLine not in self.kept.keys:
            return None
        first, last = self.kept.keys[BudgetLine]
        return NewLines((first, last), self.departments) if last - first + 1 == self.table.added else None

    def finish(self):
        """Write what still waits, and tell of lines that the file has twice."""
        self._write()
        for row, first in self.table.duplicate_rows():
            self.resolver.problems.add(
                f"{first:,}행과 같은 줄이 또 있습니다.",
                "한 줄만 남기거나 합쳐 주십시오.",
                row,
                "세부사업·통계목",
            )
        is_whole = self.table.written == self.table.added
        if not (is_whole or self.resolver.problems.count or self.resolver.unknown):
            raise RuntimeError(f"{self.table.written} of {self.table.added} lines became figures")
        self.table.drop()


def keep_values(source, columns=None):
    """Of rows that came past history their values are kept, so that a change past the product can be found; `columns` where they are at hand."""
    figures = [model._base_manager.filter(source=source) for model in (BudgetFigure, RevenueFigure)]
    named = BudgetFigure._base_manager.filter(source=source, line=OuterRef("pk"))
    keep(source, [*figures, BudgetLine._base_manager.filter(Exists(named))], columns)


def clear(incoming):
    """Removes the draft of an import with all that it says, and the lines that nothing else names."""
    source = incoming.source
    if source is None:
        return
    for model in (BudgetFigure, RevenueFigure):
        _clear(model._base_manager.filter(source=source))
    if source.fiscal_year:
        remove_lines(_unnamed_lines().filter(fiscal_year=source.fiscal_year), source)
    with transaction.atomic():
        # Not that of another worker, which may read the file anew by now.
        BudgetImport.objects.filter(pk=incoming.pk, source=source).update(source=None)
        incoming.source = None
        source.delete()


def remove_lines(lines, source):
    """Deletes lines; of those that other files of the year keep it leaves a record."""
    others = Source._base_manager.filter(fiscal_year=source.fiscal_year).exclude(pk=source.pk)
    keys = set(lines.values_list("pk", flat=True))
    _clear(lines, kept_keys(others.values_list("pk", flat=True), BudgetLine, keys))


def _clear(rows, kept=frozenset()):
    """Past history, but for those rows that have some or that (keys) are kept."""
    last = 0
    while keys := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:ROWS_AT_ONCE]):
        stale = rows.model._base_manager.filter(pk__in=keys)
        with transaction.atomic():
            recorded = ChangeRecord.objects.newest_ids(rows.model, keys).keys()
            record_deletions(rows.model, recorded | kept.intersection(keys))
            stale._raw_delete(stale.db)
        last = keys[-1]


def _unnamed_lines():
    """Return lines that came by file, and so have no history, and that no figure names any more."""
    unused = Q(**{f"{relation.name}__isnull": True for relation in BudgetLine._meta.related_objects})
    return BudgetLine._base_manager.filter(
        unused, ~Exists(ChangeRecord.objects.of(BudgetLine).filter(object_id=OuterRef("pk")))
    )

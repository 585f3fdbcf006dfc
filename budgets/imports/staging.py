"""Lines of a file under a draft source, a few thousand a transaction, so that other writers never wait long.

Written past history on purpose: what comes in by file is history by its source. An edit to a line writes history as any other.
"""

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, Q

from core.audit.context import acting
from core.audit.imported_rows import keep, kept_keys
from core.audit.recording import record_deletions
from core.models import ChangeRecord, Source
from seoul_digital.lib.reported import ReportedFigure

from ..models import BudgetFigure, BudgetLine, RevenueFigure
from ..models.querysets import LINE_NAMES
from . import fields
from .natural_keys import digest

ROWS_AT_ONCE = 2_500
KEY = ("fiscal_year", "department_id", *LINE_NAMES)
AMOUNTS = tuple(fields.LINE_AMOUNTS)


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
        self.source, self.known, self.waiting = None, {}, []
        self.departments, self.accounts = set(), set()

    def take(self, lines):
        for row, parts, amounts in lines:
            found = self.resolver.key(row, parts)
            if found:
                key, short = found
                self.waiting.append((key, short, row, amounts))
                self.departments.add(key[1])
                self.accounts.add(key[2:4])
        if len(self.waiting) >= ROWS_AT_ONCE:
            self.write()

    def leave_out_sums(self, scale):
        """Of a table by account: the row of a kind (특별회계) that its named accounts add up to is no account; returns how many there are."""
        current, before = AMOUNTS.index("current"), len(self.waiting)
        for row in [row for row in self.waiting if row[0][2] and not row[0][3] and row[0][2] != "general"]:
            named = [other[3][current] for other in self.waiting if other[0][2] == row[0][2] and other[0][3]]
            if named and not ReportedFigure(sum(named), row[3][current], len(named), scale).disagrees:
                self.waiting.remove(row)
        return before - len(self.waiting)

    def write(self):
        """Write the waiting lines; after the first problem nothing more is written."""
        batch, self.waiting = self.waiting, []
        if not batch or self.resolver.problems.count or self.resolver.unknown:
            return
        if self.source is None:
            self.source = self.make_source(self.resolver.year)
            self._load_known()
        with transaction.atomic():
            self._make_lines([row for row in batch if row[1] not in self.known])
            insert(
                BudgetFigure,
                ("source_id", "line_id", *AMOUNTS),
                [(self.source.pk, self.known[short], *amounts) for _, short, _, amounts in batch],
            )

    def _load_known(self, after=0):
        lines = (
            BudgetLine.objects.filter(fiscal_year=self.resolver.year, pk__gt=after)
            .order_by()
            .values_list("pk", *KEY)
        )
        self.known |= {digest(key): pk for pk, *key in lines.iterator(chunk_size=ROWS_AT_ONCE)}

    def _make_lines(self, new):
        if not new:
            return
        last = BudgetLine.objects.aggregate(last=Max("pk"))["last"] or 0
        insert(
            BudgetLine, (*KEY, "order"), [(*key, row) for key, _, row, _ in new], " ON CONFLICT DO NOTHING"
        )
        self._load_known(after=last)
        if any(
            short not in self.known for _, short, _, _ in new
        ):  # another import has created lines meanwhile
            self._load_known()


def insert(model, columns, rows, ending=""):
    """Plain INSERTs: a hundred thousand lines take two seconds so and twelve by `bulk_create`."""
    quote = connection.ops.quote_name
    names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places}){ending}"  # noqa: S608 (names of models only)
        cursor.executemany(statement, rows)


def keep_values(source):
    """Of rows that came past history their values are kept, so that a change past the product can be found."""
    figures = [model._base_manager.filter(source=source) for model in (BudgetFigure, RevenueFigure)]
    named = BudgetFigure._base_manager.filter(source=source, line=OuterRef("pk"))
    keep(source, [*figures, BudgetLine._base_manager.filter(Exists(named))])


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
        incoming.source = None
        incoming.save(update_fields=["source", "beat_at"])
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

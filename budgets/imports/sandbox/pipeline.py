"""Reads a file, by the child process, into a draft source: staged, refused, or waiting for a name to be explained."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.audit.context import acting
from core.tasks.leases import TaskRun
from departments.bureaus import unit_labels
from departments.models import Department
from seoul_digital.lib.file_errors import MAX_SHOWN, FileRefused, Problem

from ...models import BudgetImport, ColumnMapping
from .. import fields, file_limits, line_identity, overview, unit_sanity
from ..bureaus import FileBureau
from ..comparison import Comparison
from ..names import DepartmentNames
from ..natural_keys import Resolver
from ..options import Options
from ..staging import LineStage, clear, draft_source, keep_values
from . import subtotals
from .line_columns import NumberedNames
from .revenue import RevenueStage
from .row_parser import Problems
from .sandbox_client import messages
from .sandbox_protocol import SCALES

State = BudgetImport.State
KEPT = ("read", "kind", "warnings", "warning_count", "assumed", "filled", "notes", "hidden")


def read(
    incoming: BudgetImport,
    path: Path,
    on_message: Callable[[dict], None] = lambda message: None,
    run: TaskRun | None = None,
) -> None:
    """Stages the file; `on_message` gets every message of the child process. What is staged is ended together with its `run`.

    Afterwards the import is staged, refused, or asks for names; its report says why.
    """
    options = Options.from_dict(incoming.options)
    department = Department.objects.filter(slug=options.department).first()
    request = options.request(
        path,
        incoming.file_name,
        dict(ColumnMapping.objects.of(incoming.bureau).values_list("label", "field")),
        department.name if department else "",
    )
    reader = _Reader(incoming, options, run)
    try:
        with _without_collection():
            for message in messages(request):
                reader.receive(message)
                on_message(message)
            reader.finish()
    except FileRefused as error:
        refuse(incoming, error.problems, details=getattr(error, "details", {}), run=run)


@contextmanager
def _without_collection():
    """Lines refer to nothing that refers to them, and the collector would walk through all of Django for every few thousand of them."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Reader:
    """Stages what the messages of the child hold."""

    def __init__(self, incoming, options, run):
        self.incoming, self.options, self.run = incoming, options, run
        self.names = DepartmentNames(incoming.bureau, options.day)
        self.bureau = FileBureau(
            incoming.bureau, options.day, incoming.uploader, is_chosen=not options.find_bureau
        )
        self.resolver, self.sums_left_out = None, 0
        self.line_names = NumberedNames()
        self.subtotals, self.fields, self.layout, self.end = [], [], {}, {}

    @property
    def is_revenue(self):
        return self.layout["kind"] == fields.REVENUE

    def receive(self, message):
        if layout := message.get("layout"):
            self._begin(layout)
        if "lines" in message:
            self.stage.take(self.line_names.read(message))
            report = {"progress": message["progress"]}
            with held(self.run):
                BudgetImport.objects.filter(pk=self.incoming.pk).update(
                    rows_read=message["read"], report=report, beat_at=timezone.now()
                )
        self.subtotals, self.fields = (
            message.get("subtotals", self.subtotals),
            message.get("fields", self.fields),
        )
        self.end = message.get("end", self.end)

    def _begin(self, layout):
        self.layout, self.problems = layout, Problems(layout["sheet"])
        self.options = replace(self.options, unit=layout["unit"])
        self.incoming.options = self.options.to_dict()
        if self.is_revenue:
            self.stage = RevenueStage(self.problems, self._make_source)
        elif layout["kind"] == fields.OVERVIEW:
            self.stage = overview.OverviewStage(self.incoming, self.problems)
        else:
            by_account = "department" not in {*layout["columns"], *layout["from_titles"]}
            bureau = None if self.options.department or not by_account else self.incoming.bureau_id
            self.resolver = Resolver(self.names, self.problems, self.options, bureau)
            self.stage = LineStage(self.resolver, self._make_source)

    @property
    def departments(self):
        """First row of each department, none in files of revenue."""
        return self.resolver.first_rows if self.resolver else {}

    def _make_source(self, year):
        self.incoming.bureau = self.bureau.found(self.departments)
        with held(self.run):
            self.incoming.save(update_fields=["bureau", "options", "beat_at"])
            return draft_source(self.incoming, self.options, self.layout, year)

    def finish(self):
        self._add_child_problems()
        if self.layout["kind"] == fields.OVERVIEW:
            return self._finish_overview()
        if self.resolver and self.resolver.bureau:
            self.sums_left_out = self.stage.leave_out_sums(SCALES[self.options.unit])
        self.stage.finish()
        if self.stage.source and not self.problems.count:
            sums = (
                subtotals.RevenueSums(self.stage.lines)
                if self.is_revenue
                else subtotals.LineSums(self.stage.source, self.resolver)
            )
            subtotals.check(self.subtotals, self.fields, sums, SCALES[self.options.unit], self.problems)
            if problem := self.bureau.problem(self.departments, self.incoming.bureau, self.layout["sheet"]):
                self.problems.shown.append(problem)
                self.problems.count += 1
        if self.problems.count:
            refuse(self.incoming, self.problems.shown, self.problems.count, run=self.run)
        elif self.resolver and self.resolver.unknown:
            self._ask(self.resolver.unknown)
        elif self.stage.source is None:
            refuse(self.incoming, [self._empty], run=self.run)
        else:
            self._staged()

    @property
    def _empty(self):
        return Problem(
            "금액이 있는 줄이 하나도 없습니다.", "파일의 내용을 확인하십시오.", self.layout["sheet"]
        )

    def _finish_overview(self):
        """A source for each bureau, once all of them are known."""
        bureaus = overview.known_bureaus(self.names)
        unknown = self.stage.unknown(bureaus)
        if not unknown:
            self.stage.check_access(bureaus, self.incoming.uploader)
        if self.problems.count or not self.stage.rows:
            shown = self.problems.shown or [self._empty]
            refuse(self.incoming, shown, self.problems.count, run=self.run)
        elif unknown:
            self._ask(unknown, bureaus=True)
        else:
            self._split(bureaus)

    def _split(self, bureaus):
        report = self._report({}, False) | {
            "remarks": overview.remarks(self.stage, self.subtotals, SCALES[self.options.unit]),
            "fiscal_year": self.stage.year,
        }
        arguments = bureaus, self.layout, self.options, self.subtotals, report | {"remarks": []}
        with ending(self.run):
            with acting(lambda: self.incoming.uploader):
                parts = self.stage.split(*arguments)
                for part in parts:
                    keep_values(part.source)
            for part in parts:
                compare(part)
            _keep(self.incoming, State.SPLIT, report)

    def _add_child_problems(self):
        theirs = [Problem(**problem) for problem in self.end["problems"]]
        self.problems.shown = sorted([*theirs, *self.problems.shown], key=lambda problem: problem.row or 0)[
            :MAX_SHOWN
        ]
        self.problems.count += self.end["problem_count"]

    def _ask(self, unknown_names, bureaus=False):
        """Some departments, or bureaus, are not known by the names that the file has for them."""
        labels, unknown = unit_labels(self.options.day), []
        for name, (row, lines) in unknown_names.items():
            proposals = self.names.proposals(name)
            names = [labels[slug] for slug in proposals]
            unknown.append({"name": name, "row": row, "lines": lines, "proposals": proposals, "names": names})
        clear(self.incoming)
        report = {"unknown": unknown[:MAX_SHOWN], "sheet": self.layout["sheet"], "bureaus": bureaus}
        with ending(self.run):
            _keep(self.incoming, State.ASKING, report)

    def _staged(self):
        could: dict[str, Any] = {}
        unclear = False
        if not self.is_revenue:
            could, unclear = file_limits.possible(
                self.stage.source, self.stage.departments, self.stage.accounts, self.options
            )
        if could and self.options.limited is not False:
            file_limits.apply(self.stage.source, could)
        report = self._report(could, unclear)
        self.incoming.source = self.stage.source
        columns = tally = None
        if not self.is_revenue:
            known, is_changed = line_identity.reconcile(self.stage.source, self.stage.made)
            if not is_changed and self.stage.made:
                columns, tally = self.stage.kept, self.stage.tally
            report["proposals"] = line_identity.proposals(self.stage.source, known)
        with acting(lambda: self.incoming.uploader):
            keep_values(self.stage.source, columns)
        report |= compared(self.stage.source, tally)
        with ending(self.run):
            _keep(self.incoming, State.STAGED, report)

    def _report(self, could, unclear):
        return {name: self.end[name] for name in KEPT} | {
            "sheet": self.layout["sheet"],
            "unknown_columns": self.layout["unknown"],
            "subtotals": len(self.subtotals) + self.sums_left_out,
            "could_limit": could,
            "account_unclear": unclear,
        }


def compare(incoming: BudgetImport) -> None:
    """Holds the draft against what is in force now, and keeps what came of it in the report, unless somebody has thrown the draft away meanwhile."""
    report = incoming.report | compared(incoming.source)
    BudgetImport.objects.filter(pk=incoming.pk, state=State.STAGED).update(
        report=report, beat_at=timezone.now()
    )
    incoming.refresh_from_db()


def compared(source, tally=None) -> dict:
    comparison = Comparison.of(source, tally)
    return comparison.summary() | {"objection": unit_sanity.objection(comparison)}


@contextmanager
def held(run: TaskRun | None) -> Iterator[None]:
    """A transaction, which is rolled back where another worker has taken the file up meanwhile."""
    with run.held() if run else transaction.atomic():
        yield


@contextmanager
def ending(run: TaskRun | None) -> Iterator[None]:
    """The transaction in which a run ends."""
    with held(run):
        yield
        if run:
            run.complete()


def refuse(incoming, problems, count=0, details=None, run: TaskRun | None = None):
    """Nothing of the file stays but what is wrong with it; `details` (of an UnknownLayoutError) are what a person may put right."""
    with held(run):  # it has not ended, as where the answer to its COMMIT was lost
        pass
    clear(incoming)
    report = {
        "problems": [problem.to_dict() for problem in problems],
        "problem_count": count or len(problems),
        **(details or {}),
    }
    asks = report.get("labels") or report.get("missing")
    with ending(run):
        _keep(incoming, State.ASKING if asks else State.REFUSED, report)


def _keep(incoming, state, report):
    incoming.state, incoming.report = state, report
    incoming.rows_read = report.get("read", incoming.rows_read)
    incoming.save(update_fields=["state", "report", "rows_read", "beat_at"])

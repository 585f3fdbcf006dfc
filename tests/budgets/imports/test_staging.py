"""Lines on their way into a draft."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from budgets.imports.sandbox import pipeline
from budgets.imports.staging import LineStage
from budgets.models import BudgetFigure, BudgetImport, BudgetLine
from core.models import Source, TaskLease
from core.tasks.leases import abandon_dead_commands
from tests.audit import records_of, values
from tests.budgets.files import execution_rows
from tests.budgets.management.commands.test_import_budget import FACTS, facts, figures_in_force, file_of, run

pytestmark = pytest.mark.engine


def test_imported_lines_are_history_by_their_source_and_edits_by_row(bureau, tmp_path):
    run(file_of(tmp_path, execution_rows(12)), limited=False)
    figure = figures_in_force().order_by("line__order").first()
    assert not records_of(BudgetFigure).filter(source=figure.source).exists()
    assert [row.kind for row in records_of(figure.source)][-1] == "created"
    was, figure.disbursed = figure.disbursed, 1
    figure.save()
    assert [(row.kind, row.after["disbursed"]) for row in records_of(figure)] == [
        ("changed", 1),
        ("created", was),
    ]
    figures_in_force().exclude(pk=figure.pk).filter(line__order__lte=4).update(disbursed=2)
    second = figures_in_force().order_by("line__order")[1]
    assert values(second, "disbursed")[0] == 2
    assert records_of(second).count() == 2


def test_what_was_interrupted_is_cleared_by_the_next_command(bureau, tmp_path, monkeypatch):
    before = facts()

    class Killed(BaseException):
        pass

    def stop(self):
        raise Killed

    monkeypatch.setattr(pipeline._Reader, "_add_child_problems", stop)
    monkeypatch.setattr("budgets.imports.staging.ROWS_AT_ONCE", 4)
    with pytest.raises(Killed):
        run(file_of(tmp_path, execution_rows(12)), limited=False)
    left = Source.objects.get(document="집행현황.csv")
    assert (left.state, BudgetFigure.objects.filter(source=left).count()) == ("draft", 12)
    monkeypatch.undo()
    TaskLease.objects.update(expires_at=Now() - timedelta(seconds=1))
    abandon_dead_commands()
    after = facts()
    assert {model: after[model] for model in FACTS} == before
    incoming = BudgetImport.objects.get()
    assert (incoming.state, incoming.report["problems"][0]["message"]) == (
        "refused",
        "읽던 중에 끊겨서 읽은 것을 모두 지웠습니다.",
    )


def test_lines_that_follow_one_another_are_told_unless_others_are_between_them(bureau):
    stage = LineStage(None, None)
    stage.table.added = 3
    stage.kept.keys[BudgetLine] = 7, 9
    stage.departments = {4}
    assert stage.made == ((7, 9), {4})
    stage.kept.keys[BudgetLine] = 7, 10
    assert stage.made is None
    stage.kept = None
    assert stage.made is None
    stage.table.added = 1
    assert stage.made is None

"""What came by file is kept once a source, and what became of it past the program is named."""

import hashlib

import pytest
from django.db import connection

from budgets.models import BudgetFigure, BudgetImport, BudgetLine
from core.audit import imported_rows
from core.audit.imported_rows import ImportedStates, _unpacked, keep
from core.audit.kept_columns import KeptColumns
from core.audit.recording import recorded_values
from core.models import ChangeRecord, ImportedRows, Source
from tests.budgets.files import execution_rows, write_csv
from tests.budgets.management.commands.test_import_budget import run
from tests.tampering import drop_all_triggers, erase, found, tamper

pytestmark = [pytest.mark.engine, pytest.mark.django_db]
FACTS = "저장된 사실"  # the verifier that names what is changed here


@pytest.fixture
def source(seeded, tmp_path):
    """A file of thirty lines, in force."""
    run(write_csv(tmp_path / "집행현황.csv", list(execution_rows(30))), limited=False)
    return Source.objects.get(document="집행현황.csv")


@pytest.fixture
def figure(source):
    return BudgetFigure.objects.filter(source=source).order_by("pk").first()


def test_one_record_a_source_vouches_for_its_rows(source):
    kept = ImportedRows.objects.get(source=source)
    figures = BudgetFigure.objects.filter(source=source).count()
    assert kept.rows >= 2 * figures - 1
    assert ChangeRecord.objects.of(kept).get().after["sha256"] == kept.sha256
    assert not ChangeRecord.objects.of(BudgetFigure).filter(source=source).exists()
    assert found() == []


def test_a_large_value_goes_to_postgresql_beside_the_statement_and_nothing_else_does():
    """Spelled out in it, it takes eight times its size in memory."""

    def kind():
        with connection.cursor() as cursor:
            return type(cursor.cursor).__name__

    usual, inside = {
        "sqlite": ("SQLiteCursorWrapper", "SQLiteCursorWrapper"),
        "postgresql": ("Cursor", "ServerBindingCursor"),
    }[connection.vendor]
    assert kind() == usual
    with pytest.raises(ZeroDivisionError), imported_rows._bound_by_server():
        assert kind() == inside
        1 / 0  # noqa: B018
    assert kind() == usual


def columns_of(figure, current):
    """As it was written, but for what the budget was."""
    kept = KeptColumns()
    row = {name: [getattr(figure, name)] for name in recorded_values(BudgetFigure) if name != "id"}
    kept.add(BudgetFigure, figure.pk, row | {"current": [current]})
    return kept


def test_columns_at_hand_are_kept_as_they_are(figure):
    keep(figure.source, [], columns_of(figure, 8))
    kept = ImportedRows.objects.filter(source=figure.source).latest("pk")
    assert kept.rows == 1
    assert [(key, row["id"], row["current"], row["source_id"]) for _, key, row in _unpacked(kept.pk)] == [
        (figure.pk, figure.pk, 8, figure.source_id)
    ]


def test_columns_of_rows_that_somebody_has_changed_are_not_kept(figure):
    figure.disbursed = 1
    figure.save()
    before = ImportedRows.objects.count()
    keep(figure.source, [BudgetFigure.objects.filter(pk=figure.pk)], columns_of(figure, 8))
    assert ImportedRows.objects.count() == before


def test_the_values_can_be_had_back(figure):
    tamper(BudgetFigure, figure.pk, disbursed=1)
    states = ImportedStates().states(BudgetFigure, {figure.pk: {}, 0: {}})
    assert {key: state["disbursed"] for key, state in states.items()} == {figure.pk: figure.disbursed}


def test_a_figure_that_sql_changes_is_named(figure):
    tamper(BudgetFigure, figure.pk, disbursed=1)
    (line,) = found(FACTS)
    assert line.startswith(f"세출 예산액·집행액 ‘#{figure.pk}’의 ")
    assert line.endswith("지금은 ‘1원’입니다.")


def test_a_line_that_sql_changes_is_named_also_after_the_next_file(source, tmp_path):
    line = BudgetLine.objects.filter(figures__source=source).order_by("-pk").first()
    tamper(BudgetLine, line.pk, object_name="딴 통계목")
    run(write_csv(tmp_path / "다음.csv", list(execution_rows(30))), limited=False, as_of="2022-10-31")
    assert any("딴 통계목" in line for line in found(FACTS))


def test_a_change_by_the_program_is_none(figure):
    figure.disbursed = 1
    figure.save()
    assert found(FACTS) == []


def test_a_change_past_the_program_before_one_by_it_is_named(figure):
    tamper(BudgetFigure, figure.pk, disbursed=1)
    figure.refresh_from_db()
    figure.committed = 7
    figure.save()
    assert any("지금은 ‘1원’입니다." in line for line in found(FACTS))


def test_what_is_coming_in_is_vouched_for_by_nothing_yet(source):
    drop_all_triggers()
    ImportedRows.objects.filter(source=source)._raw_delete("default")
    unrecorded = "바뀐 내역이 없습니다"
    assert any(unrecorded in line for line in found(FACTS))
    BudgetImport.objects.filter(source=source).update(state="reading")
    assert any(unrecorded in line for line in found(FACTS))  # nothing is read into what is in force
    Source.objects.filter(pk=source.pk).update(state="draft")
    assert not any(unrecorded in line for line in found(FACTS))


def test_what_a_discarded_file_has_not_cleared_away_yet_is_not_missed(source, figure):
    Source.objects.filter(pk=source.pk).update(state="draft")
    erase(BudgetFigure, figure.pk)
    gone = "파일에서 불러온 줄이 없습니다"
    assert any(gone in line for line in found(FACTS))
    BudgetImport.objects.filter(source=source).update(state="discarded")
    assert not any(gone in line for line in found(FACTS))


def test_a_figure_that_sql_deletes_is_named(figure):
    erase(BudgetFigure, figure.pk)
    (line,) = found(FACTS)
    assert line.endswith("파일에서 불러온 줄이 없습니다. 프로그램을 거치지 않고 지웠습니다.")


@pytest.mark.parametrize("is_hash", [False, True], ids=["content", "with its hash"])
def test_kept_content_that_sql_changes_is_named(source, is_hash):
    kept = ImportedRows.objects.get(source=source)
    tamper(
        ImportedRows,
        kept.pk,
        content=b"x",
        **({"sha256": hashlib.sha256(b"x").hexdigest()} if is_hash else {}),
    )
    assert f"파일에서 불러온 줄 ‘#{kept.pk}’: 내용이 적어 둔 SHA-256과 다릅니다." in found(FACTS)

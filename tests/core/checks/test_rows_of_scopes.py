import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import integrity
from core.checks.rows_of_scopes import RowsOfScopes
from core.data_version import Memory
from core.integrity import Finding, Level
from core.snapshot import snapshots_at
from departments.models import Duty, Staffing
from seoul_digital.lib.query_params import AskedDate

pytestmark = pytest.mark.django_db


def current():
    return snapshots_at(AskedDate(None))[0]


@pytest.fixture
def asked(seeded, monkeypatch):
    """The models that a check of each scope has asked for."""
    models = []

    def make(model, sources):
        models.append(model)
        return model._base_manager.filter(source__in=sources).order_by("pk").values_list("source", "pk")

    rows = RowsOfScopes(lambda: [Duty, Staffing], make)
    monkeypatch.setattr(integrity, "_checks", [])
    monkeypatch.setattr(integrity, "_remembered_of_scopes", Memory(16))

    @integrity.register_check("core", of_each_scope=True, rows=[rows])
    def counted(snapshot, scope):
        for model, found in rows(snapshot, scope):
            yield Finding(f"{scope}/{model.__name__}/{len(found)}", Level.INFO, "", "")

    return models


def found():
    with CaptureQueriesContext(
        connection,
    ) as queries:
        ids = [finding.id for finding in integrity.run(current())]
    return ids, sum(
        "departments_duty" in query["sql"] or "departments_staffing" in query["sql"] for query in queries
    )


def test_rows_of_all_scopes_that_are_checked_anew_are_one_query(asked):
    assert found() == (["duties/Duty/55", "staffing/Staffing/8"], 1)
    assert asked == [Duty, Staffing]
    assert found() == (["duties/Duty/55", "staffing/Staffing/8"], 0)


def test_of_a_changed_source_alone_rows_are_read_anew(asked):
    found()
    asked.clear()
    Duty.objects.order_by("pk").first().delete()
    with CaptureQueriesContext(connection) as queries:
        assert found() == (["duties/Duty/54", "staffing/Staffing/8"], 1)
    assert not any('FROM "departments_staffing"' in query["sql"] for query in queries)
    assert asked == []  # its query is put together once


def test_a_check_by_itself_asks_for_its_own_scope(asked):
    by_scope = {check.check.keywords["scope"]: check for check in integrity._checks}
    snapshot = current()
    assert [finding.id for finding in by_scope["staffing"].findings(snapshot)] == ["staffing/Staffing/8"]
    assert asked == [Staffing]
    assert by_scope["vision"].findings(snapshot) == ()
    assert asked == [Staffing]
    assert [finding.id for finding in by_scope["duties"].findings(snapshot)] == ["duties/Duty/55"]

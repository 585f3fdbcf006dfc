"""What is remembered of findings is what the checks would find: nothing else is read than the scopes that they name, and no change of any
field of any model leaves an old finding."""

import re

import pytest
from django.db import IntegrityError, connection, models, transaction

from core import integrity, stated_facts
from core.audit.revisions import source_path
from core.mentions import states
from core.models import ControlTotal, Source, Threshold
from core.models.sources import scopes_of
from core.snapshot import snapshots_at
from departments.models import Department
from projects.models import Indicator, Project
from seoul_digital.lib.query_params import AskedDate
from tests.factories import make_source, place
from tests.samples import each

from .test_remembered_facts import ROWS

pytestmark = pytest.mark.django_db
MEMORIES = (
    integrity._remembered, integrity._remembered_of_scopes, states._remembered, states._read,
    stated_facts._remembered, stated_facts._remembered_of_scopes,
)  # fmt: skip
TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
SCOPES = {model._meta.db_table: {*scopes_of(model)} for model in ROWS if model is not ControlTotal}


def current():
    return snapshots_at(AskedDate(None))[0]


@pytest.fixture
def forgetful(monkeypatch):
    def forget():
        for memory in MEMORIES:
            monkeypatch.setattr(memory, "kept", {})

    return forget


def test_a_check_reads_no_rows_but_those_of_its_scopes(seeded, forgetful):
    read = set()

    def watch(execute, sql, *rest):
        read.update(TABLE.findall(sql))
        return execute(sql, *rest)

    beyond = {}
    for check in integrity._checks:
        forgetful()
        read.clear()
        with connection.execute_wrapper(watch):
            check.findings(current())
        if tables := {table for table in read if not SCOPES.get(table, check.reads) & check.reads}:
            beyond[check.name] = tables
    # Goes through rows that all checks share, and leaves out those of other scopes: the test below looks at it.
    assert beyond.keys() == {"core.checks.texts.writing"}


@pytest.mark.parametrize("scope", each(3, [*Source.Scope]))
def test_findings_rest_on_the_rows_of_their_scopes_alone(seeded, forgetful, scope):
    """Printed totals too, which sources of several scopes have."""
    forgetful()
    checks = [check for check in integrity._checks if scope not in check.reads]
    snapshot = current()
    before = {(check.name, check.reads): check.findings(snapshot) for check in checks}
    with transaction.atomic():
        gone = sum(
            model._base_manager.filter(**{f"{model.source_path()}__scope": scope}).delete()[0]
            for model in ROWS
        )
        forgetful()
        snapshot = current()
        after = {(check.name, check.reads): check.findings(snapshot) for check in checks}
        transaction.set_rollback(True)
    assert gone
    assert len(before) >= 20
    assert after == before


def changes():
    """(model, field) of all that sources say, and of what lasts."""
    for model in (*ROWS, Source, Department, Project, Indicator, Threshold):
        path = source_path(model)
        for field in model._meta.concrete_fields:
            is_kept = (
                field.primary_key or field.is_relation or field.name in (path, "slug", "key", "received_at")
            )
            if not is_kept:
                yield model, field.name


def other_value(field, value):
    if field.choices:
        return next(choice for choice, _ in field.flatchoices if choice != value)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, (models.IntegerField, models.DecimalField)):
        return 7 if value is None else value + 1
    if isinstance(field, (models.CharField, models.TextField)):
        return f"{value}7"[-field.max_length :] if field.max_length else f"{value}\nㅇ 새 줄 7대("
    return None


@pytest.mark.engine
@pytest.mark.parametrize(("model", "name"), each(16, [*changes()]))
def test_remembered_findings_are_those_made_anew(seeded, forgetful, model, name):
    integrity.run(current())
    field, path = model._meta.get_field(name), source_path(model)
    rows = model._base_manager.order_by("pk")
    if path:
        rows = rows.filter(**{f"{path}__in": [source.pk for source in current().in_force]})
    row = (
        rows.exclude(**{name: ""}).last()
        if isinstance(field, (models.CharField, models.TextField))
        else rows.last()
    )
    value = row and other_value(field, getattr(row, name))
    if value is None:
        pytest.skip("nothing to change")
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=row.pk).update(**{name: value})
    except IntegrityError:
        pytest.skip("refused")
    remembered = integrity.run(current())
    forgetful()
    assert integrity.run(current()) == remembered


def test_name_that_a_draft_begins_to_use_is_no_twin_any_more(seeded):
    """No version of what readers see says so."""
    center = Department.objects.get(slug="data-center")
    twin = Department.objects.create(slug="twin", name=center.name, kind=center.kind)
    names = [row.id for row in integrity.run(current()) if row.id.startswith("name.twice")]
    assert names == ["name.twice/department/twin"]
    place(
        make_source(
            Department.objects.get(slug="digital-policy-bureau"), "organisation", "2022-10-01", "draft"
        ),
        twin,
    )
    assert [row.id for row in integrity.run(current()) if row.id.startswith("name.twice")] == []

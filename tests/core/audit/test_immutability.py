"""The database refuses to change what must stay, whoever asks."""

import shutil
import sqlite3
from contextlib import closing
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, ProgrammingError, connection, models, transaction
from django.db.models.signals import pre_migrate

from core.audit.immutability import check_triggers, missing_triggers
from core.data_version import Revisions
from core.models import ChainLink, ChangeRecord, ChangeRecordDepartment, RecordSeal, Source
from departments.models import Department, User

REFUSAL = "고치거나 지울 수 없습니다"
IMMUTABLE = [ChangeRecord, ChangeRecordDepartment]

pytestmark = pytest.mark.engine


@pytest.mark.parametrize("model", IMMUTABLE)
def test_immutable_records_refuse_change(seeded, model):
    User.objects.create(username="lee").groups.add(Group.objects.get(name="예산 담당"))
    rows, field = model._base_manager.all(), "object_id" if model is ChangeRecord else "department"
    assert rows.exists()
    for forbidden in (
        lambda: rows.update(**{field: 0}),
        lambda: rows.first().save(),
        lambda: rows.first().delete(),
        lambda: rows._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match=REFUSAL), transaction.atomic():
            forbidden()


@pytest.mark.parametrize("model", IMMUTABLE)
def test_immutable_records_refuse_truncate(seeded, model):
    if connection.vendor == "postgresql":
        with (
            pytest.raises(IntegrityError, match=REFUSAL),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f'TRUNCATE "{model._meta.db_table}" CASCADE')


@pytest.mark.django_db(transaction=True)
def test_immutable_records_migrating_again_keeps_the_triggers():
    call_command("migrate", verbosity=0, stdout=StringIO())
    Department.objects.create(slug="newer-team", name="더 새 팀", kind="team")
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeRecord.objects.update(name="x")


@pytest.mark.parametrize(("plan", "raised"), [([object()], True), ([], False)])
def test_migrate_that_took_the_triggers_away_raises_every_revision(seeded, plan, raised):
    """While they were away, another node may have written."""
    before = Revisions.read(with_drafts=True).rows
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default", plan=plan)
    after = Revisions.read(with_drafts=True).rows
    assert [row[:2] for row in after] == [row[:2] for row in before] and len(before) > 10
    assert {now[2] != was[2] for now, was in zip(after, before, strict=True)} == {raised}


@pytest.mark.django_db(transaction=True)
def test_migrate_alters_what_triggers_name():
    """SQLite remakes the table, and other tables' triggers name it; PostgreSQL alters the column, and a trigger names it."""
    core, wider = apps.get_app_config("core"), models.CharField("종류", max_length=20)
    wider.set_attributes_from_name("kind")
    wider.model = Department
    pre_migrate.send(core, app_config=core, using="default", plan=[object()])
    with connection.schema_editor() as editor:
        editor.alter_field(Department, Department._meta.get_field("kind"), wider)
        editor.alter_field(Department, wider, Department._meta.get_field("kind"))
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    team = Department.objects.create(slug="newer-team", name="더 새 팀", kind="team")
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeRecord.objects.update(name="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.create(slug="x", bureau=team, scope="duties", as_of="2022-01-01")


def drop_one():
    table = ChangeRecord._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'DROP TRIGGER "refuse_change" ON "{table}"'
            if connection.vendor == "postgresql"
            else f'DROP TRIGGER "{table}_refuse_update"'
        )


@pytest.mark.django_db
def test_missing_triggers_are_noticed_and_made_again(caplog):
    assert missing_triggers() == []
    assert run_checks(tags=[Tags.database], databases=["default"]) == []
    drop_one()
    (missing,) = missing_triggers()
    assert missing.startswith("core_changerecord.")
    (problem,) = run_checks(tags=[Tags.database], databases=["default"])
    assert "트리거가 1개 없습니다" in problem.msg
    assert "manage.py migrate를 다시 실행하면" in problem.hint
    call_command("migrate", verbosity=0)
    assert missing_triggers() == []


def test_a_check_without_a_database_asks_none(django_assert_num_queries):
    assert check_triggers(None) == []


# docs/operations.md gives the application this role.
GRANTS = """
CREATE ROLE application_role NOLOGIN;
GRANT USAGE ON SCHEMA public TO application_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO application_role;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO application_role;
"""


def test_a_role_that_owns_nothing_works_and_drops_no_trigger(seeded):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles")
    table = ChangeRecord._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(GRANTS)
        cursor.execute("SET LOCAL ROLE application_role")
        Department.objects.create(slug="newer-team", name="더 새 팀", kind="team")
        assert ChangeRecord.objects.filter(name="더 새 팀").exists()
        for forbidden in (
            f'DROP TRIGGER refuse_change ON "{table}"',
            f'ALTER TABLE "{table}" DISABLE TRIGGER ALL',
            f'TRUNCATE "{table}" CASCADE',
            f'DROP TABLE "{table}" CASCADE',
            "SET session_replication_role = replica",
            "CREATE OR REPLACE FUNCTION refuse_change_of_core_changerecord() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN NEW; END $$",
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                cursor.execute(forbidden)
        with pytest.raises(IntegrityError, match=REFUSAL), transaction.atomic():
            ChangeRecord.objects.all()._raw_delete("default")
        transaction.set_rollback(True)


KEPT = [*IMMUTABLE, RecordSeal, ChainLink]


@pytest.mark.parametrize("model", KEPT)
def test_no_connection_replaces_a_kept_row(seeded_file, tmp_path, model):
    """Of SQLite alone: by a connection that knows nothing of the product."""
    path, table = shutil.copy(seeded_file, tmp_path / "copy.sqlite3"), model._meta.db_table
    fields = [field.column for field in model._meta.concrete_fields if not field.generated]
    columns = ", ".join(f'"{name}"' for name in fields)
    with closing(sqlite3.connect(path)) as database:
        for word in ("INSERT OR REPLACE", "REPLACE"):
            with pytest.raises(sqlite3.IntegrityError, match=REFUSAL):
                database.execute(f'{word} INTO "{table}" ({columns}) SELECT {columns} FROM "{table}"')
        key = model._meta.pk.column
        with pytest.raises(sqlite3.IntegrityError, match=REFUSAL):
            database.execute(f'UPDATE OR REPLACE "{table}" SET "{key}" = "{key}" + 1')

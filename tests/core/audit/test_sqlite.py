"""The triggers in SQLite's words; test_immutability.py and test_revisions.py see them at work."""

from core.audit import sqlite


def test_refuse_has_a_trigger_for_each_event():
    update, delete = sqlite.refuse("t", "고칠 수 없습니다.", "OLD.state = 'x'", "TRUE")
    assert update.startswith('CREATE TRIGGER "t_refuse_update" BEFORE update ON "t" WHEN OLD.state = \'x\'')
    assert delete.startswith('CREATE TRIGGER "t_refuse_delete" BEFORE delete ON "t" WHEN TRUE')
    assert "RAISE(ABORT, '고칠 수 없습니다.')" in update


def test_refuse_when_takes_the_place_of_the_one_before():
    drop, create = sqlite.refuse_when("t", "limit_unit", "INSERT", "NEW.a = 1", "아닙니다.")
    assert drop == 'DROP TRIGGER IF EXISTS "t_limit_unit"'
    assert create.startswith('CREATE TRIGGER "t_limit_unit" BEFORE INSERT ON "t" WHEN NEW.a = 1')


def test_raise_revisions_row_by_row_where_what_is_watched_differs():
    made = sqlite.raise_revisions("t", ["id", "a"], ["a"], lambda rows: [f"RAISED {rows}"])
    old, new = '(SELECT OLD."id" AS "id", OLD."a" AS "a")', '(SELECT NEW."id" AS "id", NEW."a" AS "a")'
    assert made == [
        f'CREATE TRIGGER "t_raise_insert" AFTER insert ON "t" WHEN TRUE BEGIN RAISED {new}; END',
        f'CREATE TRIGGER "t_raise_update" AFTER update ON "t" WHEN OLD."a" IS NOT NEW."a" '
        f"BEGIN RAISED {old}; RAISED {new}; END",
        f'CREATE TRIGGER "t_raise_delete" AFTER delete ON "t" WHEN TRUE BEGIN RAISED {old}; END',
    ]


def test_drop_names_every_trigger_of_a_table():
    assert len(sqlite.drop("t")) == 6
    assert sqlite.drop("t")[0] == 'DROP TRIGGER IF EXISTS "t_refuse_update"'

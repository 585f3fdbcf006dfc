"""The triggers in PostgreSQL's words; test_immutability.py and test_revisions.py see them at work on that engine."""

from core.audit import postgresql


def test_refuse_is_a_function_with_two_triggers():
    function, change, truncate = postgresql.refuse("t", "고칠 수 없습니다.", "OLD.state = 'x'", "TRUE")
    assert 'CREATE OR REPLACE FUNCTION "refuse_change_of_t"()' in function
    assert "IF OLD.state = 'x' THEN RAISE EXCEPTION '고칠 수 없습니다.'" in function
    assert change == (
        'CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE ON "t" FOR EACH ROW '
        'EXECUTE FUNCTION "refuse_change_of_t"()'
    )
    assert "BEFORE TRUNCATE" in truncate


def test_refuse_when_takes_the_place_of_the_one_before():
    function, drop, create = postgresql.refuse_when("t", "limit_unit", "INSERT", "NEW.a = 1", "아닙니다.")
    assert "IF NEW.a = 1 THEN RAISE EXCEPTION '아닙니다.'" in function
    assert drop == 'DROP TRIGGER IF EXISTS "limit_unit" ON "t"'
    assert create.endswith('FOR EACH ROW EXECUTE FUNCTION "t_limit_unit"()')


def test_raise_revisions_once_a_statement_of_the_rows_that_differ():
    function, *triggers = postgresql.raise_revisions("t", ["id", "a"], ["a"], lambda rows: [f"RAISED {rows}"])
    assert "IF TG_OP = 'INSERT' THEN RAISED new_rows;" in function
    assert 'WHERE (o."a") IS DISTINCT FROM (n."a")' in function
    assert [trigger.split()[2] for trigger in triggers] == [
        '"raise_insert"',
        '"raise_update"',
        '"raise_delete"',
        '"raise_truncate"',
    ]
    assert all("FOR EACH STATEMENT" in trigger for trigger in triggers)


def test_drop_names_every_trigger_of_a_table():
    assert postgresql.drop("t")[0] == 'DROP TRIGGER IF EXISTS "refuse_change" ON "t"'
    assert len(postgresql.drop("t")) == 7

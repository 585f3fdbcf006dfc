"""The chain of changes in a copy is held against itself and against the manifest."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from core import backup
from core.audit.seals import link_content, macs
from core.backup.chain import BROKEN, LINKS, SEALS, Chain
from core.backup.manifest import write_sums


@pytest.fixture
def database(copy):
    with closing(sqlite3.connect(copy / "database.sqlite3")) as opened:
        for (statement,) in opened.execute(
            "SELECT 'DROP TRIGGER \"' || name || '\"' FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            opened.execute(statement)
        yield opened


def chain_in(database):
    return Chain.of(database.execute, [LINKS, SEALS, "core_source"])


def test_the_manifest_names_the_end_of_the_chain(whole_copy, database):
    manifest = backup.verify(whole_copy)
    assert manifest.chain == chain_in(database).end
    assert manifest.chain[0] >= 1
    assert chain_in(database).problems() == []


AT = datetime(2026, 11, 26, tzinfo=UTC)


def made(*seals):
    """A chain of a link for each list of seals."""
    chain, head = Chain({0: ("", 0, AT)}), ""
    for position, macs_of_link in enumerate(seals, 1):
        sealed = [(10 * position + number, mac) for number, mac in enumerate(macs_of_link)]
        chain.seals[position] = list(sealed)
        head = macs(link_content(head, position, AT, sealed))[0]
        chain.links[position] = (head, len(sealed), AT)
    return chain


@pytest.mark.parametrize(
    ("position", "seals", "broken"),
    [
        (2, [(20, "b")], []),
        (2, [(20, "x")], [2]),
        (2, [], [2]),
        (3, [], [3]),
        (3, [(30, "x")], []),  # at the end it may be a key that is not here
    ],
)
def test_a_link_that_does_not_hold_its_seals_is_named(position, seals, broken):
    chain = made(["a"], ["b"], ["c"])
    chain.seals[position] = seals
    assert chain.problems() == [BROKEN.format(number) for number in broken]


def test_a_link_that_is_gone_is_named():
    chain = made(["a"], ["b"], ["c"])
    del chain.links[2]
    assert chain.problems() == [BROKEN.format(2)]


def test_without_the_key_nothing_is_said_of_links(database, settings):
    settings.AUDIT_KEYS = ["딴 열쇠"]
    assert chain_in(database).problems() == []


def test_another_end_than_the_manifest_has_is_refused(copy, database):
    database.execute("UPDATE core_chainlink SET head = 'x' WHERE position > 0")
    database.commit()
    write_sums(copy)
    with pytest.raises(backup.BackupError, match="기록 사슬의 끝이 백업할 때와 다릅니다"):
        backup.verify(copy)


def test_links_that_do_not_hold_are_warned_of(copy, tmp_path, connect_to_file):
    """The data is as it is: every copy of it is good, and none before it is rotated away."""
    data = tmp_path / "data.sqlite3"
    shutil.copy(copy / "database.sqlite3", data)
    with closing(sqlite3.connect(data)) as opened:
        for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            opened.execute(f'DROP TRIGGER "{name}"')
        opened.execute(
            "DELETE FROM core_recordseal WHERE record_id = (SELECT min(record_id) FROM core_recordseal)"
        )
        opened.commit()
    folder = tmp_path / "copies"
    for day in (24, 25):
        shutil.copytree(copy, folder / f"backup-202211{day}-000000")
    path, manifest = backup.create_dated(folder, "backup", 1, connect_to_file(data))
    assert manifest.chain_problems == [BROKEN.format(1)]
    assert len(list(folder.iterdir())) == 3
    assert backup.verify(path).chain_problems == [BROKEN.format(1)]
    output = StringIO()
    call_command("verify_backup", path, stdout=StringIO(), stderr=output)
    assert output.getvalue() == f"주의: {BROKEN.format(1)}\n"
    there = connect_to_file(tmp_path / "there.sqlite3")
    assert backup.restore(path, there, replace=False, tell=print).chain_problems == [BROKEN.format(1)]


def test_a_dump_is_read_as_its_database(database):
    chain, expected = Chain(), chain_in(database)
    for table, names in (
        (LINKS, ("position", "head", "count", "at")),
        (SEALS, ("record_id", "mac", "position")),
    ):
        for row in database.execute(f"SELECT {', '.join(names)} FROM {table}"):
            cells = [r"\N" if cell is None else str(cell) for cell in row]
            cells = [f"{cell}+00" if name == "at" else cell for name, cell in zip(names, cells, strict=True)]
            chain.add(table, dict(zip(names, cells, strict=True)))
    assert (chain.end, chain.problems()) == (expected.end, [])

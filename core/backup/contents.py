"""What a database holds, counted in the same way in a SQLite file, in a dump of PostgreSQL and in a running database."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from .chain import COLUMNS as CHAINED
from .chain import Chain
from .manifest import Manifest

MIGRATIONS = "django_migrations"
LOW = (1 << 32) - 1
COPY = re.compile(rb'COPY (?:[^ ]+\.)?"?([^" .]+)"? \((.*)\) FROM stdin;\n')
ESCAPE = re.compile(rb"\\([bfnrtv\\])")
ESCAPES = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v", b"\\": b"\\"}
Execute = Callable[[str], Iterable[Sequence[Any]]]

_hashed: dict[str, tuple[str, str]] = {}


def register_hashed(label: str, content: str, sha256: str = "sha256") -> None:
    """The column `content` of this model's rows must hash to their column `sha256`; called by an app that is ready."""
    _hashed[label] = (content, sha256)


@dataclass
class Table:
    """A model's table. `integers` are the columns that are added up, `content` is hashed and held against `sha256`."""

    label: str
    name: str
    integers: list[str]
    key: str = "id"
    content: str = ""
    sha256: str = ""


@dataclass
class Contents:
    """Rows and sums by label, the hashes of what was published by label and key, and the rows whose hash is not theirs."""

    models: dict[str, dict[str, Any]] = field(default_factory=dict)
    hashes: dict[str, dict[str, Any]] = field(default_factory=dict)
    migrations: list[list[str]] = field(default_factory=list)
    wrong_hashes: list[str] = field(default_factory=list)
    chain: Chain = field(default_factory=Chain)

    def add_hash(self, table: Table, key: object, content: bytes | str, sha256: str) -> None:
        found = hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()
        self.hashes.setdefault(table.label, {})[str(key)] = found
        if found != sha256:
            self.wrong_hashes.append(f"{table.label} {key}: 내용의 SHA-256이 적어 둔 것과 다릅니다.")

    def differences(self, manifest: Manifest) -> list[str]:
        """A sentence for each model in which this is not what a manifest says."""
        models, hashes = manifest.models, manifest.hashes
        wrong = [
            f"{label}: 백업할 때와 다릅니다(줄 {saved['rows']} → {self.models.get(label, {}).get('rows', '없음')})."
            for label, saved in models.items()
            if self.models.get(label) != saved
        ]
        wrong += [
            f"{label}: 발행한 내용이 백업할 때와 다릅니다."
            for label in hashes.keys() | self.hashes.keys()
            if self.hashes.get(label) != hashes.get(label)
        ]
        if manifest.chain and self.chain.end != manifest.chain:
            wrong.append(f"기록 사슬의 끝이 백업할 때와 다릅니다(제{manifest.chain[0]:,}호).")
        return wrong + self.wrong_hashes


def tables(connection: Any) -> list[Table]:
    """Of the models of this program, as far as the database has them: before a migration it lacks some."""
    with connection.cursor() as cursor:
        introspection = connection.introspection
        present = {
            name: {column.name for column in introspection.get_table_description(cursor, name)}
            for name in introspection.table_names(cursor)
        }
    found = [Table("migrations.Migration", MIGRATIONS, ["id"])]
    for model in apps.get_models(include_auto_created=True):
        columns = present.get(model._meta.db_table, set())
        if not columns or model._meta.proxy:
            continue
        content, sha256 = _hashed.get(model._meta.label, ("", ""))
        if not {content, sha256} <= columns:
            content = sha256 = ""
        integers = {str(column.column) for column in model._meta.concrete_fields if _is_integer(column)}
        key = str(model._meta.pk.column)
        found.append(
            Table(model._meta.label, model._meta.db_table, sorted(integers & columns), key, content, sha256)
        )
    return found


def _is_integer(column: Any) -> bool:
    while isinstance(column, models.ForeignKey):
        column = column.target_field
    return isinstance(column, models.IntegerField | models.AutoField)


def measure(execute: Execute, wanted: list[Table]) -> Contents:
    """By SQL that both engines know. SQLite's sum() overflows, so that the halves of a number are added up by themselves."""
    contents = Contents()
    for table in wanted:
        parts = [
            f'sum(CAST("{column}" AS bigint) {half})'
            for column in table.integers
            for half in (">> 32", f"& {LOW}")
        ]
        ((rows, *sums),) = execute(f'SELECT {", ".join(["count(*)", *parts])} FROM "{table.name}"')  # noqa: S608
        pairs = zip(table.integers, sums[::2], sums[1::2], strict=True)
        totals = {column: (int(high or 0) << 32) + int(low or 0) for column, high, low in pairs}
        contents.models[table.label] = {"rows": rows, "sums": totals}
        if table.content:
            columns = f'"{table.key}", "{table.content}", "{table.sha256}"'
            for key, content, sha256 in execute(f'SELECT {columns} FROM "{table.name}"'):  # noqa: S608
                contents.add_hash(table, key, content if isinstance(content, str) else bytes(content), sha256)
    contents.chain = Chain.of(execute, [table.name for table in wanted])
    contents.migrations = sorted(list(row) for row in execute(f"SELECT app, name FROM {MIGRATIONS}"))  # noqa: S608
    return contents


def measure_copy(lines: Iterator[bytes], wanted: list[Table]) -> Contents:
    """From the script that pg_restore makes of a dump: the rows stand in it as text, columns between tabs."""
    contents, by_name = Contents(), {table.name.encode(): table for table in wanted}
    for line in lines:
        if (found := COPY.fullmatch(line)) and (table := by_name.get(found[1])):
            columns = [name.strip().strip(b'"').decode() for name in found[2].split(b",")]
            _measure_rows(lines, table, columns, contents)
    return contents


def _measure_rows(lines: Iterator[bytes], table: Table, columns: list[str], contents: Contents) -> None:
    places = [columns.index(column) for column in table.integers]
    sums, rows = [0] * len(places), 0
    for line in lines:
        if line == b"\\.\n":
            break
        rows += 1
        cells = line[:-1].split(b"\t")
        for number, place in enumerate(places):
            if cells[place] != rb"\N":
                sums[number] += int(cells[place])
        if table.content:
            key, content, sha256 = (
                ESCAPE.sub(lambda found: ESCAPES[found[1]], cells[columns.index(name)])
                for name in (table.key, table.content, table.sha256)
            )
            is_binary = content.startswith(rb"\x")
            content = bytes.fromhex(content[2:].decode()) if is_binary else content
            contents.add_hash(table, key.decode(), content, sha256.decode())
        if table.name in CHAINED:
            names = CHAINED[table.name]
            contents.chain.add(table.name, {name: cells[columns.index(name)].decode() for name in names})
        if table.name == MIGRATIONS:
            contents.migrations.append([cells[columns.index(name)].decode() for name in ("app", "name")])
    contents.models[table.label] = {"rows": rows, "sums": dict(zip(table.integers, sums, strict=True))}
    contents.migrations.sort()

"""How the lines of a file reach the database, thousands in a statement."""

from django.db import connection

from ..models import BudgetFigure, BudgetLine
from ..models.querysets import LINE_NAMES
from . import fields

KEY = ("fiscal_year", "department_id", *LINE_NAMES)
AMOUNTS = tuple(fields.LINE_AMOUNTS)
DEPARTMENT, ACCOUNT = (
    KEY.index("department_id"),
    slice(KEY.index("account_kind"), KEY.index("account_name") + 1),
)


class LineTable:
    """A table of this connection with the lines of a file, from which the database makes its own in statements for thousands of them."""

    name = "lines_of_a_file"
    columns = ("row_number", *KEY, *AMOUNTS)

    def __init__(self):
        self.added = self.written = 0

    def add(self, lines):
        """Returns the place of the first of the lines."""
        with connection.cursor() as cursor:
            if not self.added:
                self._drop(cursor)
                cursor.execute(f"CREATE TEMPORARY TABLE {self.name} ({self._definitions()})")
            first = self.added
            self.added += len(lines.rows)
            columns = [range(first, self.added), lines.rows, *lines.parts, *lines.amounts]
            copy_columns(cursor, self.name, dict(zip(("place", *self.columns), columns, strict=True)))
        return first

    def _definitions(self):
        fields = [
            *map(BudgetLine._meta.get_field, ("order", *KEY)),
            *map(BudgetFigure._meta.get_field, AMOUNTS),
        ]
        types = [
            f"{name} {field.db_type(connection)}"
            for name, field in zip(map(quoted, self.columns), fields, strict=True)
        ]
        return ", ".join(["place integer PRIMARY KEY", *types])

    def write(self, source, first):
        """The lines from the place `first` on become lines of the budget, where they are new, and figures of the source.

        Returns the first keys of both, from which the others follow, where all are known to be new.
        """
        key, amounts = (", ".join(map(quoted, names)) for names in (KEY, AMOUNTS))
        same = " AND ".join(f"line.{name} = file.{name}" for name in map(quoted, KEY))
        lines, figures = (quoted(model._meta.db_table) for model in (BudgetLine, BudgetFigure))
        ending = "WHERE place >= %s ORDER BY place ON CONFLICT DO NOTHING"
        make_lines = (
            f'INSERT INTO {lines} ({key}, "order") SELECT {key}, row_number FROM {self.name} {ending}'  # noqa: S608 (names of models only)
        )
        make_figures = f"INSERT INTO {figures} (source_id, line_id, {amounts}) SELECT %s, "  # noqa: S608
        count, keys = self.added - first, None
        with connection.cursor() as cursor:
            cursor.execute(make_lines, [first])
            if cursor.rowcount == count and connection.vendor == "sqlite":
                # Nobody else writes meanwhile: all are new, and have keys that follow one another in the order of their places.
                line = _newest(cursor, lines) - count + 1
                known = f"place + %s, {amounts} FROM {self.name} {ending}"  # noqa: S608
                cursor.execute(make_figures + known, [source.pk, line - first, first])
                self.written += cursor.rowcount
                keys = line, _newest(cursor, figures) - count + 1
            else:
                found = f"line.id, {amounts} FROM {self.name} file JOIN {lines} line ON {same} {ending}"  # noqa: S608
                cursor.execute(make_figures + found, [source.pk, first])
                self.written += cursor.rowcount
        return keys

    def duplicate_rows(self):
        """Rows of lines that the file has already, with the row of the first."""
        if self.written == self.added:
            return []
        key = ", ".join(map(quoted, KEY))
        numbered = (
            f"SELECT row_number, MIN(row_number) OVER (PARTITION BY {key}) AS first_row FROM {self.name}"  # noqa: S608
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT row_number, first_row FROM ({numbered}) numbered WHERE row_number > first_row ORDER BY row_number"  # noqa: S608
            )
            return cursor.fetchall()

    def drop(self):
        with connection.cursor() as cursor:
            self._drop(cursor)

    def _drop(self, cursor):
        if (
            connection.vendor == "sqlite"
        ):  # which else writes zeros over all that it had, as it does in the file of the database
            cursor.execute("PRAGMA temp.secure_delete = OFF")
        cursor.execute(f"DROP TABLE IF EXISTS {self.name}")


def _newest(cursor, table):
    cursor.execute(f"SELECT MAX(id) FROM {table}")  # noqa: S608 (a model's)
    return cursor.fetchone()[0]


def quoted(name):
    return connection.ops.quote_name(name)


def copy_columns(cursor, table, columns):
    """Rows by COPY where the engine has it, else by plain INSERTs: a hundred thousand rows take 0.3 seconds so and twelve by `bulk_create`."""
    names = ", ".join(map(quoted, columns))
    if hasattr(cursor, "copy"):
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in zip(*columns.values(), strict=True):
                copy.write_row(row)
    else:
        places, binding = [], []
        for values in columns.values():
            if _is_one_number(values):  # it need not be bound for each row
                places.append("NULL" if values[0] is None else str(values[0]))
            else:
                places.append("%s")
                binding.append(values)
        statement = f"INSERT INTO {table} ({names}) VALUES ({', '.join(places)})"  # noqa: S608 (numbers)
        cursor.executemany(statement, zip(*binding, strict=True))


def _is_one_number(values):
    first = values[0]
    return (
        (first is None or type(first) is int) and first == values[-1] and values.count(first) == len(values)
    )

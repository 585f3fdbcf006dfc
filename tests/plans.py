"""What an engine reads for a query, told by its plan: an index that is missing shows with three rows as with a million."""

import json
from typing import Any

from django.db import connection


def read_whole(rows: Any) -> set[str]:
    """Tables, by the names that the query has for them, of which all rows are read."""
    if connection.vendor == "postgresql":
        nodes = [node for node in _nodes(rows, "seqscan") if "Scan" in node["Node Type"] and "Alias" in node]
        return {node["Alias"] for node in nodes if not {"Index Cond", "Recheck Cond"} & node.keys()}
    return {step.split()[1] for step in _steps(rows) if step.startswith("SCAN")}


def is_sorted(rows: Any) -> bool:
    """Whether rows are sorted once they are read, for no index has them in their order."""
    if connection.vendor == "postgresql":
        return any("Sort" in node["Node Type"] for node in _nodes(rows, "sort"))
    return any(step.endswith("ORDER BY") for step in _steps(rows))


def _steps(rows: Any) -> list[str]:
    """Of SQLite's plan."""
    sql, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
        return [row[-1] for row in cursor.fetchall()]


def _nodes(rows: Any, *avoided: str) -> list[dict[str, Any]]:
    """Of PostgreSQL's plan, which has what is avoided only where no index serves, though small tables would like it."""
    sql, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("".join(f"SET LOCAL enable_{way} = off;" for way in avoided))
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", parameters)
        (found,) = cursor.fetchone()
        cursor.execute("".join(f"SET LOCAL enable_{way} = on;" for way in avoided))
    nodes = [(json.loads(found) if isinstance(found, str) else found)[0]["Plan"]]
    for node in nodes:
        nodes += node.get("Plans", [])
    return nodes

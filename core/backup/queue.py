"""What a restored database does not take over from its copy: the queue, of which all may have been done since.

Mail that waited when the copy was made has left by now, and a machine that only looks at a copy is to send none.
"""

from typing import Any

UNFINISHED = "status IN ('READY', 'RUNNING')"  # results stay: the last `verify` is one
TABLES = {
    "core_tasklease": "",
    "django_tasks_database_dbtaskresult": f"WHERE {UNFINISHED}",
    "core_taskworker": "",
    "core_periodictask": "",
}


def forget_queue(connection: Any) -> None:
    """Work that waits or runs is dropped, and what comes by the clock is due anew from the first worker on. A copy of before there was a queue has none."""
    with connection.cursor() as cursor:
        present = connection.introspection.table_names(cursor)
        for name, condition in TABLES.items():
            if name in present:
                cursor.execute(f"DELETE FROM {name} {condition}")  # noqa: S608
    connection.close()

"""Every POST of every test is a write path: what it changes in the tables of facts stands in the history, too.

A request that wrote into such a table and left no record of that model is looked into row by row (what was rolled back,
or touches only untracked fields, is none); with `WRITE_PATHS=all` every request that wrote is.
"""

import os
import re
from functools import cache, wraps
from itertools import chain

from django.db import connection
from django.test import Client

from core.audit.imported_rows import ImportedStates
from core.audit.recording import tracked_models
from core.audit.stored_facts import verify_rows
from core.audit.verification import Verified
from core.models import ChangeRecord

WRITTEN = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
EACH = os.environ.get("WRITE_PATHS") == "all"


@cache
def models_by_table():
    found = {model._meta.db_table: model for model in tracked_models()}
    links = (
        (field.remote_field.through, model) for model in found.values() for field in model._meta.many_to_many
    )
    return found | {through._meta.db_table: model for through, model in links}


def newest_record():
    """Asked past Django, for a test may count its queries."""
    return (
        connection.connection.execute(f"SELECT max(id) FROM {ChangeRecord._meta.db_table}").fetchone()[0] or 0
    )


def unrecorded(written, last):
    """What the history does not know of the models written into, since the record `last`."""
    recorded = set(ChangeRecord.objects.filter(pk__gt=last).values_list("model", flat=True))
    if not EACH and {model._meta.label_lower for model in written} <= recorded:
        return []
    names = {str(model._meta.verbose_name) for model in written}
    imported, verified = ImportedStates(), Verified("")
    of_rows = (found for model in written for found in verify_rows(model, imported, verified))
    wrong = chain(imported.broken, of_rows, imported.gone())
    return [str(found) for found in wrong if found.subject in names]


def watch():
    """From now on, for the whole run."""
    ask = Client.post

    @wraps(ask)
    def post(self, *arguments, **options):
        written, before = set(), []

        def execute(run, sql, parameters, many, context):
            if (found := WRITTEN.match(sql)) and (model := models_by_table().get(found[1])):
                before.append(0 if written else newest_record())
                written.add(model)
            return run(sql, parameters, many, context)

        with connection.execute_wrapper(execute):
            response = ask(self, *arguments, **options)
        if written and response.status_code < 400 and (wrong := unrecorded(written, before[0])):
            raise AssertionError(f"not in the history: {wrong}")
        return response

    Client.post = post

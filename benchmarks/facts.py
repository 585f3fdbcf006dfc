"""What accounting for the figures costs a server: `python -m benchmarks.facts`. Exit code 1 when a bar is missed.

On a freshly seeded database of its own, in milliseconds of processor, each the best of three. All checks of a bureau with nothing
remembered; the sheet of a value of every kind, as a page opens it over itself: while nothing has changed, and right after a change.
"""

import os
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from secrets import token_hex

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / part) for part in ("", "tools")]

COLD, SHEET = 250, 100  # bars in ms
TIMES = 3
OF_EACH_KIND = 5  # values, evenly from its list


def processor_time(work):
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def forget_all():
    """As a process that has just started."""
    from core import integrity, stated_facts
    from core.mentions import states
    from reports.site import site_document

    for module in (integrity, stated_facts, states, site_document):
        module._remembered.kept.clear()
    for memory in (integrity._remembered_of_scopes, stated_facts._remembered_of_scopes, states._read):
        memory.kept.clear()


def cold_run():
    from core import integrity
    from core.snapshot import snapshots_at
    from seoul_digital.lib.query_params import AskedDate

    snapshot = snapshots_at(AskedDate(None))[0]
    return processor_time(lambda: integrity.run(snapshot))


def change():
    """Of the projects' source, as a change of its rows raises its revision."""
    from core.models import Source, SourceRevision

    SourceRevision.objects.filter(source__scope=Source.Scope.PROJECTS).update(revision=token_hex(16))


def values_of_each_kind():
    """Identities of stated facts and of what texts alone state; of a kind with many some from all of its list."""
    from core.snapshot import snapshots_at
    from core.stated_facts import stated_facts
    from reports.site.site_document import site_document
    from seoul_digital.lib.query_params import AskedDate

    snapshot, by_kind = snapshots_at(AskedDate(None))[0], defaultdict(list)
    for identity in {**stated_facts(snapshot), **site_document(snapshot).places}:
        by_kind[identity.partition(":")[0]].append(identity)
    return {kind: found[:: max(1, len(found) // OF_EACH_KIND)] for kind, found in sorted(by_kind.items())}


def sheet(client, identity, part="sheet"):
    from django.urls import reverse

    response = client.get(reverse("fact", args=[identity]), headers={"X-Fragment": part})
    if response.status_code != 200:
        raise SystemExit(f"{identity}: {response.status_code}")


def sheet_after_change(client, identity):
    change()
    return processor_time(lambda: sheet(client, identity, "at-once"))


def best(measure):
    return min(measure() for _ in range(TIMES))


def report():
    """Whether the bars are kept."""
    from django.test import Client

    from departments.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.create(username="reader"))
    for _ in range(2):  # what is loaded once
        forget_all()
        cold_run()
    cold = best(lambda: (forget_all(), cold_run())[1])
    rows = [("all checks of a bureau, nothing remembered", cold, COLD)]
    for kind, identities in values_of_each_kind().items():
        sheet(client, identities[0])
        unchanged = max(
            best(lambda identity=identity: processor_time(lambda: sheet(client, identity)))
            for identity in identities
        )
        changed = max(
            best(lambda identity=identity: sheet_after_change(client, identity)) for identity in identities
        )
        rows += [
            (f"sheet of {kind}, unchanged", unchanged, SHEET),
            (f"sheet of {kind}, changed", changed, SHEET),
        ]
    for what, taken, bar in rows:
        print(f"{what:<48} {taken:6.1f} ms  ≤ {bar}" + ("" if taken <= bar else "  MISSED"))
    return all(taken <= bar for _, taken, bar in rows)


def main():
    import demo
    import django

    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(demo.prepared(folder).environment, DJANGO_SETTINGS_MODULE="seoul_digital.settings")
        django.setup()
        from seoul_digital.lib.gate import share_fairly

        share_fairly()  # as the server does
        sys.exit(not report())


if __name__ == "__main__":
    main()

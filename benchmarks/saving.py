"""What the checks of a save cost for each model of the seeded report: at most 150 ms of processor time.

`python -m benchmarks.saving`, on a freshly seeded database of its own; the best of three. Counted is what a form asks before it
saves (doubts, totals of the last report) and the checks after it of what the change can touch.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from secrets import token_hex

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / part) for part in ("", "tools")]

LIMIT = 0.15  # seconds


def cost(row) -> float:
    from core.admin.checks import serious_findings
    from core.models import SourceRevision
    from core.page_links import source_reached
    from core.plausibility.held_totals import MovedTotals
    from core.plausibility.rules import doubts

    source = source_reached(row)
    SourceRevision.objects.filter(source=source).update(
        revision=token_hex(16)
    )  # as a change of the row raises it
    start = time.process_time()
    doubts(row)
    totals = MovedTotals()
    totals.add(row)
    list(totals.broken())
    serious_findings(source, type(row))
    return time.process_time() - start


def report() -> bool:
    """Whether the bar is kept."""
    from django.apps import apps
    from django.db import transaction

    from core.models import NaturalKeyModel

    slowest = []
    for model in apps.get_models():
        path = model.source_path() if issubclass(model, NaturalKeyModel) else ""
        row = model._base_manager.filter(**{f"{path}__state": "in_force"}).last() if path else None
        if row is not None:
            with transaction.atomic():
                times = [cost(row) for _ in range(4)]
                transaction.set_rollback(True)
            slowest.append((min(times), model._meta.label))
    slowest.sort(reverse=True)
    for seconds, name in slowest:
        print(f"{seconds * 1000:6.1f} ms  {name}")
    return slowest[0][0] <= LIMIT


def main() -> None:
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

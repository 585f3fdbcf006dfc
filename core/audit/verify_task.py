"""`verify` in the background: every night by itself, and when an administrator asks for it; its result is kept with the task."""

from __future__ import annotations

import logging
from itertools import islice
from typing import Any

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ..tasks.backend import background_task
from ..tasks.leases import TaskRun
from . import seals, seen_end
from .verification import verify

MOST_KEPT = 200  # discrepancies of a verifier
logger = logging.getLogger(__name__)


@background_task(title="기록 확인", queue_name="verify", alone=True, most_waiting=1, most_seconds=6 * 3600)
def verify_records(run: TaskRun) -> dict[str, Any]:
    """Gives what each verifier has found, whether the chain was cut, and the chain's end."""
    cut = seen_end.missing()
    results: list[dict[str, Any]] = []
    for verified, discrepancies in verify():
        found = [str(discrepancy) for discrepancy in islice(discrepancies, MOST_KEPT)]
        results.append({"title": verified.title, "number": verified.number, "found": found})
    end = seals.link()
    wrong = [sentence for result in results for sentence in result["found"]]
    if cut or wrong:
        logger.error("records are not as they were written: %s", " / ".join(filter(None, [cut, *wrong[:5]])))
    else:
        seen_end.write([end.position, end.value])
    return {"results": results, "cut": cut, "position": end.position, "head": end.value}


def last_look() -> Any:
    """The newest run that looked at everything, with its result in `return_value`; None where there is none."""
    return _newest_first().filter(status=TaskResultStatus.SUCCESSFUL).first()


def last_failure() -> Any:
    """The newest run, where that did not come to its end: what the last look found may be so no more."""
    newest = _newest_first().first()
    return newest if newest and newest.status == TaskResultStatus.FAILED else None


def _newest_first() -> Any:
    path = verify_records.module_path
    return DBTaskResult.objects.finished().filter(task_path=path).order_by("-finished_at")

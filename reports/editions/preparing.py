"""Making the documents of an edition ahead, in the background: those that publishing would make of it as it stands.

Asked for when the page before publishing is opened and nothing keeps the edition from being published.
"""

from contextlib import suppress

from django.core.files.base import ContentFile
from django.db import OperationalError, transaction

from core.audit import seals
from core.models import TaskWorker
from core.tasks.backend import QueueFull, background_task
from core.tasks.leases import TaskRun

from ..models import Edition
from ..models.published import digest, proof_of
from ..text_size import ReportTooLargeError
from . import publishing
from .publishing import Prepared
from .ready_documents import (
    KEPT,
    QUEUE,
    DocumentsState,
    ReadyDocuments,
    documents_state,
    newest_result,
    store,
)
from .sources import EditionRefused


@background_task(title="인쇄본 만들기", queue_name=QUEUE, alone=True, most_waiting=50, most_seconds=10 * 60)
def prepare_documents(run: TaskRun, edition: int, mark: str) -> None:
    """`mark` is that of what was shown to who asked; they are made of the edition as it stands by now."""
    found = Edition.objects.select_related("bureau").filter(pk=edition, state=Edition.State.REVIEW).first()
    if found is None:
        return
    earlier = ReadyDocuments.from_json(newest_result(edition))
    try:
        prepared = publishing.prepare(found)
        made_of = (
            prepared.documents_mark
        )  # before the end of the chain, which is to hold all that the mark tells of
        if earlier and earlier.mark == made_of and earlier.is_whole:
            with run.held():
                run.complete(earlier.to_json())
            return
        head = seals.link()
        files = publishing.made_files(prepared, proof_of(head))
    except (EditionRefused, ReportTooLargeError) as error:
        with run.held():
            run.complete({"mark": mark, "error": str(error)})
        return
    names = {
        extension: (store().save("", ContentFile(content)), digest(content))
        for extension, content in files.items()
    }
    _keep(run, ReadyDocuments(made_of, head, names), earlier)


def _keep(run: TaskRun, ready: ReadyDocuments, earlier: ReadyDocuments | None) -> None:
    """Together with the end of the run; an edition has one set of them at a time."""
    with run.held():
        for name, _ in ready.files.values():
            store().keep(name, until=KEPT)
        for name, _ in earlier.files.values() if earlier else ():
            store().delete(name)
        run.complete(ready.to_json())


def asked_for(prepared: Prepared) -> DocumentsState:
    """How far the documents of what is shown are; puts them in the queue where they are not there, once, and where a worker is."""
    edition, mark = prepared.edition, prepared.documents_mark
    state = documents_state(edition.pk, mark)
    if state.is_unknown and TaskWorker.objects.living().exists():
        with (
            suppress(QueueFull, OperationalError),
            transaction.atomic(),
        ):  # nor may who writes keep the page back
            Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
            if documents_state(edition.pk, mark).is_unknown:
                prepare_documents.enqueue(edition.pk, mark)
        state = documents_state(edition.pk, mark)
    return state

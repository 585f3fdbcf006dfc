"""An import from its file to a source in force, and back.

Uploaded files wait in line and are read by a worker (`core.tasks`), which begins anew where another one died in the midst of it.
"""

import logging
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import file_digest
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

from core.audit.recording import change_reason
from core.models import Source
from core.tasks.backend import QueueFull, background_task
from core.tasks.leases import LeaseLost, TaskRun, beating, begin_own
from departments.models import Department, User
from seoul_digital.database_errors import is_busy, is_full
from seoul_digital.lib.child_process import NO_PROCESS, path_for_child
from seoul_digital.lib.file_errors import FileRefused, Problem

from ..models import BudgetImport
from . import file_limits, line_identity
from .comparison import sources_before
from .options import Options
from .sandbox.pipeline import compare, read, refuse
from .staging import clear, keep_values

INTERRUPTED = Problem("읽던 중에 끊겨서 읽은 것을 모두 지웠습니다.", "파일을 다시 올려 주십시오.")
DEFECT = Problem(
    "프로그램의 잘못으로 이 파일을 읽지 못해 읽은 것을 모두 지웠습니다.",
    "관리자에게 알려 주십시오. 무엇이 잘못되었는지는 서버의 로그에 적혀 있습니다.",
)
BUSY = Problem(
    "다른 작업이 데이터베이스를 오래 잡고 있어 읽기를 그만두었습니다.", "잠시 뒤에 파일을 다시 올려 주십시오."
)
FULL = Problem(
    "서버의 디스크가 가득 차서 읽기를 그만두었습니다.",
    "관리자에게 알리고, 자리를 비운 뒤 다시 올려 주십시오.",
)
MOST_WAITING = 20  # files, over all nodes
CROWDED = Problem(
    f"다른 파일 {MOST_WAITING}개가 읽을 차례를 기다리고 있어 받지 않았습니다.",
    "몇 분 뒤에 다시 올려 주십시오.",
)
PASSING = (FULL, CROWDED, BUSY, INTERRUPTED, DEFECT, NO_PROCESS)  # not the file's fault
NO_FILE = "올린 파일이 남아 있지 않습니다. 파일을 다시 올려 주십시오."
State = BudgetImport.State
OUTSIDE = (KeyboardInterrupt, OperationalError, InterfaceError, OSError)  # what fails around us
CAME_TO_NOTHING = (State.REFUSED, State.DISCARDED)
logger = logging.getLogger(__name__)


class ImportActionError(Exception):
    """An action that the state of the import does not allow; the message says why, in Korean."""


def uploads() -> Any:
    """The storage of uploaded files, which every node reaches; a file's name there is the token of its import."""
    return storages["uploads"]


@contextmanager
def path_of(uploaded: UploadedFile) -> Iterator[Path]:
    """A path on this machine, for the child that looks at the file before it is kept."""
    if path := getattr(uploaded, "temporary_file_path", None):
        yield Path(path())
        return
    with tempfile.TemporaryFile() as copy:
        for chunk in uploaded.chunks():
            copy.write(chunk)
        yield path_for_child(copy)


def receive(
    bureau: Department, uploaded: UploadedFile, path: Path, options: Options, uploader: User
) -> BudgetImport:
    """Keeps an uploaded file, which lies at `path`, and puts it in line. Raises FileRefused where too many wait."""
    require_room()
    with path.open("rb") as stream:
        token = uploads().save("", File(stream))
    with transaction.atomic():  # else the storage forgets the file after an hour
        incoming = register(bureau, str(uploaded.name), path, options, uploader, token)
        uploads().keep(token)
        put_in_line(incoming)
    return incoming


def register(
    bureau: Department,
    file_name: str,
    path: Path | str,
    options: Options,
    uploader: User | None = None,
    token: str = "",
) -> BudgetImport:
    """A new import of the file at `path`."""
    with Path(path).open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    return BudgetImport.objects.create(
        bureau=bureau,
        file_name=Path(file_name).name[-200:],
        token=token or uuid4().hex,
        sha256=digest,
        size=Path(path).stat().st_size,
        options=options.to_dict(),
        uploader=uploader,
    )


def require_room() -> None:
    """Raises FileRefused where as many files wait as may."""
    if read_uploaded.is_full:
        raise FileRefused(problems=[CROWDED])


def put_in_line(incoming: BudgetImport) -> None:
    """The file is to be read by a worker. Raises FileRefused where too many wait."""
    try:
        read_uploaded.enqueue(incoming.pk)
    except QueueFull as error:
        raise FileRefused(problems=[CROWDED]) from error


def begin_again(incoming: BudgetImport) -> None:
    """Puts the file in line once more, now that names are explained. Raises FileRefused where too many wait."""
    with transaction.atomic():
        incoming.state, incoming.report, incoming.rows_read = State.READING, {}, 0
        incoming.save(update_fields=["state", "report", "rows_read", "beat_at"])
        put_in_line(incoming)


def _give_up(run: TaskRun, pk: int) -> None:
    """Its workers died, each time: nothing of it stays."""
    incoming = BudgetImport.objects.select_for_update(of=("self",)).select_related("source").get(pk=pk)
    if incoming.state == State.READING:
        refuse(incoming, [INTERRUPTED])
        delete_upload(incoming)


@background_task(
    title="예산 파일 읽기",
    queue_name="budget-files",
    most_waiting=MOST_WAITING,
    most_seconds=2 * 3600,
    abandoned=_give_up,
)
def read_uploaded(run: TaskRun, pk: int) -> None:
    """Reads an uploaded file, from its beginning whatever an earlier worker had read of it."""
    with run.held():  # so that its draft is an earlier worker's, and of none that has taken the file up since
        incoming = BudgetImport.objects.select_related("bureau", "uploader", "source").get(pk=pk)
    if incoming.state != State.READING:
        return
    clear(incoming)
    with refusing_what_fails(incoming, run):
        try:
            with uploads().local_copy(incoming.token) as path:
                read(incoming, path, run=run)
        except FileNotFoundError:  # the command that read it died
            refuse(incoming, [INTERRUPTED], run=run)
    delete_upload(incoming)


@contextmanager
def refusing_what_fails(incoming: BudgetImport, run: TaskRun) -> Iterator[None]:
    """Takes back what was read where anything fails, as far as that can be written; else the run fails, and is tried again."""
    try:
        yield
    except LeaseLost:
        raise
    except (Exception, KeyboardInterrupt) as error:
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        other = INTERRUPTED if isinstance(error, OUTSIDE) else DEFECT
        problem = FULL if is_full(error) else BUSY if is_busy(error) else other
        if problem is other:
            logger.error("a budget file could not be read", exc_info=error)
        refuse(incoming, [problem], run=run)


def cleanup_interrupted() -> None:
    """Clears away what could not be cleared when it was thrown away, imports that nobody is to read, and files of neither."""
    for incoming in BudgetImport.objects.unfinished().select_related("source"):
        if incoming.state == State.DISCARDED:
            clear(incoming)
        else:
            with suppress(QueueFull):  # the next time
                _refuse_unattended(incoming)
    left = BudgetImport.objects.filter(state__in=CAME_TO_NOTHING, token__in=uploads().listdir("")[1])
    for incoming in left:
        delete_upload(incoming)


def _refuse_unattended(incoming: BudgetImport) -> None:
    """Where nobody is to read it; a run of its own holds it meanwhile, so that nobody begins."""
    with transaction.atomic():
        incoming = lock_for_update(incoming)
        if incoming.state != State.READING or read_uploaded.unfinished(incoming.pk).exists():
            return
        run = begin_own(read_uploaded, incoming.pk)
    with beating(run):
        refuse(incoming, [INTERRUPTED], run=run)
        delete_upload(incoming)


@background_task(title="예산 파일 정리", queue_name="tidy-budget-files", alone=True)
def tidy(run: TaskRun) -> None:
    cleanup_interrupted()


def delete_upload(incoming: BudgetImport) -> None:
    """Deletes the uploaded file of what came to nothing."""
    if incoming.state in CAME_TO_NOTHING:
        uploads().delete(incoming.token)


def find_duplicate(incoming: BudgetImport) -> BudgetImport | None:
    """Finds the same file, read the same way, that is in force already."""
    wanted = Options.from_dict(incoming.options).of_the_file
    same = BudgetImport.objects.filter(
        sha256=incoming.sha256,
        bureau=incoming.bureau,
        state=State.STAGED,
        source__state=Source.State.IN_FORCE,
    ).exclude(pk=incoming.pk)
    found = (other for other in same.newest_first() if Options.from_dict(other.options).of_the_file == wanted)
    return next(found, None)


def parts_of(incoming: BudgetImport) -> list[BudgetImport]:
    """The imports that have a source: of a file of many bureaus its parts, else itself."""
    is_split = incoming.state == State.SPLIT
    return list(incoming.parts.select_related("source").order_by("pk")) if is_split else [incoming]


def put_in_force(incoming: BudgetImport) -> None:
    """Readers see the draft from now on. One row changes, of a file of many bureaus one a bureau that still waits."""
    with transaction.atomic():
        for part in [part for part in parts_of(incoming) if part.is_draft] or [incoming]:
            _put_in_force(part)


def _put_in_force(incoming: BudgetImport) -> None:
    with transaction.atomic():
        incoming = lock_for_update(incoming)
        source = incoming.source
        if not incoming.is_draft:
            raise ImportActionError("검토 대기인 파일만 확정할 수 있습니다.")
        if find_duplicate(incoming):
            raise ImportActionError("같은 파일이 이미 확정되어 있습니다. 바뀌는 것이 없습니다.")
        if is_outdated(incoming):
            raise ImportActionError(
                "읽은 뒤에 다른 자료가 확정되거나 철회되었습니다. 바뀌는 것을 다시 확인하십시오."
            )
        accepted = incoming.options.get("accepted_unit", "")
        if incoming.report["objection"] and not accepted:
            raise ImportActionError(f"{incoming.report['objection']} 단위를 확인하십시오.")
        source.state, source.received_at = Source.State.IN_FORCE, source.next_receipt()
        with change_reason(
            f"예산 파일 확정: {incoming.file_name}" + (f" (단위 확인: {accepted})" if accepted else "")
        ):
            source.save()


def is_outdated(incoming: BudgetImport) -> bool:
    """Whether what the draft was compared with is no longer what is in force."""
    return [source.pk for source in sources_before(incoming.source)] != incoming.report["compared_with"]


def refresh_comparison(incoming: BudgetImport) -> None:
    """Compares the draft anew where what is in force has changed meanwhile."""
    for part in parts_of(incoming):
        if part.is_draft and is_outdated(part):
            compare(part)


def set_file_limits(incoming: BudgetImport, is_limited: bool) -> None:
    """Limits the draft to its one department or account, or lets it speak for everything."""
    with transaction.atomic():
        incoming = lock_for_update(incoming)
        if not incoming.is_draft:
            raise ImportActionError("검토 대기인 파일의 범위만 바꿀 수 있습니다.")
        file_limits.apply(incoming.source, incoming.report["could_limit"] if is_limited else {})
        compare(incoming)


def match_programmes(incoming: BudgetImport, given: Mapping[str, str]) -> None:
    """Puts new programmes of the draft under the known ones that a person has chosen for them; the others are new."""
    with transaction.atomic():
        incoming = lock_for_update(incoming)
        if not incoming.is_draft:
            raise ImportActionError("검토 대기인 파일의 사업만 이을 수 있습니다.")
        has_moved = False
        for question in line_identity.questions(incoming.report):
            known = given.get(question["field"], "")
            if known in map(str, question["known"]):
                _put_under_known(incoming.source, question["new"].pk, int(known))
                has_moved = True
        incoming.report |= {"proposals": incoming.report["proposals"][line_identity.MOST_ASKED :]}
        incoming.save(update_fields=["report", "beat_at"])
        compare(incoming)
    if has_moved:
        keep_values(incoming.source)


def _put_under_known(source: Source, new: int, known: int) -> None:
    try:
        line_identity.same_programme(source, new, known)
    except line_identity.ProgrammeMatchError as error:
        raise ImportActionError(str(error)) from error


@transaction.atomic
def accept_unit(incoming: BudgetImport, words: str) -> None:
    """Keeps `words` that say why the amounts are right although they are a thousand times off."""
    for part in {incoming, *parts_of(incoming)}:
        part.options = part.options | {"accepted_unit": words}
        part.save(update_fields=["options", "beat_at"])


def discard(incoming: BudgetImport) -> None:
    """Throws a draft away, with its file. What of it cannot be cleared away for the time being goes within the hour."""
    with transaction.atomic():
        incoming = lock_for_update(incoming)
        if not (incoming.is_draft or incoming.state == State.ASKING):
            raise ImportActionError("검토 대기인 파일만 버릴 수 있습니다.")
        for part in incoming.parts.all() if incoming.state == State.SPLIT else []:
            discard(part)
        incoming.state = State.DISCARDED
        incoming.save(update_fields=["state", "beat_at"])
    with suppress(DatabaseError):
        clear(incoming)
        delete_upload(incoming)


def withdraw(incoming: BudgetImport, reason: str) -> None:
    """Takes the whole of it out of force; what was there before is in force again."""
    with transaction.atomic():
        for part in [part for part in parts_of(incoming) if part.is_in_force] or [incoming]:
            _withdraw(part, reason)


def _withdraw(incoming: BudgetImport, reason: str) -> None:
    with transaction.atomic():
        incoming = lock_for_update(incoming)
        if not incoming.is_in_force:
            raise ImportActionError("확정된 파일만 철회할 수 있습니다.")
        incoming.source.state = Source.State.WITHDRAWN
        with change_reason(f"예산 파일 철회: {incoming.file_name}. {reason}"):
            incoming.source.save()


def lock_for_update(incoming: BudgetImport) -> BudgetImport:
    return (
        BudgetImport.objects.select_for_update(of=("self",))
        .select_related("source", "bureau")
        .get(pk=incoming.pk)
    )

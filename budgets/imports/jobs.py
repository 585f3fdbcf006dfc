"""An import from its file to a source in force, and back.

Whoever reads a file holds the lock of its import, which the system lets go when the process ends, however it ends. So the next import knows
what was interrupted and clears it away.
"""

import fcntl
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from hashlib import file_digest
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core.audit.recording import change_reason
from core.models import Source
from departments.models import Department, User
from seoul_digital.database_errors import is_busy, is_full
from seoul_digital.lib.child_process import NO_PROCESS
from seoul_digital.lib.file_errors import Problem

from ..models import BudgetImport
from . import file_limits, line_identity
from .comparison import sources_before
from .options import Options
from .sandbox.pipeline import compare, read, refuse
from .staging import clear, keep_values

INTERRUPTED = Problem("읽던 중에 끊겨서 읽은 것을 모두 지웠습니다.", "파일을 다시 올려 주십시오.")
BUSY = Problem(
    "다른 작업이 데이터베이스를 오래 잡고 있어 읽기를 그만두었습니다.", "잠시 뒤에 파일을 다시 올려 주십시오."
)
FULL = Problem(
    "서버의 디스크가 가득 차서 읽기를 그만두었습니다.",
    "관리자에게 알리고, 자리를 비운 뒤 다시 올려 주십시오.",
)
READERS = 1  # files that this machine reads at once: its reader and the child of it keep two cores busy
MOST_WAITING = 20  # and takes in at most until they are read
CROWDED = Problem(
    f"다른 파일 {MOST_WAITING}개가 읽을 차례를 기다리고 있어 받지 않았습니다.",
    "몇 분 뒤에 다시 올려 주십시오.",
)
PASSING = (FULL, CROWDED, BUSY, INTERRUPTED, NO_PROCESS)  # not the file's fault
ELSEWHERE = "올린 파일이 함께 쓰는 다른 서버에 있어 지금 이 서버에서는 열거나 다시 읽을 수 없습니다. 잠시 뒤 다시 시도하거나 파일을 다시 올려 주십시오."
FORGOTTEN_AFTER = timedelta(hours=1)  # on another machine, whose locks cannot be seen
State = BudgetImport.State
CAME_TO_NOTHING = (State.REFUSED, State.DISCARDED)
logger = logging.getLogger(__name__)


class ImportActionError(Exception):
    """An action that the state of the import does not allow; the message says why, in Korean."""


class ImportLockedError(ImportActionError):
    """Another process holds the lock of the import."""


def register(
    bureau: Department,
    file_name: str,
    path: Path | str,
    options: Options,
    uploader: User | None = None,
    token: str = "",
) -> BudgetImport:
    """A new import of the file at `path`, to be read by whoever holds the lock of its token."""
    with Path(path).open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    return BudgetImport.objects.create(
        bureau=bureau,
        file_name=Path(file_name).name[-200:],
        token=token or new_token(),
        sha256=digest,
        size=Path(path).stat().st_size,
        options=options.to_dict(),
        uploader=uploader,
        host=socket.gethostname(),
    )


def new_token() -> str:
    return uuid4().hex


def file_of(token: str) -> Path:
    """Return the path of an uploaded file; its own name is never used."""
    settings.IMPORT_FOLDER.mkdir(parents=True, exist_ok=True, mode=0o700)
    return settings.IMPORT_FOLDER / token


def uploaded_file(incoming: BudgetImport) -> Path:
    """Return the path of the file that was uploaded. Raises ImportActionError where it does not lie on this machine."""
    path = file_of(incoming.token)
    if path.is_file():
        return path
    if incoming.host != socket.gethostname():
        raise ImportActionError(ELSEWHERE)
    raise ImportActionError("올린 파일이 남아 있지 않습니다. 파일을 다시 올려 주십시오.")


@contextmanager
def stored_upload(uploaded: UploadedFile, token: str) -> Iterator[Path]:
    """Keeps an uploaded file, unless what is done with it first fails, as where it is refused or the disk is full."""
    path = file_of(token)
    try:
        with path.open("wb") as stream:
            for chunk in uploaded.chunks():
                stream.write(chunk)
        yield path
    except BaseException:
        path.unlink(missing_ok=True)
        path.with_suffix(".lock").unlink(missing_ok=True)
        raise


@contextmanager
def locked(token: str) -> Iterator[int]:
    """Holds an import's lock; gives its descriptor, which another process may inherit. Raises ImportLockedError where it is held."""
    path = file_of(token).with_suffix(".lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield descriptor
    except BlockingIOError as error:
        raise ImportLockedError("다른 작업이 이 파일을 읽고 있습니다.") from error
    finally:
        os.close(descriptor)


def start(incoming: BudgetImport, descriptor: int) -> subprocess.Popen | None:
    """Reads the file, when its turn comes, in a process of its own, which inherits the lock and so outlives the request.

    None where there is no process to be had: then the file is refused.
    """
    wait = [sys.executable, "-IS", str(Path(__file__).with_name("waiting.py")), str(settings.IMPORT_FOLDER)]
    command = [*wait, str(READERS), sys.executable, "manage.py", "import_budget", "--job", str(incoming.pk)]
    try:
        return subprocess.Popen(  # noqa: S603 (this project's own command)
            command,
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            pass_fds=[descriptor],
            start_new_session=True,
        )
    except OSError as error:
        logger.error("no process to read a budget file: %s", error)
        refuse(incoming, [NO_PROCESS])
        delete_upload(incoming)
        return None


def read_uploaded(incoming: BudgetImport) -> None:
    """Reads an uploaded file; the lock is held already, for it was inherited."""
    try:
        with refusing_what_fails(incoming):
            cleanup_interrupted()
            read(incoming, file_of(incoming.token))
    finally:
        delete_upload(incoming)


@contextmanager
def refusing_what_fails(incoming: BudgetImport) -> Iterator[None]:
    """Takes back what was read where anything fails, as far as that can be written; the next import does the rest."""
    try:
        yield
    except Exception as error:
        connection.close_if_unusable_or_obsolete()
        problem = FULL if is_full(error) else BUSY if is_busy(error) else INTERRUPTED
        with suppress(DatabaseError):
            refuse(incoming, [problem])
        if problem is INTERRUPTED:
            raise


def begin_again(incoming: BudgetImport) -> None:
    """Marks the file to be read once more, now that names are explained."""
    incoming.state, incoming.report = State.READING, {}
    incoming.rows_read, incoming.host = 0, socket.gethostname()
    incoming.save(update_fields=["state", "report", "rows_read", "host", "beat_at"])


def is_interrupted(incoming: BudgetImport) -> bool:
    """Whether the process that read the file is gone; only the machine that it ran on can tell."""
    if incoming.host != socket.gethostname():
        return timezone.now() - incoming.beat_at > FORGOTTEN_AFTER
    try:
        with locked(incoming.token):
            return True
    except ImportLockedError:
        return False


def is_crowded() -> bool:
    """Whether as many files as may wait on this machine do."""
    reading = BudgetImport.objects.filter(state=State.READING, host=socket.gethostname())
    return sum(not is_interrupted(incoming) for incoming in reading[: 2 * MOST_WAITING]) >= MOST_WAITING


def files_ahead(incoming: BudgetImport) -> int:
    """How many files the machine reads or is to read before this one; 0 where its turn has come."""
    if incoming.rows_read:
        return 0
    others = BudgetImport.objects.filter(state=State.READING, host=incoming.host, pk__lt=incoming.pk)
    count = sum(not is_interrupted(other) for other in others[:MOST_WAITING])
    return count if count >= READERS else 0


def cleanup_interrupted() -> None:
    """Clears away what interrupted imports have left, and files of which no import knows."""
    _delete_orphans()
    for incoming in BudgetImport.objects.unfinished().select_related("source"):
        elsewhere = incoming.host != socket.gethostname()
        if elsewhere and timezone.now() - incoming.beat_at < FORGOTTEN_AFTER:
            continue
        try:
            with locked(incoming.token):
                incoming.refresh_from_db()
                if incoming.state == State.READING:
                    refuse(incoming, [INTERRUPTED])
                elif incoming.state == State.DISCARDED:
                    clear(incoming)
        except ImportLockedError:
            continue
        delete_upload(incoming)


def _delete_orphans() -> None:
    """A server that dies before an upload is registered, or after it came to nothing, leaves its file."""
    old = timezone.now().timestamp() - FORGOTTEN_AFTER.total_seconds()
    waiting = {path.stem for path in settings.IMPORT_FOLDER.glob("[!.]*") if path.stat().st_mtime < old}
    wanted = BudgetImport.objects.filter(token__in=waiting).exclude(state__in=CAME_TO_NOTHING)
    for token in waiting - set(wanted.values_list("token", flat=True)):
        with suppress(ImportLockedError), locked(token):
            file_of(token).unlink(missing_ok=True)
            file_of(token).with_suffix(".lock").unlink(missing_ok=True)


def delete_upload(incoming: BudgetImport) -> None:
    """Deletes the uploaded file of what came to nothing, and its lock."""
    file_of(incoming.token).with_suffix(".lock").unlink(missing_ok=True)
    if incoming.state in CAME_TO_NOTHING:
        file_of(incoming.token).unlink(missing_ok=True)


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
    """Throws a draft away, with its file. What of it cannot be cleared away for the time being the next import clears."""
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

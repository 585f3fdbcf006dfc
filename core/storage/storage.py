"""The storage: names of ours, hashes held whenever a file is read, and what nobody keeps cleared away."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from re import compile as pattern
from typing import Any, BinaryIO, cast
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation, SuspiciousOperation
from django.core.files import File
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models.functions import Now

from seoul_digital.lib.child_process import path_for_child
from seoul_digital.lib.file_errors import StoreUnavailableError

from ..models.stored_files import StoredFile
from . import objects, pieces

NAME = pattern("[0-9a-f]{32}")
KEPT = timedelta(hours=1)  # what nobody has said to keep
IN_MEMORY = 4 << 20  # bytes of a file that is read; more goes to a temporary file
DAMAGED = "저장한 파일의 내용이 적어 둔 SHA-256과 다릅니다."
PLACES: dict[str, Any] = {StoredFile.FilePlace.DATABASE: pieces, StoredFile.FilePlace.OBJECTS: objects}


class FileDamagedError(SuspiciousOperation):
    """The content of a stored file is not what was saved."""


class StoredFileStorage(Storage):
    """The files of a `folder`. A name is 32 hexadecimal digits; what users call a file stands in the row that names it."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        """Return the name, a new one where none is given. The file is there for an hour, unless somebody keeps it."""
        name = name or uuid4().hex
        if not NAME.fullmatch(name):
            raise SuspiciousFileOperation(f"no name of a stored file: {name!r}")
        clear_expired()
        places, expires_at = StoredFile.FilePlace, Now() + KEPT
        place = places.OBJECTS if settings.FILES_STORE else places.DATABASE
        file = StoredFile(name=name, folder=self.folder, place=place, expires_at=expires_at)
        PLACES[place].save(file, content)
        return name

    def keep(self, name: str, *, until: timedelta | None = None) -> None:
        """The file stays until it is deleted, or so long from now; in the transaction that writes the row of which it is."""
        if not self._files(name).update(expires_at=None if until is None else Now() + until):
            raise FileNotFoundError(name)

    def seal(self, name: str) -> StoredFile:
        """The file stays for good: from now on the database refuses to change or delete it."""
        if not self._files(name).update(expires_at=None, is_sealed=True):
            raise FileNotFoundError(name)
        return self.file(name)

    def file(self, name: str) -> StoredFile:
        """The row of a file that is whole. Raises FileNotFoundError."""
        if file := self._files(name).first():
            return file
        raise FileNotFoundError(name)

    def _files(self, name: str) -> Any:
        return StoredFile.objects.whole().filter(folder=self.folder, name=name)

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        """A temporary file that holds all of it, at its beginning. Raises FileDamagedError before anything is handed out."""
        if mode != "rb":
            raise ValueError("stored files are read only")
        return File(opened(self.file(name)), name)

    @contextmanager
    def local_copy(self, name: str) -> Iterator[Path]:
        """A path that this process and its children can open. The file behind it has no name, so that it goes however they end."""
        with tempfile.TemporaryFile() as target:
            fetch(self.file(name), target)
            yield path_for_child(target)

    def delete(self, name: str) -> None:
        for file in StoredFile.objects.filter(folder=self.folder, name=name):
            PLACES[file.place].delete(file)

    def exists(self, name: str) -> bool:
        return bool(self._files(name).exists())

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        names = StoredFile.objects.whole().filter(folder=self.folder).order_by("created_at")
        return [], list(names.values_list("name", flat=True))

    def size(self, name: str) -> int:
        return self.file(name).size

    def get_created_time(self, name: str) -> datetime:
        return self.file(name).created_at

    get_modified_time = get_created_time


def opened(file: StoredFile) -> BinaryIO:
    """A temporary file that holds all of it, at its beginning; whoever asks closes it. Raises FileDamagedError."""
    target = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
    try:
        fetch(file, target)
    except BaseException:
        target.close()
        raise
    return target


def streamed(content: BinaryIO) -> Iterator[bytes]:
    """What is read of an open file, for a response; it is closed behind it."""
    with content:
        yield from File(content).chunks()


def parts_of(file: StoredFile) -> Iterator[bytes]:
    """The content, whatever has become of it: for who looks whether it is what was saved."""
    parts: Iterator[bytes] = PLACES[file.place].read(file)
    return parts


def fetch(file: StoredFile, target: BinaryIO, *, may_move: bool = True) -> None:
    """Write the content and go back to its beginning. Raises FileDamagedError where it is not what was saved, FileNotFoundError where
    somebody has deleted it meanwhile. One that is moved meanwhile (`moving`) is read from where it is by then."""
    digest = sha256()
    for part in parts_of(file):
        digest.update(part)
        target.write(part)
    if (digest.hexdigest(), target.tell()) != (file.sha256, file.size):
        now = StoredFile.objects.whole().filter(name=file.name).first()
        if now is None:
            raise FileNotFoundError(file.name)
        if may_move and now.place != file.place:
            target.seek(0)
            target.truncate()
            return fetch(now, target, may_move=False)
        raise FileDamagedError(f"{DAMAGED} ({file})")
    target.seek(0)
    return None


def clear_expired() -> None:
    """Delete what nobody has kept within an hour, and what was not written to its end."""
    with suppress(StoreUnavailableError):  # the next time
        for file in StoredFile.objects.expired():
            with transaction.atomic():
                # Not what somebody has kept since it was listed; from here on nobody can.
                if StoredFile.objects.expired().filter(pk=file.pk).update(is_whole=False):
                    PLACES[file.place].clear(file)

"""Moving stored files between the database and the object store, once FILES_STORE is another.

A file is moved in one transaction after its copy was read back and held against its SHA-256: whoever is killed leaves it where it was, and the
next run goes on. Nothing else of its row changes, which triggers see to where it was published.
"""

import tempfile
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from django.db import transaction

from ..models.stored_files import StoredFile, StoredPiece
from . import objects, pieces
from .storage import fetch, opened

PLACES = StoredFile.FilePlace


def left(place: str) -> Any:
    """The files that lie elsewhere, oldest first."""
    return StoredFile.objects.whole().exclude(place=place).order_by("pk")


def move(file: StoredFile, place: str) -> bool:
    """Whether it lies there now; not where somebody has deleted it meanwhile. Raises FileDamagedError, FileNotFoundError where its object is
    gone, StoreUnavailableError."""
    act: Callable[[StoredFile, BinaryIO], bool] = _to_store if place == PLACES.OBJECTS else _to_database
    with opened(file) as content:
        return act(file, content)


def _to_store(file: StoredFile, content: BinaryIO) -> bool:
    objects.put(file.name, content)
    _hold(file, PLACES.OBJECTS)
    with transaction.atomic():
        if is_there := _place(file, PLACES.OBJECTS):
            StoredPiece.objects.filter(file=file)._raw_delete("default")
    if not is_there and not StoredFile.objects.filter(name=file.name).exists():
        objects.remove_object(file.name)
    return is_there


def _to_database(file: StoredFile, content: BinaryIO) -> bool:
    """Its object stays until `clear`: a copy of the database that is being made may name it."""
    with transaction.atomic():
        if not StoredFile.objects.whole().select_for_update().filter(pk=file.pk, place=file.place).exists():
            return False
        pieces.write(file, content)
        _hold(file, PLACES.DATABASE)
        return _place(file, PLACES.DATABASE)


def _place(file: StoredFile, place: str) -> bool:
    row = StoredFile.objects.whole().filter(pk=file.pk, place=file.place)
    return bool(row.update(place=place))


def _hold(file: StoredFile, place: str) -> None:
    """Read the copy back. Raises FileDamagedError."""
    copy = StoredFile(pk=file.pk, name=file.name, size=file.size, sha256=file.sha256, place=place)
    with tempfile.TemporaryFile() as target:
        fetch(copy, cast(BinaryIO, target), may_move=False)


def clear(file: StoredFile) -> None:
    """Removes the object that a file in the database, or a move that was killed, has left behind. Raises FileDamagedError where what is in the
    database is not the file."""
    opened(file).close()
    objects.remove_object(file.name)

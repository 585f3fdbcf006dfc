"""The content of stored files in the database, in pieces of at most a megabyte."""

from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO

from django.db import transaction

from ..models.stored_files import PIECE, StoredFile, StoredPiece


def save(file: StoredFile, content: BinaryIO) -> None:
    """All of it or nothing, with whatever the transaction around it writes. On SQLite others wait meanwhile to write."""
    with transaction.atomic():
        file.save()
        file.size, file.sha256 = write(file, content)
        file.is_whole = True
        file.save(update_fields=["size", "sha256", "is_whole"])


def write(file: StoredFile, content: BinaryIO) -> tuple[int, str]:
    """The pieces of a file; gives their length and SHA-256 in all."""
    digest, size = sha256(), 0
    for number, piece in enumerate(pieces_of(content)):
        digest.update(piece)
        own = sha256(piece).hexdigest()
        StoredPiece.objects.create(file=file, number=number, content=piece, sha256=own)
        size += len(piece)
    return size, digest.hexdigest()


def pieces_of(content: BinaryIO) -> Iterator[bytes]:
    """Full ones but for the last, also where reading gives less than was asked for."""
    piece = bytearray()
    while part := content.read(PIECE - len(piece)):
        piece += part
        if len(piece) == PIECE:
            yield bytes(piece)
            piece.clear()
    if piece:
        yield bytes(piece)


def read(file: StoredFile) -> Iterator[bytes]:
    """One piece in memory at a time, each by a query of its own, so that no transaction stays open meanwhile."""
    contents, number = file.pieces.order_by("number").values_list("content", flat=True), 0
    while (content := contents.filter(number=number).first()) is not None:
        yield bytes(content)
        number += 1


def delete(file: StoredFile) -> None:
    with transaction.atomic():
        file.delete()


clear = delete

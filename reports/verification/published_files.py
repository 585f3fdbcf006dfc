"""Whether a file is what was published: by its hash; else by the marks that it bears, or its name, one that is another now."""

import re
import struct
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from django.db.models import Q

from ..models import Edition, PublishedFile, PublishedReport

MARK = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
MARK_LENGTH, MOST_MARKS = 64, 500
# Where the writers of published files put the head of the chain, and programs that save them again leave it.
MARKED_PARTS = ("docProps/core.xml", "Contents/content.hpf")
LONGEST_PART = 1 << 16
END, END_OF_LARGE, END_SIZE = b"PK\x05\x06", b"PK\x06\x07", 22
MOST_PARTS, LARGEST_DIRECTORY, LONGEST_TAIL = 2_000, 1 << 20, (1 << 16) + END_SIZE
COPY_NUMBER = re.compile(r" ?\(\d{1,4}\)$| - 복사본$")


class Verdict(StrEnum):
    PUBLISHED = "published"
    CHANGED = "changed"
    NAMESAKE = "namesake"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Identified:
    """`file` is the published one of the same bytes, `edition` the one that it is of or claims to be of."""

    verdict: Verdict
    sha256: str
    edition: Edition | None = None
    file: PublishedFile | None = None


def identify(upload: Any) -> Identified:
    """Of an uploaded file; it is read a piece at a time, and nothing of it is opened but two short parts of a zip."""
    found, marks = _read(upload)
    files = PublishedFile.objects.select_related("published_report__edition__bureau")
    if file := files.filter(sha256=found).first():
        return Identified(Verdict.PUBLISHED, found, file.published_report.edition, file)
    marks |= set(_marks_in_zip(upload))
    of_marks = Q(chain_head__in=marks) | Q(sha256__in=marks)
    reports = PublishedReport.objects.defer("report", "before").select_related("edition__bureau")
    if report := reports.filter(of_marks).first():
        return Identified(Verdict.CHANGED, found, report.edition)
    if file := files.filter(name=original_name(upload.name)).order_by("-pk").first():
        return Identified(Verdict.NAMESAKE, found, file.published_report.edition, file)
    return Identified(Verdict.UNKNOWN, found)


def _read(upload: Any) -> tuple[str, set[str]]:
    """The SHA-256 and what looks like one in the bytes."""
    digest, rest = sha256(), b""
    marks: set[str] = set()
    for chunk in upload.chunks():
        digest.update(chunk)
        if len(marks) < MOST_MARKS:
            marks |= {mark.decode() for mark in MARK.findall(rest + chunk)}
            rest = chunk[-MARK_LENGTH - 1 :]
    return digest.hexdigest(), set(sorted(marks)[:MOST_MARKS])


def _marks_in_zip(upload: BinaryIO) -> Iterator[str]:
    if not _is_small_zip(upload):
        return
    with (
        suppress(
            zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, ValueError, EOFError
        ),
        zipfile.ZipFile(upload) as archive,
    ):
        for name in {*MARKED_PARTS} & {*archive.namelist()}:
            with archive.open(name) as part:
                yield from (mark.decode() for mark in MARK.findall(part.read(LONGEST_PART))[:MOST_MARKS])


def _is_small_zip(upload: BinaryIO) -> bool:
    """By its last bytes, before anything reads its directory into memory."""
    size = upload.seek(0, 2)
    upload.seek(max(0, size - LONGEST_TAIL))
    tail = upload.read(LONGEST_TAIL)
    upload.seek(0)
    place = tail.rfind(END)
    if place < 0 or END_OF_LARGE in tail or len(tail) - place < END_SIZE:
        return False
    parts, directory = struct.unpack_from("<HL", tail, place + 10)
    return parts <= MOST_PARTS and directory <= LARGEST_DIRECTORY


def original_name(name: str) -> str:
    """Without what browsers and desktops add to a second copy: `업무보고 (1).pdf`; composed as it was handed out."""
    path = Path(unicodedata.normalize("NFC", name))
    return f"{COPY_NUMBER.sub('', path.stem)}{path.suffix.lower()}"

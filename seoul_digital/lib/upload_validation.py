"""`validate_upload` looks at a file before anything opens it: what it is, how large it gets, what it
carries.

It reads the directory of the zip and the beginning of each part, never a whole part.
"""

import os
import re
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from .file_errors import FileRefused
from .hangul import with_particle

MEGABYTE = 1 << 20
LARGEST_FILE = 100 * MEGABYTE
LARGEST_UNPACKED = 1_600 * MEGABYTE
LARGEST_HELPER = 200 * MEGABYTE  # of what is not a sheet: texts, styles, pictures
MOST_PARTS = 2_000
HIGHEST_RATIO = 60  # a sheet of figures packs to a tenth or a twentieth
RATIO_MATTERS_FROM = 4 * MEGABYTE
PROLOGUE = 8_192

SAVE_AS_HINT = "엑셀에서 ‘다른 이름으로 저장 → Excel 통합 문서(.xlsx)’로 저장한 파일을 올려 주십시오."
RETRY_HINT = "파일을 다시 내려받거나 저장하여 올려 주십시오."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK"
MARKUP = re.compile(rb"^(\xef\xbb\xbf)?\s*<(!doctype|html|head|table|meta|\?xml|style)", re.IGNORECASE)
DECLARATIONS = ("<!DOCTYPE", "<!ENTITY")
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)


def validate_upload(
    file: BinaryIO, name: str, kinds: Sequence[str] = ("xlsx", "csv"), largest: int | None = LARGEST_FILE
) -> str:
    """Return which of `kinds` (`xlsx`, or of text: `csv`, `json`) an uploaded file is. Raises FileRefused.

    `name` is what the person calls the file, `largest` its size in bytes where that is limited.
    """
    kind = check_name(name, file.seek(0, os.SEEK_END), kinds, largest)
    file.seek(0)
    start = file.read(PROLOGUE)
    if kind == "xlsx":
        _check_workbook(file, start)
    else:
        _check_text(start, f".{kind}")
    file.seek(0)
    return kind


def check_name(
    name: str, size: int, kinds: Sequence[str] = ("xlsx", "csv"), largest: int | None = LARGEST_FILE
) -> str:
    """What `validate_upload` tells without opening the file: all that the server's own process looks at."""
    extension = Path(name).suffix.lower()
    if extension == ".xlsm":
        raise FileRefused("매크로가 든 파일(.xlsm)은 받지 않습니다.", SAVE_AS_HINT)
    if extension.lstrip(".") not in kinds:
        known = ", ".join(f".{kind}" for kind in kinds)
        raise FileRefused(
            f"‘{extension or '확장자 없음'}’ 파일은 읽지 않습니다. {known}만 읽습니다.", SAVE_AS_HINT
        )
    if not size:
        raise FileRefused("빈 파일입니다.", RETRY_HINT)
    if largest is not None and size > largest:
        raise FileRefused(
            f"파일이 {largest / MEGABYTE:,.0f}MB를 넘습니다({size / MEGABYTE:,.1f}MB).",
            "행을 나누어 올려 주십시오. 재정시스템의 파일이면 연도나 부서로 나누어 내려받아 주십시오.",
        )
    return extension.lstrip(".")


def _check_text(start: bytes, extension: str) -> None:
    if start.startswith((ZIP, OLE)):
        raise FileRefused(
            f"이름은 {extension}인데 내용은 엑셀 파일입니다.",
            f"확장자를 .xlsx로 바꾸어 올리거나 {with_particle(extension[1:].upper(), '으로/로')} 다시 저장해 주십시오.",
        )
    if MARKUP.match(start):
        raise FileRefused(f"이름은 {extension}인데 내용은 웹 문서(HTML, XML)입니다.", SAVE_AS_HINT)
    if b"\x00" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused(
            f"글이 아닌 내용이 들어 있어 {with_particle(extension[1:].upper(), '으로/로')} 읽을 수 없습니다.",
            RETRY_HINT,
        )


def _check_workbook(file: BinaryIO, start: bytes) -> None:
    if start.startswith(OLE):
        raise _ole_refusal(file)
    if MARKUP.match(start):
        raise FileRefused(
            "이름은 .xlsx인데 내용은 웹 문서(HTML, XML)입니다.",
            f"엑셀에서 열어 확인한 뒤 저장해 주십시오. {SAVE_AS_HINT}",
        )
    if not start.startswith(ZIP):
        raise FileRefused("이름은 .xlsx인데 내용은 엑셀 파일이 아닙니다.", RETRY_HINT)
    try:
        with zipfile.ZipFile(file) as book:
            _check_directory(book)
            _check_prologues(book)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, zlib.error) as error:
        raise FileRefused("파일이 깨져 있어 열 수 없습니다.", RETRY_HINT) from error


def _ole_refusal(file: BinaryIO) -> FileRefused:
    """Encrypted workbooks and those of the old format share a container."""
    if _holds(file, "EncryptedPackage".encode("utf-16-le")):
        return FileRefused(
            "암호가 걸린 파일입니다.",
            "엑셀에서 암호를 지우고(파일 → 정보 → 통합 문서 보호) 저장한 뒤 올려 주십시오.",
        )
    return FileRefused("옛 형식(.xls)의 파일입니다.", SAVE_AS_HINT)


def _holds(file: BinaryIO, words: bytes) -> bool:
    file.seek(0)
    tail = b""
    while block := file.read(MEGABYTE):
        if words in tail + block:
            return True
        tail = block[-len(words) :]
    return False


def _check_directory(book: zipfile.ZipFile) -> None:
    parts = book.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused("암호가 걸린 파일입니다.", "암호를 지우고 저장한 뒤 올려 주십시오.")
    if any("vbaproject" in name.lower() for name in names):
        raise FileRefused("매크로가 든 파일입니다.", SAVE_AS_HINT)
    if "xl/workbook.xml" not in names:
        raise FileRefused("엑셀 통합 문서가 아닙니다(다른 종류의 압축 파일).", SAVE_AS_HINT)
    if len(parts) > MOST_PARTS or len(names) < len(parts):
        raise FileRefused("파일 안의 부분이 너무 많거나 겹칩니다.", RETRY_HINT)
    for part in parts:
        _check_part(part)
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise FileRefused("풀면 1.6GB를 넘는 파일입니다.", "연도나 부서로 나누어 내려받아 주십시오.")


def _check_part(part: zipfile.ZipInfo) -> None:
    sheet = part.filename.startswith("xl/worksheets/")
    ratio = part.file_size / max(part.compress_size, 1)
    if part.file_size > RATIO_MATTERS_FROM and ratio > HIGHEST_RATIO:
        raise FileRefused(
            f"작은 파일이 {part.file_size / MEGABYTE:,.0f}MB로 풀립니다(압축 폭탄으로 보입니다).",
            f"빈 서식이 채워진 시트라면 값만 새 통합 문서에 옮겨 저장해 주십시오. {RETRY_HINT}",
        )
    if not sheet and part.file_size > LARGEST_HELPER:
        raise FileRefused("시트가 아닌 부분(글, 서식, 그림)이 너무 큽니다.", SAVE_AS_HINT)


def _check_prologues(book: zipfile.ZipFile) -> None:
    """A document type belongs before the root of a part and never stands in a workbook."""
    for part in book.infolist():
        if part.filename.lower().endswith((".xml", ".rels")):
            with book.open(part) as stream:
                start = stream.read(PROLOGUE)
            encoding = (
                "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in start[:4] else "utf-8"
            )
            text = start.decode(encoding, errors="ignore").upper()
            root_begins = (
                re.search(r"<[^!?]", COMMENT.sub("", text)) or len(start) < PROLOGUE
            )  # else a declaration may follow what was read
            if any(word in text for word in DECLARATIONS) or not root_begins:
                raise FileRefused(
                    "파일 안에 바깥을 부르는 선언(DOCTYPE, ENTITY)이 들어 있습니다. 엑셀이 만든 파일이 아닙니다.",
                    RETRY_HINT,
                )

"""What a copy says of itself, and the files of a copy."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FORMAT = 1
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
BLOCK = 1 << 20


class BackupError(Exception):
    """A sentence in Korean for the operator: what is wrong and what to do."""


@dataclass(frozen=True)
class Manifest:
    """`tables` are those that were counted (`contents.Table`), `models` their rows and sums by label, `hashes` the SHA-256 of what was
    published, by label and primary key. All of it is read from the copy.

    `chain` is the end of the chain of changes: position and head. `chain_problems` are sentences on links that do not hold: of the data,
    so that the copy is as good as any.
    """

    format: int
    created_at: str
    engine: str
    release: str
    migrations: list[list[str]]
    database: str
    tables: list[dict[str, Any]]
    models: dict[str, dict[str, Any]]
    hashes: dict[str, dict[str, Any]]
    chain: list[Any] = field(default_factory=list)
    chain_problems: list[str] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        try:
            manifest = cls(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        except (ValueError, TypeError) as error:
            raise BackupError(f"{MANIFEST} 파일을 읽을 수 없습니다. 다른 백업을 쓰십시오.") from error
        if manifest.format != FORMAT:
            raise BackupError(
                f"{MANIFEST}의 형식이 {manifest.format}입니다. 이 프로그램은 {FORMAT}만 읽습니다. 백업을 만든 판의 프로그램을 쓰십시오."
            )
        return manifest


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_of(folder: Path) -> Iterator[Path]:
    """Every file of a copy but the list of their sums."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path != folder / SUMS)


def write_sums(folder: Path) -> None:
    """In the format of `sha256sum`, which can check it."""
    lines = [f"{digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files_of(folder)]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def wrong_files(folder: Path) -> list[str]:
    """A sentence for each file that is missing, changed, or not in the list."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return [f"{SUMS} 파일을 읽을 수 없습니다."]
    listed = {name: sum_ for sum_, _, name in (line.partition("  ") for line in lines)}
    present = {path.relative_to(folder).as_posix(): path for path in files_of(folder)}
    wrong = [f"{name or SUMS}: 백업에 없습니다." for name in listed.keys() - present.keys()]
    wrong += [f"{name}: {SUMS}에 없는 파일입니다." for name in present.keys() - listed.keys()]
    wrong += [
        f"{name}: 내용이 백업한 뒤에 바뀌었습니다(SHA-256이 다릅니다)."
        for name in sorted(listed.keys() & present.keys())
        if digest(present[name]) != listed[name]
    ]
    return wrong


def make_private(folder: Path) -> None:
    """Only the owner reads it, and all of it is on the disk."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)
        flush(path)


def flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""Which code runs: what a browser keeps of a page that other code has made holds no longer."""

import hashlib
from pathlib import Path

KINDS = {".py", ".html", ".mo"}


def digest_of(folders: list[Path], files: list[Path]) -> str:
    """Of the names, sizes and times of the code in the folders, and of the files that there are."""
    code = [path for folder in folders for path in folder.rglob("*") if path.suffix in KINDS]
    code += [path for path in files if path.exists()]
    found = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(code)]
    return hashlib.sha256(repr(found).encode()).hexdigest()

"""A folder in which the processes of one server share what they remember; whatever fails there, it is made anew."""

import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from .page_cache import Parts, pack, unpack

OFTEN = 40  # of as many as there may be, a process writes one in so many until it looks at all again


class SharedPageCache:
    """Files of a key's digest; beyond `most` of them, and a few, those go that were written longest ago."""

    def __init__(self, folder: str, most: int = 800) -> None:
        self.folder, self.most = Path(folder), most
        self._written = count()

    def get(self, key: str) -> Parts | None:
        try:
            return unpack(self._path(key).read_bytes())
        except OSError:
            return None

    def keep(self, key: str, parts: Parts) -> None:
        if (content := pack(parts)) is None:
            return
        path = self._path(key)
        unfinished = path.with_name(f"{path.name}-{os.getpid()}-{threading.get_ident()}")
        try:
            unfinished.write_bytes(content)
            unfinished.replace(path)
            if next(self._written) % max(self.most // OFTEN, 1) == 0:
                self._tidy()
        except OSError:  # a full disk, or another process has tidied up
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)

    @contextmanager
    def turn(self, place: str, mark: bytes) -> Iterator[tuple[Parts | None, bool]]:
        """What is kept of the place. All are let in, who have not waited: few processes share a folder."""
        yield self.get(place), False

    def _tidy(self) -> None:
        found = sorted(
            (entry.stat().st_mtime_ns, entry.path) for entry in os.scandir(self.folder) if entry.is_file()
        )
        for _, oldest in found[: max(len(found) - self.most, 0)]:
            Path(oldest).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / hashlib.sha256(key.encode()).hexdigest()


def shared_folder(name: str, most: int) -> SharedPageCache | None:
    """One within the folder that the processes of a server share (gunicorn.conf.py), for something that is no page."""
    if not (folder := os.environ.get("SHARED_PAGES")):
        return None
    path = Path(folder, name)
    with suppress(OSError):
        path.mkdir(exist_ok=True)
    return SharedPageCache(str(path), most)

"""Temporary folders whose owner may be killed: whoever starts next clears away what nobody has any more.

A lock tells that an owner lives, or a process that it has forked. The number of a process would not: in a container each has the one
that the process before it had.
"""

import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path

YOUNG = 60  # seconds in which one that is made is locked


class OwnedFolder:
    """A folder with its lock, which goes with the processes that have it."""

    def __init__(self, prefix: str) -> None:
        self._maker = os.getpid()
        self.path = tempfile.mkdtemp(prefix=prefix)
        self._lock = os.open(self.path, os.O_RDONLY)
        fcntl.flock(self._lock, fcntl.LOCK_SH)

    def remove(self) -> None:
        """By who has made it: what he has forked only lets go of it."""
        if os.getpid() == self._maker:
            shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


def clear_left(prefix: str) -> None:
    """Those that nobody has; a folder of another user cannot be removed, and stays."""
    try:
        folder = Path(tempfile.gettempdir())
    except FileNotFoundError:  # on a full disk; what then is wanted there tells of it
        return
    for path in folder.glob(f"{prefix}*"):
        try:
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:  # gone meanwhile, or no folder
            continue
        try:
            if time.time() - os.fstat(lock).st_mtime > YOUNG:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True)
        except OSError:  # locked
            continue
        finally:
            os.close(lock)

"""Waits for a turn, then becomes the process that reads a file: a script that imports little, for many may wait.

`waiting.py FOLDER READERS COMMAND …`: the system lets a turn go when the process ends, however it ends.
"""

import fcntl
import os
import sys
import time

PAUSE = 0.2  # seconds between looks


def main(folder: str, readers: str, *command: str) -> None:
    while not any(_takes_turn(f"{folder}/.turn-{number}.lock") for number in range(int(readers))):
        time.sleep(PAUSE)
    os.execv(command[0], command)  # noqa: S606 (this project's own command)


def _takes_turn(path: str) -> bool:
    """The lock stays with what this process becomes."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return False
    os.set_inheritable(descriptor, True)
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])

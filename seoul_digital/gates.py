"""What is dear in a server process, and how much of it is done at once. Whoever finds no room is answered 503 (`database_errors.py`)."""

from .lib.gate import Gate, Room

MOST_INSIDE = 18
THREADS = MOST_INSIDE + 6  # of a worker: six are always there for pages
SECONDS = 30  # that a request waits

_room = Room(MOST_INSIDE)
FILES = Gate(_room, 2, SECONDS, name="files")  # documents and tables that are made
UPLOADS = Gate(_room, 1, SECONDS, name="uploads")  # files that are read, in administration
PASSWORDS = Gate(_room, 2, SECONDS, is_large=False, name="passwords")  # 19 MiB each

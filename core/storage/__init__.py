"""Files that every node must reach, as a Django storage (ADR 22): `storages["uploads"]` and its like in settings.STORAGES.

`save("", content)` gives the name of ours; `keep` and `seal` within the transaction of the row that names it, else the file goes after an hour;
`local_copy` gives a path for the guarded child of `lib.child_process`.
"""

from .storage import FileDamagedError, StoredFileStorage, clear_expired, fetch, opened, parts_of, streamed

__all__ = [
    "FileDamagedError",
    "StoredFileStorage",
    "clear_expired",
    "fetch",
    "opened",
    "parts_of",
    "streamed",
]

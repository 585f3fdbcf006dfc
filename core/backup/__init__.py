"""A copy of all data that proves itself: made under writes, checked, restored, on both engines.

A copy is a folder: the database (`database.sqlite3`, or `database.dump` of pg_dump), `objects/` (what lies in an object store), `manifest.json`
(what is in it: rows and sums by model, hashes of what was published) and `SHA256SUMS`. docs/operations.md tells how to run it.
"""

from .backup import create, create_dated, restore, verify
from .contents import register_hashed
from .manifest import BackupError, Manifest

__all__ = ["BackupError", "Manifest", "create", "create_dated", "register_hashed", "restore", "verify"]

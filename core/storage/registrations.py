"""What the database keeps as it is of stored files, what a copy hashes of them, and what `verify` looks at."""

from ..audit.immutability import make_immutable
from ..audit.verification import register_verifier
from ..backup.contents import register_hashed
from .verification import verify_stored_files

SEALED = "발행한 파일은 고치거나 지울 수 없습니다."
# Pieces of one whose row says that it lies elsewhere are of a move (`moving`), whose transaction writes or leaves all of them.
_OF_SEALED = (
    "EXISTS (SELECT 1 FROM core_storedfile WHERE id = OLD.file_id AND is_sealed AND place = 'database')"
)
_CHANGED = " OR ".join(
    [
        *(f"NEW.{name} <> OLD.{name}" for name in ("id", "name", "folder", "size", "sha256", "created_at")),
        *("NOT NEW.is_whole", "NOT NEW.is_sealed", "NEW.expires_at IS NOT NULL"),
    ]
)


def register_stored_files() -> None:
    make_immutable("core.storedfile", SEALED, f"OLD.is_sealed AND ({_CHANGED})", "OLD.is_sealed")
    make_immutable("core.storedpiece", SEALED, delete=_OF_SEALED, insert=_OF_SEALED.replace("OLD.", "NEW."))
    register_hashed("core.StoredPiece", "content")
    register_verifier("저장한 파일", verify_stored_files)

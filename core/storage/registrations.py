"""What the database keeps as it is of stored files, what a copy hashes of them, and what `verify` looks at."""

from ..audit.immutability import make_immutable
from ..audit.verification import register_verifier
from ..backup.contents import register_hashed
from .verification import verify_stored_files

SEALED = "발행한 파일은 고치거나 지울 수 없습니다."
_OF_SEALED = "EXISTS (SELECT 1 FROM core_storedfile WHERE id = OLD.file_id AND is_sealed)"


def register_stored_files() -> None:
    make_immutable("core.storedfile", SEALED, "OLD.is_sealed", "OLD.is_sealed")
    make_immutable("core.storedpiece", SEALED, delete=_OF_SEALED, insert=_OF_SEALED.replace("OLD.", "NEW."))
    register_hashed("core.StoredPiece", "content")
    register_verifier("저장한 파일", verify_stored_files)

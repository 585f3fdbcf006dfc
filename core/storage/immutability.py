"""What was sealed of stored files the database keeps as it is: the file and its pieces."""

from ..audit.immutability import make_immutable

SEALED = "발행한 파일은 고치거나 지울 수 없습니다."
_OF_SEALED = "EXISTS (SELECT 1 FROM core_storedfile WHERE id = OLD.file_id AND is_sealed)"


def make_stored_files_immutable() -> None:
    make_immutable("core.storedfile", SEALED, "OLD.is_sealed", "OLD.is_sealed")
    make_immutable("core.storedpiece", SEALED, delete=_OF_SEALED, insert=_OF_SEALED.replace("OLD.", "NEW."))

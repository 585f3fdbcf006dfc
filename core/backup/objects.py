"""What a copy holds of an object store (FILES_STORE): every file that the database has there, so that the copy is whole by itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from seoul_digital.lib.file_errors import StoreUnavailableError

from ..models.stored_files import StoredFile
from ..storage import FileDamagedError, fetch
from ..storage.objects import put
from .manifest import BackupError

TABLE = "core_storedfile"
SILENT = "객체 저장소(FILES_STORE)가 답하지 않습니다({}). {}"


def copy_objects(connection: Any, folder: Path) -> None:
    """After the database was copied: each is held against its hash.

    What the copied database names may be deleted by now; its object is there for another hour (`storage.objects`) and is copied, too.
    """
    for file in list(_named(connection)):
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / file.name
        try:
            with path.open("wb+") as target:
                fetch(file, target)
        except (FileDamagedError, FileNotFoundError) as error:
            path.unlink()
            if file.is_whole:
                raise BackupError(
                    f"객체 저장소의 파일 {file}: 없거나 적어 둔 SHA-256과 다릅니다. manage.py verify로 무엇인지 본 다음 다시 백업하십시오."
                ) from error
        except StoreUnavailableError as error:
            raise BackupError(SILENT.format(error, "백업을 만들지 않았습니다.")) from error


def _named(connection: Any) -> Iterator[StoredFile]:
    """Those whose content lies in the store, or may: not whole are what was deleted within the hour, or is being written. None in a
    database of before they were kept."""
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return
        cursor.execute(f"SELECT name, folder, size, sha256, is_whole FROM {TABLE} WHERE place = 'objects'")  # noqa: S608
        for name, of, size, sha256, is_whole in cursor.fetchall():
            yield StoredFile(
                name=name, folder=of, size=size, sha256=sha256, place="objects", is_whole=bool(is_whole)
            )


def restore_objects(folder: Path) -> None:
    """Before the database, which names them; what else the store holds stays as it is."""
    paths = sorted(folder.glob("*"))
    if paths and not settings.FILES_STORE:
        raise BackupError(
            f"이 백업에는 객체 저장소에 두었던 파일이 {len(paths):,}개 있습니다. 되살릴 저장소를 FILES_STORE에 적고 다시 실행하십시오."
        )
    try:
        for path in paths:
            with path.open("rb") as content:
                put(path.name, content)
    except StoreUnavailableError as error:
        raise BackupError(SILENT.format(error, "데이터베이스는 건드리지 않았습니다.")) from error

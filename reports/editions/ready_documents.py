"""Documents of an edition that a worker has made ahead, as publishing and its page find them (`preparing` makes them).

Nothing rests on them: whoever finds none, or not all, makes what is missing. What the database says of them bears a seal whose key it does
not hold, for publishing hands them out.
"""

import hmac
import json
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from django.core.files.storage import storages
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core.audit.seals import Head, macs
from core.models import ChainLink, StoredFile
from core.storage import FileDamagedError, StoredFileStorage
from core.tasks.backend import UNFINISHED

from ..formats import FORMATS
from ..models.published import digest

QUEUE = "documents"
KEPT = timedelta(hours=2)
DEFECT = "인쇄본을 미리 만들지 못했습니다. 발행할 때 다시 만듭니다."
logger = logging.getLogger(__name__)


def store() -> StoredFileStorage:
    return cast(StoredFileStorage, storages["prepared"])


@dataclass(frozen=True)
class ReadyDocuments:
    """`mark` is that of all that they are made of (`Prepared.documents_mark`), `head` the end of the chain on their covers; `files` are the
    names of the stored files with their SHA-256, by extension."""

    mark: str
    head: Head
    files: dict[str, tuple[str, str]]

    def to_json(self) -> dict[str, Any]:
        content = [self.mark, self.head.position, self.head.value, sorted(self.files.items())]
        return {
            "mark": self.mark,
            "position": self.head.position,
            "head": self.head.value,
            "files": self.files,
            "seal": macs(json.dumps(["prepared documents", content]))[0],
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "ReadyDocuments | None":
        """None for what is not sealed by us, or whose covers tell of a chain that is not ours."""
        try:
            files = {extension: (name, sha256) for extension, (name, sha256) in value["files"].items()}
            found = cls(value["mark"], Head(value["position"], value["head"]), files)
            is_ours = hmac.compare_digest(found.to_json()["seal"], value["seal"])
        except (AttributeError, KeyError, TypeError, ValueError):
            return None
        head = {"position": found.head.position, "head": found.head.value}
        return found if is_ours and ChainLink.objects.filter(**head).exists() else None

    @property
    def stored(self) -> dict[str, StoredFile]:
        """Those that are still there as they were made, by extension."""
        names = {name: (extension, sha256) for extension, (name, sha256) in self.files.items()}
        files = StoredFile.objects.whole().filter(folder=store().folder, name__in=names)
        found = {names[file.name][0]: file for file in files if file.sha256 == names[file.name][1]}
        return {extension: found[extension] for extension in FORMATS if extension in found}

    @property
    def is_whole(self) -> bool:
        return bool(self.files) and self.stored.keys() == self.files.keys()

    def contents(self) -> dict[str, bytes]:
        """What is still there as it was made, by extension."""
        contents = {}
        for extension, (name, sha256) in self.files.items():
            try:
                with store().open(name) as file:
                    content = file.read()
                if digest(content) == sha256:
                    contents[extension] = content
            except (FileNotFoundError, FileDamagedError) as error:
                logger.warning("a document that was made ahead is not there: %s", error)
        return contents


@dataclass(frozen=True)
class DocumentsState:
    """Of the documents with a mark: ready, or being made, or why they could not be made."""

    ready: ReadyDocuments | None = None
    is_under_way: bool = False
    error: str = ""

    @property
    def is_unknown(self) -> bool:
        """Whether nobody has tried."""
        return not (self.ready or self.is_under_way or self.error)


def runs_for(edition: int) -> Any:
    """The runs that make, or have made, documents of an edition."""
    return DBTaskResult.objects.filter(queue_name=QUEUE, args_kwargs__args__0=edition)


def newest_result(edition: int) -> dict[str, Any]:
    """What the newest run left: documents, or an error; empty where none has ended."""
    ended = runs_for(edition).filter(status=TaskResultStatus.SUCCESSFUL).order_by("-finished_at")
    return ended.values_list("return_value", flat=True).first() or {}


def find(edition: int, mark: str) -> ReadyDocuments | None:
    """Those with the mark."""
    result = newest_result(edition)
    return ReadyDocuments.from_json(result) if result.get("mark") == mark else None


def documents_state(edition: int, mark: str) -> DocumentsState:
    result = newest_result(edition)
    if result.get("mark") == mark:
        if result.get("error"):
            return DocumentsState(error=result["error"])
        if (ready := ReadyDocuments.from_json(result)) and ready.is_whole:
            return DocumentsState(ready)
    runs = runs_for(edition)
    waiting = runs.filter(status=TaskResultStatus.READY)
    if waiting.exists() or runs.filter(status__in=UNFINISHED, args_kwargs__args__1=mark).exists():
        return DocumentsState(is_under_way=True)
    has_failed = runs.filter(status=TaskResultStatus.FAILED, args_kwargs__args__1=mark).exists()
    return DocumentsState(error=DEFECT if has_failed else "")

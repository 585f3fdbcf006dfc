"""Files between their preview and their confirmation: kept for an hour, for the one who sent them, under names that nobody chooses."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core import signing

SALT = "core.import_export.uploads"
SECONDS = 3_600


@dataclass(frozen=True)
class Upload:
    """`name` is what the person calls the file: it is shown and read for its ending, never used as a path. `digest` is what was previewed,
    `sources` are the keys of those that it concerns."""

    stored: str
    name: str
    user: int
    model: str
    digest: str = ""
    sources: Sequence[int] = ()

    @property
    def path(self) -> Path:
        return _folder() / self.stored

    def token(self):
        return signing.dumps(asdict(self), salt=SALT)

    def remove(self):
        self.path.unlink(missing_ok=True)


def keep(file, user, model) -> Upload:
    """Put an uploaded file aside, and clear away what has waited too long."""
    folder = _folder()
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - SECONDS:
            old.unlink(missing_ok=True)
    upload = Upload(uuid4().hex, file.name, user.pk, model._meta.label_lower)
    with upload.path.open("xb") as stream:
        for chunk in file.chunks():
            stream.write(chunk)
    return upload


def find(token, user, model) -> Upload | None:
    """None for another's token, a forged or an old one, and where the file is gone."""
    try:
        upload = Upload(**signing.loads(token, salt=SALT, max_age=SECONDS))
    except signing.BadSignature:
        return None
    is_theirs = (upload.user, upload.model) == (user.pk, model._meta.label_lower)
    return upload if is_theirs and upload.path.is_file() else None


def _folder():
    folder = Path(settings.UPLOADS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder

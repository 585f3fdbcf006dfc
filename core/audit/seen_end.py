"""The end of the chain as it was last seen, kept outside the database: a chain that was cut or written anew no longer holds it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from ..models.seals import ChainLink

CUT = (
    "기록 사슬 ‘제{:,}호’: 지난번에 본 사슬의 끝이 지금 사슬에 없습니다. 누가 사슬을 끊었거나 다시 썼습니다. 백업을 되살린 것이면 {} 파일을 "
    "지우고 다시 보십시오."
)


def path() -> Path:
    """A file for each database, so that one of another is not held against it."""
    names = [str(connection.settings_dict[name]) for name in ("HOST", "PORT", "NAME")]
    return Path(settings.CHAIN_ENDS) / f"{hashlib.sha256(repr(names).encode()).hexdigest()[:16]}.json"


def missing() -> str:
    """A sentence where the chain does not hold the end that was last seen."""
    try:
        position, head = json.loads(path().read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return ""
    is_held = ChainLink.objects.filter(position=position, head=head).exists()
    return "" if is_held else CUT.format(position, path())


def write(end: Sequence[Any]) -> None:
    """`end` is position and head. What cannot be written is written the next time."""
    if not end or not end[0] or missing():
        return
    try:
        path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path().write_text(json.dumps(list(end)), encoding="utf-8")
    except OSError:
        return

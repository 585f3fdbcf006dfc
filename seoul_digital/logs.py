"""Log lines that nobody can forge, and the files in which they are kept."""

import json
import logging
import os
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
RESIDENT_NUMBER = re.compile(
    r"(?<![0-9])([0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?:-|%2[dD])?[1-8][0-9]{6}(?![0-9])"
)
INSIDE = "  | "  # begins every line of a record but the first, so that none passes for a record of its own


class LineFormatter(logging.Formatter):
    """A record is its line and, of an error, the lines of its trace, set in. What could end a line or steer a terminal is escaped."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        """`2026-11-26T15:04:05.678+09:00`"""
        at = timezone.localtime(datetime.fromtimestamp(record.created, UTC))
        return at.isoformat(timespec="milliseconds")

    def formatMessage(self, record: logging.LogRecord) -> str:
        return escaped(super().formatMessage(record))

    def format(self, record: logging.LogRecord) -> str:
        line, *trace = super().format(record).split("\n")
        return "\n".join([line, *(INSIDE + escaped(inside) for inside in trace)])


class JsonFormatter(LineFormatter):
    """A record is one JSON object in a line: time, level and logger, then what a request's line tells by name, else the message."""

    def format(self, record: logging.LogRecord) -> str:
        values = getattr(record, "fields", None) or {"message": super().format(record)}
        head = {"time": self.formatTime(record), "level": record.levelname, "logger": record.name}
        return json.dumps(
            {
                name: escaped(value) if isinstance(value, str) else value
                for name, value in (head | values).items()
            },
            ensure_ascii=False,
        )


def escaped(text: str) -> str:
    """One line that everybody may read: without resident numbers, too."""
    shown = CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
    return RESIDENT_NUMBER.sub(r"\1-*******", shown)


class DailyFileHandler(logging.Handler):
    """A file a day in LOG_FOLDER, kept for LOG_DAYS. Processes share it: a line is one write to its end."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.file_name = name
        self.day: date | None = None
        self.file: int | None = None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            file = self._open(timezone.localdate(datetime.fromtimestamp(record.created, UTC)))
            os.write(file, f"{self.format(record)}\n".encode())
        except Exception:
            self.handleError(record)

    def _open(self, day: date) -> int:
        if day == self.day and self.file is not None:
            return self.file
        folder = Path(settings.LOG_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        self._shut()
        self.file = os.open(
            folder / f"{self.file_name}-{day}.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640
        )
        self.day = day
        for old in folder.glob(f"{self.file_name}-*.log"):
            if old.name < f"{self.file_name}-{day - timedelta(days=settings.LOG_DAYS)}.log":
                old.unlink(missing_ok=True)
        return self.file

    def _shut(self) -> None:
        if self.file is not None:
            os.close(self.file)
        self.day = self.file = None

    def close(self) -> None:
        self._shut()
        super().close()


def quoted(value: object) -> str:
    """Quote a value, so that it stays one value with its spaces."""
    return json.dumps(str(value), ensure_ascii=False)


def sign_in(
    username: str, ip_address: str | None, user_agent: str, path_info: str, request: HttpRequest | None
) -> str:
    """Who signs in from where, for the lines of axes."""
    return f"{quoted(username)} {ip_address or '-'}"

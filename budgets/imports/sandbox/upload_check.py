"""The process that looks at an uploaded file before anything else is done with it (`lib/child_process.py` has its limits)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from seoul_digital.lib import child_process
from seoul_digital.lib.upload_validation import MEGABYTE, validate_upload

MEMORY, PROCESSOR_SECONDS, SECONDS = 256 * MEGABYTE, 5, 15
COMMAND = child_process.command("budgets.imports.sandbox.upload_check")


def check_upload(path: Path, name: str) -> None:
    """Raises FileRefused for a file that cannot be a budget file."""
    list(child_process.messages(COMMAND, {"path": str(path), "name": name}, SECONDS))


def messages(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    with open(request["path"], "rb") as file:
        validate_upload(file, request["name"])
    yield {"end": True}


if __name__ == "__main__":
    child_process.serve(messages, MEMORY, PROCESSOR_SECONDS)

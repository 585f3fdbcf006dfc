"""Starts the child process that reads a budget file and hands on what it says."""

from collections.abc import Iterator

from seoul_digital.lib import child_process

from .sandbox_protocol import Request

COMMAND = child_process.command("budgets.imports.sandbox.sandbox")
SECONDS = 1_200  # for a file of any size


def messages(request: Request, seconds: float = SECONDS) -> Iterator[dict]:
    """Yield the child's messages about the file. Raises FileRefused where it refuses the file, or dies."""
    return child_process.messages(COMMAND, request.to_dict(), seconds)

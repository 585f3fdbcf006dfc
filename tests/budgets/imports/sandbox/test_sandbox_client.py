"""The process that opens a file: its limits, and what it does not know."""

import pytest

from budgets.imports.sandbox import sandbox_client
from budgets.imports.sandbox.sandbox_protocol import Request
from seoul_digital.lib.file_errors import FileRefused
from tests.budgets.imports.corpus import (
    add_far_cell,
    rezipped,
)


def test_the_process_is_stopped_at_its_limits(tmp_path, monkeypatch):
    """Without the look that refuses it beforehand, a sparse sheet meets the limit on memory and takes down nobody else."""
    path = rezipped(add_far_cell)(tmp_path)
    begun = tmp_path / "begun"
    program = (
        "from pathlib import Path; from budgets.imports.sandbox import sandbox, sheets;"
        "sheets.WorkbookSheet._refuse_sparse = lambda self, piece: None;"
        f"Path({str(begun)!r}).touch(); sandbox.main()"
    )
    monkeypatch.setattr(sandbox_client, "COMMAND", [sandbox_client.COMMAND[0], "-c", program])
    with pytest.raises(FileRefused, match="시간이나 메모리가 너무 많이 들어"):
        list(sandbox_client.messages(Request(path=str(path), name="a.xlsx", unit="원")))
    assert begun.exists()  # it was the limit that ended it, not a program that cannot run
    with pytest.raises(FileRefused, match="시간이나 메모리가 너무 많이 들어"):
        monkeypatch.setattr(
            sandbox_client, "COMMAND", [sandbox_client.COMMAND[0], "-c", "import time; time.sleep(30)"]
        )
        list(sandbox_client.messages(Request(path=str(path), name="a.xlsx", unit="원"), seconds=0.3))

"""README.ko.md keeps up with the code."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOLD = (ROOT / "README.ko.md").read_text(encoding="utf-8")
ASKED = re.compile(r'(?:environ(?:\.get)?[(\[]|flag\(|listed\()"([A-Z_]+)"')
READERS = ("seoul_digital/settings.py", "gunicorn.conf.py", "departments/management/commands/createadmin.py")


@pytest.mark.parametrize("path", READERS)
def test_every_variable_of_the_environment_is_told(path):
    names = set(ASKED.findall((ROOT / path).read_text(encoding="utf-8")))
    table = {
        name
        for row in re.findall(r"^\| (`.*?`) \|", TOLD, re.MULTILINE)
        for name in re.findall(r"`([A-Z_]+)`", row)
    }
    assert names
    assert names <= table, sorted(names - table)


def test_every_folder_of_the_map_is_there():
    folders = set(re.findall(r"`([a-z_]+(?:/[a-z_]+)*/)`", TOLD)) | {
        f"{name}/" for name in re.findall(r"^ (\w+)/ ", TOLD, re.MULTILINE)
    }
    assert {"reports/", "budgets/imports/", "reports/render/"} <= folders
    assert not [
        folder for folder in folders if not (ROOT / folder).is_dir() and folder not in {"hwpx/", "xlsx/"}
    ]

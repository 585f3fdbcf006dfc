"""README.md and README.ko.md keep up with the code."""

import re
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from seoul_digital.roles import ROLES

ROOT = Path(__file__).resolve().parent.parent
ENGLISH, KOREAN = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ko.md"))
TEXTS = [pytest.param(ENGLISH, id="README.md"), pytest.param(KOREAN, id="README.ko.md")]
ASKED = re.compile(
    r'(?:environ(?:\.get)?[(\[]|flag\(|listed\(|networks\(|seconds\(|session_limit\(|object_store\()"([A-Z_]+)"'
)
READERS = (
    "seoul_digital/databases.py",
    "seoul_digital/settings.py",
    "seoul_digital/server/incoming.py",
    "gunicorn.conf.py",
    "departments/management/commands/createadmin.py",
)


@pytest.mark.parametrize("path", READERS)
def test_settings_table_names_every_variable(path):
    names = set(ASKED.findall((ROOT / path).read_text(encoding="utf-8")))
    table = {
        name
        for row in re.findall(r"^\| (`.*?`) \|", KOREAN, re.MULTILINE)
        for name in re.findall(r"`([A-Z_]+)`", row)
    }
    assert names
    assert names <= table, sorted(names - table)


@pytest.mark.parametrize("text", TEXTS)
def test_map_folders_exist(text):
    folders = set(re.findall(r"`([a-z_]+(?:/[a-z_]+)*/)`", text)) | set(
        re.findall(r"^ ?(\w+/) ", text, re.MULTILINE)
    )
    assert {"core/", "reports/", "seoul_digital/", "tests/"} <= folders
    places = ("", "seoul_digital/", "budgets/imports/")
    assert not [folder for folder in folders if not any((ROOT / place / folder).is_dir() for place in places)]


@pytest.mark.parametrize("text", TEXTS)
def test_links_and_files_exist(text):
    links = set(re.findall(r"\]\(([^)#:]+)\)", text))
    files = set(re.findall(r"`((?:[a-z_]+/)+\w+\.(?:py|html|md))`", text))
    assert links
    assert files
    assert not [path for path in links | files if not (ROOT / path).exists()]


def test_english_readme_names_what_is_there():
    assert len(ENGLISH.splitlines()) <= 120
    pages = set(re.findall(r"`(/[\w/-]*)`", ENGLISH))
    assert len(pages) > 10
    unknown = []
    for page in pages:
        try:
            resolve(page)
        except Resolver404:
            unknown.append(page)
    assert not unknown
    assert [role.name for role in ROLES] == re.findall(r"^\| ([가-힣 ]+) [a-z]+ \| ", ENGLISH, re.MULTILINE)
    assert "def validate_upload" in (ROOT / "seoul_digital/lib/upload_validation.py").read_text()
    assert "class ReportedFigure" in (ROOT / "seoul_digital/lib/reported.py").read_text()

"""What is delivered can be installed anywhere: locked by hash, free of addresses and of this machine's paths."""

import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError
from django.template.loader import get_template
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["run.txt", "test.txt"]
TEMPLATES = sorted(
    path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.html")
)
# Written in pieces so that this file does not find itself.
FORBIDDEN = re.compile(
    "|".join(
        [
            "registry[.]npm" + "js",
            "pypi[.]" + "org",
            "files[.]python" + "hosted",
            "/wo" + "rk/",
            "/ro" + "ot/",
            "/ho" + "me/",
        ]
    )
)


def tracked_files():
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_and_hashed(name):
    requirements = re.split(r"\n(?=\S)", (ROOT / "requirements" / name).read_text().strip())
    assert len(requirements) > 30
    for requirement in requirements:
        assert re.match(r"[a-z0-9._-]+(\[[a-z0-9-]+\])?==\S+", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


@pytest.mark.parametrize("name", LOCKS)
def test_every_extra_is_pinned_with_its_package(name):
    """`pip --require-hashes` refuses `package[extra]` once the index has a release newer than the pinned one."""
    pinned = {
        match[1].lower(): match[2] or ""
        for match in re.finditer(r"(?m)^([\w.-]+)(\[[^]]+\])?==", (ROOT / "requirements" / name).read_text())
    }
    asked = {
        (requirement.name.lower(), extra)
        for distribution in metadata.distributions()
        if distribution.name.lower() in pinned
        for requirement in map(Requirement, distribution.requires or [])
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        for extra in requirement.extras
    }
    assert name == "run.txt" or ("coverage", "toml") in asked
    assert [(package, extra) for package, extra in asked if extra not in pinned[package]] == []


def test_run_lock_is_part_of_test_lock():
    run, test = (
        set(re.findall(r"^\S+==\S+", (ROOT / "requirements" / name).read_text(), re.MULTILINE))
        for name in LOCKS
    )
    assert run < test


def test_npm_lock_has_integrity_and_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    installed = {name: package for name, package in packages.items() if name}
    served = {name for name, package in installed.items() if not package.get("dev")}
    builds = {name for name in served if name.startswith("node_modules/@esbuild/")}
    assert served - builds == {
        f"node_modules/{name}"
        for name in ("culori", "esbuild", "krds-uiux", "plotly.js-basic-dist", "pretendard-gov")
    }
    assert all(name.startswith("node_modules/@biomejs/") for name in installed.keys() - served)
    assert all("integrity" in package and "resolved" not in package for package in installed.values())


def test_tracked_files_name_no_registry_and_no_path_of_a_machine():
    found = {}
    for path in tracked_files():
        if match := FORBIDDEN.search(path.read_bytes().decode("utf-8", errors="ignore")):
            found[path.relative_to(ROOT).as_posix()] = match.group()
    assert not found


def test_tracked_files_hold_no_conflict_of_a_merge():
    begun = b"\n" + b"<" * 7 + b" "
    assert not [path for path in tracked_files() if begun in b"\n" + path.read_bytes()]


def test_templates_compile():
    assert len(TEMPLATES) > 100
    broken = {}
    for name in TEMPLATES:
        try:
            get_template(name)
        except TemplateSyntaxError as error:
            broken[name] = str(error)
    assert not broken


def test_web_process_starts_without_pandas():
    program = "import sys, seoul_digital.wsgi, seoul_digital.urls; print('pandas' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "False"

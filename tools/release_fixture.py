"""Keeps the seeded database of this very state, as a backup of each engine, for the test that later states migrate it.

`make release-fixture` at a release (RELEASED=1: from then on its migrations may not change any more), or anew after a reset before the first.
"""

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "fixtures" / "release"
ABOUT = FOLDER / "about.json"


def migrations():
    """The SHA-256 of every migration of ours by its path."""
    paths = sorted(ROOT.glob("*/migrations/[0-9]*.py"))
    return {
        path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths
    }


def archive(engine):
    return FOLDER / f"{engine}.tar.xz"


def keep(engine, folder):
    environment = os.environ | {
        "SECRET_KEY": "fixture",
        "LOG_LEVEL": "ERROR",
    }
    if engine == "sqlite":
        environment["DATABASE_URL"] = f"sqlite:///{folder}/db.sqlite3"
    for command in (["migrate", "--verbosity=0"], ["seed"], ["backup", f"{folder}/backup"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive(engine), "w:xz", preset=9) as tar:
        tar.add(f"{folder}/backup", arcname="backup")


def main(engine):
    with tempfile.TemporaryDirectory() as folder:
        keep(engine, folder)
    about = {
        "release": tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"],
        "is_released": os.environ.get("RELEASED") == "1",
        "migrations": migrations(),
    }
    ABOUT.write_text(json.dumps(about, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])

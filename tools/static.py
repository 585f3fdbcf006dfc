"""Makes static/vendor/ and static/bundles/, and collects all static files into var/static/, hashed and compressed, unless they are there already.

One run at a time: a second one waits and then finds the work done.
"""

import fcntl
import hashlib
import os
import sys
from pathlib import Path

import bundles
import vendor

ROOT = vendor.ROOT
STAMP = ROOT / "var" / "static.stamp"


def inputs_digest():
    """What the collected files depend on: our own files and the installed packages (the admin's files)."""
    digest = hashlib.sha256()
    files = [path for path in sorted((ROOT / "static").rglob("*")) if path.is_file()]
    for path in [*files, ROOT / "requirements" / "run.txt", ROOT / "seoul_digital" / "settings.py"]:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def collect():
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "seoul_digital.settings"
    os.environ.pop("DEBUG", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)


def main():
    (ROOT / "var").mkdir(exist_ok=True)
    with Path(ROOT / "var" / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        vendor.main()
        bundles.main()
        digest = inputs_digest()
        if (
            not (ROOT / "var/static/staticfiles.json").is_file()
            or not STAMP.is_file()
            or STAMP.read_text() != digest
        ):
            print("화면 자산을 모읍니다.", flush=True)
            collect()
            STAMP.write_text(digest)


if __name__ == "__main__":
    main()

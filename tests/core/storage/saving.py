"""A process with a database of its own (DATABASE_URL): saves a large file, reads it back, tells what memory that took, and then stops in the
middle of another until it is killed."""

import os
import sys
from hashlib import sha256
from io import BytesIO
from pathlib import Path

SIZE, MEGABYTE = 100 << 20, 1 << 20
NAME, BROKEN = "a" * 32, "b" * 32
sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
os.environ["DJANGO_SETTINGS_MODULE"] = "seoul_digital.settings"


class Large:
    """SIZE bytes that nobody holds; `stop_at` is where reading stops for good."""

    def __init__(self, stop_at=SIZE + 1):
        self.given, self.stop_at = 0, stop_at

    def read(self, size):
        if self.given >= self.stop_at:
            print("stopped", flush=True)
            sys.stdin.read()
        size = min(size, MEGABYTE // 3, SIZE - self.given)
        self.given += size
        return bytes([self.given // MEGABYTE % 251]) * size


def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024


def main():
    import django

    django.setup()
    from django.core.files.storage import storages

    uploads = storages["uploads"]
    uploads.save("", BytesIO(b"small"))  # what every save loads
    before = peak()
    uploads.keep(uploads.save(NAME, Large()))
    with uploads.local_copy(NAME) as path, path.open("rb") as copy:
        digest, size = sha256(), 0
        while part := copy.read(MEGABYTE):
            digest.update(part)
            size += len(part)
    print(peak() - before, size, digest.hexdigest() == uploads.file(NAME).sha256, flush=True)
    uploads.save(BROKEN, Large(stop_at=10 * MEGABYTE))


if __name__ == "__main__":
    main()

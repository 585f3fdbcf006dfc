"""Backup, verification and restore as an operator runs them: `backup.py [ROWS]`; 0 is the seeded report alone, the default a million lines more.

On SQLite; on PostgreSQL by `tools/postgresql.sh .venv/bin/python benchmarks/backup.py ROWS`, where the restore goes into the same database.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

IMPORT = ["import_budget", "--as-of", "2022-09-30", "--unit", "원", "--whole", "--accept-unit", "a benchmark"]


def manage(environment, *command):
    """Seconds that a command took, the start of Python included."""
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - begun


def megabytes(folder):
    return sum(path.stat().st_size for path in Path(folder).rglob("*")) / 1e6


def main(rows):
    from tests.budgets.files import execution_rows, write_csv

    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"SECRET_KEY": "benchmark", "LOG_LEVEL": "ERROR", "LOG_FOLDER": folder}
        environment.setdefault("DATABASE_URL", f"sqlite:///{folder}/db.sqlite3")
        manage(environment, "migrate", "--verbosity=0")
        manage(environment, "seed")
        if rows:
            write_csv(Path(folder) / "lines.csv", execution_rows(rows))
            print(
                f"{rows:,} lines brought in: {manage(environment, *IMPORT, f'{folder}/lines.csv'):.1f} s",
                flush=True,
            )
        print(
            f"backup: {manage(environment, 'backup', f'{folder}/copy'):.1f} s, {megabytes(f'{folder}/copy'):.0f} MB"
        )
        print(f"verify_backup: {manage(environment, 'verify_backup', f'{folder}/copy'):.1f} s")
        print(f"restore: {manage(environment, 'restore', '--replace', f'{folder}/copy'):.1f} s", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)

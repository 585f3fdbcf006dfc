"""What the files of a whole report cost: run it alone, `python benchmarks/documents.py`. Exit code 1 when a bar is missed.

The seeded report, changed a little each time so that nothing is remembered from the time before; each format in a process of its own.
Then reports of more projects: time must grow with their number, not faster.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / part) for part in ("", "tools")]

ROUNDS = 9
SECONDS = {"pdf": 1.0, "hwpx": 2.0, "xlsx": 1.0, "html": 1.0, "json": 1.0}  # warm
MEGABYTES = 250
SIZES = (11, 25, 50, 100)
NOTHING = 0.2  # seconds
SLOWER_BY = 1.3  # times what a straight line from the smallest to the middle says of the largest


def of_size(report, projects):
    """The report with that many projects, made from its own."""
    own = report.chapters["projects"].projects
    many = tuple(
        replace(own[place % len(own)], slug=f"project-{place}", number=place + 1) for place in range(projects)
    )
    return with_projects(report, many)


def changed(report, turn):
    """The same report in other words."""
    own = report.chapters["projects"].projects
    return with_projects(
        report, tuple(replace(one, overview=f"{one.overview}\nㅇ {turn}번째") for one in own)
    )


def with_projects(report, projects):
    data = replace(report.chapters["projects"], projects=projects)
    return replace(report, chapters={**report.chapters, "projects": data})


def seconds(write, report, before):
    begun = time.perf_counter()
    write(report, before)
    return time.perf_counter() - begun


def megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(name):
    """Median of seconds, the most memory of the process, and the seconds by number of projects."""
    import django

    django.setup()
    from core.snapshot import snapshots_at
    from reports.assembly import reports_of
    from reports.formats import FORMATS
    from seoul_digital.lib import query_params

    write, (report, before) = FORMATS[name].write, reports_of(snapshots_at(query_params.AskedDate())[0])
    write(report, before)
    times, most = [seconds(write, changed(report, turn), before) for turn in range(ROUNDS)], megabytes()
    by_size = {
        size: min(seconds(write, changed(of_size(report, size), turn), before) for turn in range(3))
        for size in SIZES
    }
    return median(times), most, by_size


def is_linear(by_size):
    """By the largest, against the line through the smallest and the middle one; what takes next to nothing is not judged."""
    small, middle, large = SIZES[0], SIZES[-2], SIZES[-1]
    each = (by_size[middle] - by_size[small]) / (middle - small)
    return (
        by_size[large] <= NOTHING or by_size[large] <= (by_size[middle] + each * (large - middle)) * SLOWER_BY
    )


def report(name):
    """Prints the row of a format; whether every bar is met."""
    took, memory, by_size = measure(name)
    sizes = ", ".join(f"{size}: {value:.2f}" for size, value in by_size.items())
    met = took <= SECONDS[name] and memory <= MEGABYTES and is_linear(by_size)
    print(
        f"{name:<5} {took:6.2f} s (≤ {SECONDS[name]})  {memory:5.0f} MB (≤ {MEGABYTES})  by projects {sizes}{'' if met else '  MISSED'}"
    )
    return met


def main():
    if len(sys.argv) > 1:
        return 0 if report(sys.argv[1]) else 1
    import demo

    with tempfile.TemporaryDirectory() as folder:
        environment = (
            os.environ
            | demo.prepared(folder).environment
            | {"DJANGO_SETTINGS_MODULE": "seoul_digital.settings"}
        )
        codes = [
            subprocess.run([sys.executable, __file__, name], env=environment, check=False).returncode
            for name in SECONDS
        ]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())

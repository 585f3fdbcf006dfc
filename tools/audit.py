"""Looks for known faults of every pinned Python and npm package, in OSV's data: `make audit`, or `make audit DATABASE=folder-or-zips`.

Asks the service of osv.dev (OSV_URL), or reads advisories in OSV's format (all.zip of each ecosystem, or their JSON files) where there is
no way out. Ends with 0 if nothing is known, 1 if something is, 2 if anything could not be looked at: silence is no answer.
"""

import json
import os
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

from packaging.version import InvalidVersion, Version
from supply import normal, npm_packages, python_packages

URL = os.environ.get("OSV_URL") or "https://api.osv.dev"
SECONDS = 20
CLEAN, FAULTY, BLIND = 0, 1, 2


class NotAuditedError(Exception):
    """Why nothing could be looked at, in Korean."""


def pinned():
    return list({*python_packages("run.txt"), *python_packages("test.txt"), *npm_packages(with_tools=True)})


def ask_service(packages):
    """Identifiers of advisories for each package that has any."""
    queries = [
        {"package": {"ecosystem": package.ecosystem, "name": package.name}, "version": package.version}
        for package in packages
    ]
    request = urllib.request.Request(  # noqa: S310 (of our own setting)
        f"{URL}/v1/querybatch",
        data=json.dumps({"queries": queries}).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as response:  # noqa: S310
            results = json.load(response)["results"]
        if len(results) != len(packages):
            raise ValueError("an answer for each package was expected")
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = getattr(error, "reason", error)
        raise NotAuditedError(
            f"{URL}에서 알려진 결함을 물어보지 못했습니다({reason}). 바깥으로 나갈 수 없는 곳이면 OSV 자료(PyPI와 npm의 all.zip)를 받아 "
            "`make audit DATABASE=그 폴더`로 실행하십시오."
        ) from error
    return {
        package: [vulnerability["id"] for vulnerability in result.get("vulns", [])]
        for package, result in zip(packages, results, strict=True)
        if result.get("vulns")
    }


def look_up(packages, database):
    """The same from advisories on the disk; says of what day they are, for old ones know no new fault."""
    by_name, seen, newest = {}, set(), ""
    for package in packages:
        by_name.setdefault((package.ecosystem, normal(package.name)), []).append(package)
    faults = {}
    for advisory in advisories(database):
        newest = max(newest, advisory.get("modified", ""))
        for affected in advisory.get("affected", []):
            about = affected.get("package", {})
            seen.add(about.get("ecosystem"))
            for package in by_name.get((about.get("ecosystem"), normal(about.get("name", ""))), []):
                if not advisory.get("withdrawn") and is_affected(package.version, affected):
                    faults.setdefault(package, []).append(advisory["id"])
    unseen = sorted({package.ecosystem for package in packages} - seen)
    if unseen:
        raise NotAuditedError(
            f"{database}에 {', '.join(unseen)}의 자료가 없어 그 꾸러미를 살펴보지 못했습니다."
        )
    print(f"OSV 자료는 {newest[:10] or '날짜를 알 수 없는 때'}까지의 것입니다.")
    return faults


def advisories(database):
    files = sorted(database.rglob("*")) if database.is_dir() else [database]
    try:
        for file in files:
            if file.suffix == ".zip":
                with zipfile.ZipFile(file) as archive:
                    yield from (
                        json.loads(archive.read(name))
                        for name in archive.namelist()
                        if name.endswith(".json")
                    )
            elif file.suffix == ".json":
                yield json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise NotAuditedError(f"파일을 읽지 못했습니다: {file} ({error})") from error


def is_affected(version, affected):
    """By the list of versions, or by ranges of events. What cannot be compared counts as affected."""
    if version in affected.get("versions", []):
        return True
    ranges = [found for found in affected.get("ranges", []) if found.get("type") in ("ECOSYSTEM", "SEMVER")]
    try:
        return any(is_in_range(Version(version), found.get("events", [])) for found in ranges)
    except InvalidVersion:
        return True


def is_in_range(version, events):
    inside = False
    for event in sorted(events, key=lambda event: Version(next(iter(event.values())))):
        ((kind, text),) = event.items()
        limit = Version(text)
        if kind == "introduced" and version >= limit:
            inside = True
        elif (kind == "fixed" and version >= limit) or (kind == "last_affected" and version > limit):
            inside = False
    return inside


def main(arguments):
    packages = pinned()
    try:
        faults = look_up(packages, Path(arguments[0])) if arguments else ask_service(packages)
    except NotAuditedError as error:
        print(f"살펴보지 못했습니다. {error}", file=sys.stderr)
        return BLIND
    for package, ids in sorted(faults.items(), key=lambda item: item[0].name):
        print(f"{package.name} {package.version} ({package.ecosystem}): {', '.join(sorted(ids))}")
    print(f"꾸러미 {len(packages)}개를 살펴보았고, 결함이 알려진 것은 {len(faults)}개입니다.")
    return FAULTY if faults else CLEAN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Known faults: found, none, or nothing looked at, which is not the same."""

import json
import subprocess
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import audit
import pytest

ROOT = Path(__file__).resolve().parents[2]


def advisory(ecosystem, name, *events, **more):
    ranges = [{"type": "ECOSYSTEM", "events": [dict([event]) for event in events]}]
    return {
        "id": f"X-{name}",
        "affected": [{"package": {"ecosystem": ecosystem, "name": name}, "ranges": ranges}],
    } | more


NPM = advisory("npm", "left-pad", ("introduced", "0"))
OLD_DJANGO = advisory("PyPI", "Django", ("introduced", "0"), ("fixed", "5.0"))
DJANGO = advisory("PyPI", "Django", ("introduced", "5.0"))


def audited(*arguments, **environment):
    done = subprocess.run(
        [sys.executable, "tools/audit.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def database(tmp_path):
    """A function that writes advisories into a zip for each."""

    def write(*found):
        for number, entry in enumerate(found):
            with zipfile.ZipFile(tmp_path / f"{number}.zip", "w") as archive:
                archive.writestr(f"{entry['id']}.json", json.dumps(entry))
        return str(tmp_path)

    return write


def test_a_clean_audit_ends_with_zero(database):
    code, text = audited(database(OLD_DJANGO, NPM))
    assert code == 0, text
    assert "결함이 알려진 것은 0개입니다." in text
    assert "OSV 자료는 날짜를 알 수 없는 때까지의 것입니다." in text


def test_the_day_of_the_database_is_told(database):
    newer = NPM | {"modified": "2026-11-20T01:02:03Z"}
    code, text = audited(database(OLD_DJANGO | {"modified": "2026-11-01T00:00:00Z"}, newer))
    assert (code, "OSV 자료는 2026-11-20까지의 것입니다." in text) == (0, True)


def test_a_known_fault_ends_with_one(database):
    code, text = audited(database(DJANGO, NPM))
    assert code == 1
    assert "django 5.2" in text
    assert "(PyPI): X-Django" in text


def test_a_withdrawn_advisory_is_none(database):
    assert audited(database(DJANGO | {"withdrawn": "2026-01-01T00:00:00Z"}, NPM))[0] == 0


@pytest.mark.parametrize(("found", "missing"), [([OLD_DJANGO], "npm"), ([NPM], "PyPI"), ([], "PyPI, npm")])
def test_what_could_not_be_looked_at_ends_with_two(database, found, missing):
    code, text = audited(database(*found))
    assert code == 2
    assert f"{missing}의 자료가 없어 그 꾸러미를 살펴보지 못했습니다." in text


def test_a_broken_database_ends_with_two(tmp_path):
    (tmp_path / "all.zip").write_bytes(b"no zip")
    code, text = audited(str(tmp_path))
    assert code == 2
    assert "읽지 못했습니다" in text


def test_a_service_that_cannot_be_reached_ends_with_two():
    code, text = audited(OSV_URL="http://127.0.0.1:9")
    assert code == 2
    assert text.startswith("살펴보지 못했습니다. http://127.0.0.1:9에서 알려진 결함을 물어보지 못했습니다")


@pytest.fixture
def service():
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            queries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            results = [
                {"vulns": [{"id": "X-1"}]} if query["package"]["name"] == "django" else {}
                for query in queries
            ]
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"results": results[self.server.missing :]}).encode())

        def log_message(self, *arguments): ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.missing = 0
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_the_service_is_asked_for_every_package(service):
    address = f"http://127.0.0.1:{service.server_port}"
    code, text = audited(OSV_URL=address)
    assert (code, "(PyPI): X-1" in text) == (1, True)
    service.missing = 1
    assert audited(OSV_URL=address)[0] == 2


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ("1.9", False),
        ("2.0", True),
        ("2.10", True),
        ("2.11", False),
        ("3.0", True),
        ("3.2", True),
        ("3.2.1", False),
    ],
)
def test_ranges_are_compared_as_versions(version, affected):
    events = [{"introduced": "2.0"}, {"fixed": "2.11"}, {"introduced": "3.0"}, {"last_affected": "3.2"}]
    assert audit.is_affected(version, {"ranges": [{"type": "ECOSYSTEM", "events": events}]}) is affected


def test_what_cannot_be_compared_counts_as_affected():
    assert audit.is_affected(
        "no-version", {"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1"}]}]}
    )
    assert audit.is_affected("1.0-x", {"versions": ["1.0-x"]})

"""Two web nodes over a primary and its streaming replica; PostgreSQL alone has one."""

import os
import subprocess
import sys
import time
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

import nodes
import pytest
import replica as replicas
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.databases import SeededDatabase

LAG = 10  # seconds that the nodes bear: the replica replays what the tests beside these write, too
ROOT = Path(__file__).resolve().parents[2]
if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
    collect_ignore_glob = ["test_*.py"]


class NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *given):
        return None


class Browser:
    """Of a user who is signed in, on any of the nodes: cookies are for the host, whatever its port."""

    def __init__(self, user):
        client = Client()
        client.force_login(user)
        self.jar = CookieJar()
        self.open = build_opener(HTTPCookieProcessor(self.jar), NoRedirect()).open
        self.session = client.cookies[settings.SESSION_COOKIE_NAME].value

    def cookies(self):
        return {cookie.name: cookie.value for cookie in self.jar}

    def ask(self, node, address, data=None):
        """Status and text; with data by POST."""
        if data is None:
            return self._send(node, address)
        given = {"csrfmiddlewaretoken": self.cookies()["csrftoken"], **data}
        return self._send(node, address, urlencode(given).encode())

    def _send(self, node, address, body=None, headers=None):
        own = {"Cookie": self._header(), "Referer": node.url + address}
        request = Request(node.url + address, body, own | (headers or {}))
        try:
            with self.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def upload(self, node, address, path, **fields):
        """The file as a browser sends it; status and text."""
        given = {"csrfmiddlewaretoken": self.cookies()["csrftoken"], **fields}
        parts = [
            f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in given.items()
        ]
        parts.append(f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{path.name}"\r\n\r\n')
        body = "".join(parts).encode() + path.read_bytes() + b"\r\n--edge--\r\n"
        return self._send(node, address, body, {"Content-Type": "multipart/form-data; boundary=edge"})

    def is_answered_by_replica(self, node):
        """Of who has seen nothing of the primary yet; whoever is answered by the primary is told how far that was."""
        for cookie in [cookie for cookie in self.jar if cookie.name == "read_position"]:
            self.jar.clear(cookie.domain, cookie.path, cookie.name)
        status, _ = self.ask(node, "/departments/data-center/")
        return status == 200 and "read_position" not in self.cookies()

    def _header(self):
        return "; ".join(f"{name}={value}" for name, value in {**self.cookies(), "sessionid": self.session}.items())  # fmt: skip


@pytest.fixture(scope="package")
def seeded_by_itself(django_db_setup, django_db_blocker):
    """The seeded database for a module whose tests commit one after another, as the nodes do."""
    with django_db_blocker.unblock():
        SeededDatabase.restore()
        yield
        SeededDatabase.restore()


@pytest.fixture(scope="package")
def site(seeded_by_itself, static_files, tmp_path_factory):
    """The nodes, and the replica whose replay a test can hold."""
    url = url_of_tests()
    with replicas.replicated(url) as replica:
        environment = {
            "DATABASE_URL": url,
            "DATABASE_REPLICA_URL": replica.url,
            "REPLICA_LAG_SECONDS": str(LAG),
            "WEB_CONCURRENCY": "1",
            "AUDIT_KEY": "tests",
            "LOG_LEVEL": "ERROR",
            "METRICS_FROM": "127.0.0.1",
        }
        with nodes.served(tmp_path_factory.mktemp("nodes"), 2, **environment) as (first, second):
            yield first, second, replica


def wait_until(holds, limit=90):
    end = time.monotonic() + limit
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def url_of_tests():
    """Of the database that this worker's tests have; as DATABASE_URL, whose database it is not."""
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"


@pytest.fixture(scope="session")
def static_files():
    subprocess.run([sys.executable, "tools/static.py"], cwd=ROOT, check=True)

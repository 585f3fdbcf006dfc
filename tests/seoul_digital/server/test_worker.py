"""The real server before clients that are slow, broken or hostile."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import demo
import pytest

from tests.samples import each

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 5  # that this server gives a head, instead of ten
LOGIN = b"GET /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.fixture(scope="module", autouse=True)
def static_files():
    subprocess.run([sys.executable, "tools/static.py"], cwd=ROOT, check=True)


@pytest.fixture(scope="module")
def site(seeded_file, static_files):
    with demo.running(seeded_file, HEAD_SECONDS=str(SECONDS), WEB_CONCURRENCY="1") as running:
        answer(running, LOGIN.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))  # once the worker is up
        yield running


def connected(site):
    sock = socket.create_connection(("127.0.0.1", urlsplit(site.url).port))
    sock.settimeout(20)
    return sock


def everything(sock):
    data = b""
    while piece := sock.recv(1 << 16):
        data += piece
    return data.decode()


def answer(site, data):
    with connected(site) as sock:
        sock.sendall(data)
        return everything(sock)


SLOW = {
    "a head": b"GET / HTTP/1.1\r\nHost: 127.0.0.1",
    "nothing": b"",
    "a body": b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500\r\n\r\nusername",
    "unread answers": LOGIN * 40,
}


# 300 of the last kind are 12,000 pages to make: work, not waiting.
@pytest.mark.parametrize(
    ("slow", "count"), each(3, [*((slow, 12) for slow in SLOW), *((slow, 300) for slow in [*SLOW][:3])])
)
def test_slow_clients_hold_nobody_else_up(site, slow, count):
    with contextlib.ExitStack() as clients:
        for _ in range(count):
            client = clients.enter_context(connected(site))
            client.sendall(SLOW[slow])
        for page in ("/healthz", "/accounts/login/"):
            with urlopen(site.url + page, timeout=SECONDS - 1) as response:
                assert response.status == 200


@pytest.mark.parametrize("slow", ["a head", "a body"])
def test_slow_clients_are_answered_and_cut_off(site, slow):
    started = time.monotonic()
    assert answer(site, SLOW[slow]).startswith("HTTP/1.1 408 ")
    assert SECONDS <= time.monotonic() - started < SECONDS + 8


def test_a_silent_client_is_cut_off(site):
    assert answer(site, b"") == ""


@pytest.mark.parametrize(
    ("data", "status", "sentence"),
    [
        (b"GET / HTTP/1.1\r\nHost x\r\n\r\n", 400, "요청을 읽을 수 없습니다"),
        (b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\n\r\n", 414, "주소가 너무 깁니다"),
        (b"GET / HTTP/1.1\r\nCookie: " + b"a" * 9000 + b"\r\n\r\n", 431, "요청의 머리글이 너무 큽니다"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411, "Content-Length"),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: tea\r\n\r\n", 417, "Expect"),
    ],
)
def test_errors_of_the_server_are_korean_pages_with_our_headers(site, data, status, sentence):
    page = answer(site, data)
    head, _, body = page.partition("\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ")
    assert sentence in body
    assert f"오류 {status}" in body
    for header in ("Content-Security-Policy: ", "Cache-Control: no-store", "X-Content-Type-Options: nosniff",
                   "X-Frame-Options: DENY", "Referrer-Policy: same-origin", "Permissions-Policy: "):  # fmt: skip
        assert header in head
    assert int(re.search(r"Content-Length: (\d+)", head)[1]) == len(body.encode())


def test_requests_in_one_piece_are_answered_in_order(site):
    second = LOGIN.replace(b"/accounts/login/", b"/healthz").replace(
        b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"
    )
    pages = answer(site, LOGIN + second)
    assert pages.count("HTTP/1.1 200 OK") == 2
    assert pages.index("로그인") < pages.rindex("HTTP/1.1 200 OK")


def test_a_long_body_arrives_whole(site):
    with connected(site) as sock:
        sock.sendall(LOGIN)
        page = b""
        while b"</html>" not in page:  # head and body may come apart
            page += sock.recv(1 << 16)
        token = re.search(r"csrftoken=(\w+)", page.decode())[1]
        body = b"username=" + b"x" * 2_000_000 + b"&password=y&csrfmiddlewaretoken=" + token.encode()
        head = f"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: csrftoken={token}\r\nExpect: 100-continue\r\n"
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        sock.sendall(head.encode())
        assert sock.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(body)
        assert everything(sock).startswith("HTTP/1.1 200 OK")  # the form again: its token stood at the end


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(site):
    head = b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nContent-Length: 200000000\r\n\r\n"
    with connected(site) as sock:
        sock.sendall(head)
        assert sock.recv(1 << 16).startswith(b"HTTP/1.1 413 ")


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_killed_worker_is_made_anew_from_a_process_without_connections(site):
    opened = [os.readlink(path) for path in Path(f"/proc/{site.pid}/fd").iterdir()]
    assert not [name for name in opened if "demo.sqlite3" in name]
    (worker,) = children(site.pid)
    os.kill(worker, signal.SIGKILL)
    response = answer(site, LOGIN.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    assert response.startswith("HTTP/1.1 200 OK")
    assert children(site.pid) != [worker]


@pytest.mark.thorough
def test_a_stopped_server_finishes_what_is_on_its_way_and_a_stuck_worker_is_replaced(seeded_file, tmp_path):
    site = demo.prepared(tmp_path, seeded_file, GUNICORN_CMD_ARGS="--timeout 2", WEB_CONCURRENCY="1")
    server = subprocess.Popen([sys.executable, "-m", "gunicorn"], cwd=ROOT, env=site.environment)
    try:
        demo.wait_until_up(urlsplit(site.url).port, server)
        answer(site, LOGIN.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        (stuck,) = children(server.pid)
        os.kill(stuck, signal.SIGSTOP)
        with urlopen(site.url + "/healthz", timeout=20) as response:
            assert response.status == 200
        assert children(server.pid) != [stuck]
        with connected(site) as sock:
            sock.sendall(SLOW["a body"])
            time.sleep(0.2)
            server.terminate()
            time.sleep(0.5)
            sock.sendall(b"=" * 492)
            assert sock.recv(1 << 16).startswith(b"HTTP/1.1 403 ")  # Django's own answer: without a token
        assert server.wait(timeout=10) == 0
    finally:
        server.kill()
        server.wait()

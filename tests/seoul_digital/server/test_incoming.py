"""A request on its way in, byte by byte and all at once."""

import pytest

from seoul_digital.server.incoming import Incoming, RefusedError
from seoul_digital.server.spool import Spool, SpoolFullError

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n"


def received(*pieces, largest=1000):
    incoming = Incoming(largest)
    for number, piece in enumerate(pieces):
        incoming.feed(piece, float(number))
    return incoming


def whole(incoming):
    return b"".join(incoming.pieces())


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_a_request_is_whole_with_its_last_byte(size):
    data = HEAD + b"hello"
    pieces = [data[i : i + size] for i in range(0, len(data), size)]
    assert not received(*pieces[:-1]).is_complete
    incoming = received(*pieces)
    assert incoming.is_complete
    assert whole(incoming) == data


def test_what_follows_belongs_to_the_next_request():
    incoming = received(HEAD + b"helloGET /next")
    assert whole(incoming) == HEAD + b"hello"
    assert incoming.rest == b"GET /next"


def test_a_request_without_a_length_has_no_body():
    incoming = received(b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET")
    assert incoming.is_complete
    assert incoming.rest == b"GET"


def test_a_long_body_is_kept_whole():
    body = bytes(range(256)) * 1000
    incoming = received(
        HEAD.replace(b" 5\r", b" 256000\r") + body[:100], body[100:200_000], body[200_000:], largest=10**6
    )
    assert whole(incoming).endswith(b"\r\n\r\n" + body)


def test_too_large_a_body_is_taken_in_and_forgotten():
    incoming = received(HEAD.replace(b" 5\r", b" 2000\r"), b"x" * 1999)
    assert not incoming.is_complete
    incoming.feed(b"x", 1.0)
    assert incoming.is_complete
    assert whole(incoming) == HEAD.replace(b" 5\r", b" 2000\r")


def test_who_asks_first_sends_no_body_that_is_too_large():
    asking = HEAD.replace(b"Host: x", b"Expect: 100-continue")
    assert received(asking.replace(b" 5\r", b" 2000\r")).is_complete
    incoming = received(asking)
    assert incoming.wants_continue
    assert b"Expect" not in incoming.head  # gunicorn would answer it again


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"GET /" + b"a" * 70_000, 414),
        (b"GET / HTTP/1.1\r\nCookie: " + b"a" * 70_000, 431),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
        (b"POST / HTTP/1.1\r\ntransfer-encoding : identity\r\n\r\n", 411),
    ],
)
def test_what_the_server_refuses_itself(data, status):
    with pytest.raises(RefusedError) as refused:
        received(data)
    assert refused.value.status == status


def test_a_head_has_ten_seconds_however_it_trickles():
    assert received(*[b"a"] * 9).deadline() == 10.0


def test_a_body_has_ten_seconds_of_its_own_and_more_as_it_comes_in():
    incoming = received(HEAD.replace(b" 5\r", b" 900000\r"), largest=10**6)
    assert incoming.deadline() == 10.0
    incoming.feed(b"x" * 81_920, 5.0)
    assert incoming.deadline() == 20.0


def test_spools_of_a_process_have_a_limit_together(monkeypatch):
    monkeypatch.setattr(Spool, "limit", Spool.held + 10)
    first, second = Spool(), Spool()
    first.write(b"12345678")
    with pytest.raises(SpoolFullError):
        second.write(b"123")
    first.close()
    second.write(b"123")
    assert second.peek(9) == b"123"
    second.close()

"""An answer that the client does not take at once."""

import socket

import pytest

from seoul_digital.server.outgoing import Outgoing
from seoul_digital.server.spool import Spool

ANSWER = bytes(range(256)) * 40_000  # 10 MB: more than a kernel keeps


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    yield Outgoing(ours), theirs
    ours.close()
    theirs.close()


def test_nobody_waits_and_nothing_is_lost(pair):
    outgoing, client = pair
    for start in range(0, len(ANSWER), 100_000):
        outgoing.sendall(ANSWER[start : start + 100_000])
    assert not outgoing.is_flushed
    taken = b""
    while not outgoing.is_flushed:
        taken += client.recv(1 << 20)
        outgoing.flush()
    client.setblocking(False)
    while len(taken) < len(ANSWER):
        taken += client.recv(1 << 20)
    assert taken == ANSWER


def test_a_full_spool_ends_the_connection(pair, monkeypatch):
    monkeypatch.setattr(Spool, "limit", Spool.held + 1000)
    outgoing, _ = pair
    with pytest.raises(BrokenPipeError):
        outgoing.sendall(ANSWER)
    outgoing.discard()
    assert outgoing.is_flushed

import pytest

from seoul_digital.server.spool import IN_MEMORY, Spool, SpoolFullError


@pytest.fixture
def spool():
    spool = Spool()
    yield spool
    spool.close()


def test_spool_gives_bytes_in_their_order(spool):
    spool.write(b"ab")
    spool.write(b"cd")
    assert (len(spool), spool.peek(3)) == (4, b"abc")
    spool.skip(3)
    assert (len(spool), spool.peek(9)) == (1, b"d")


def test_spool_longer_than_memory_is_whole(spool):
    spool.write(b"x" * IN_MEMORY)
    spool.write(b"end")
    spool.skip(IN_MEMORY)
    assert spool.peek(3) == b"end"


def test_spools_together_hold_no_more_than_the_limit(spool, monkeypatch):
    monkeypatch.setattr(Spool, "limit", Spool.held + 10)
    other = Spool()
    spool.write(b"123456")
    with pytest.raises(SpoolFullError):
        other.write(b"12345")
    other.write(b"1234")
    spool.close()
    other.write(b"123456")
    other.close()

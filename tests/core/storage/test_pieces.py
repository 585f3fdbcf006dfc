"""Content in pieces of a megabyte, however it is given."""

from io import BytesIO

import pytest

from core.models import StoredFile, StoredPiece
from core.storage import pieces


class Trickling:
    """Gives less than is asked for."""

    def __init__(self, content):
        self.content = BytesIO(content)

    def read(self, size):
        return self.content.read(min(size, 700_000))


@pytest.mark.parametrize("given", [BytesIO, Trickling])
def test_pieces_are_full_but_for_the_last(given):
    content = bytes(range(250)) * 10_000
    found = list(pieces.pieces_of(given(content)))
    assert [len(piece) for piece in found] == [1_048_576, 1_048_576, 402_848]
    assert b"".join(found) == content
    assert list(pieces.pieces_of(given(b""))) == []


@pytest.mark.django_db
def test_pieces_are_read_one_by_one(django_assert_num_queries):
    file = StoredFile(name="a" * 32, folder="x", place="database")
    pieces.save(file, BytesIO(b"x" * 1_048_577))
    assert (file.size, file.is_whole) == (1_048_577, True)
    assert file.sha256 == "154b8ed3c2383ce429058768595935faf7851b5c38db2b1732594be1d88bc05a"
    found = pieces.read(file)
    with django_assert_num_queries(1):
        assert next(found) == b"x" * 1_048_576
    with django_assert_num_queries(2):
        assert list(found) == [b"x"]
    pieces.delete(file)
    assert not StoredPiece.objects.exists()

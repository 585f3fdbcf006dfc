"""Rows by column and one by one."""

from budgets.imports.sandbox.blocks import NUMBER, ListedBlock, WrittenBlock

READERS = {
    NUMBER: lambda cell: float(cell) if cell else "",
    "s": {b"0": "가", b"1": None, b"": ""}.__getitem__,
}


def test_short_rows_are_filled_up():
    block = ListedBlock([["가", 1], ["나"]], 3)
    assert (len(block), block[1], block.column(2).cells) == (2, ["나", "", ""], ("", ""))


def written(asked):
    """Three rows: one that is plain, one with a text that cannot be read, one that is written otherwise."""
    block = WrittenBlock([[b"0", b"1", b""], [b"7", b"", b""]], ["s", NUMBER], READERS, {2})

    def look_up(places):
        asked.extend(places)
        return {place: [f"row {place}"] for place in places}

    block.look_up = look_up
    return block


def test_written_rows_are_read_when_they_are_asked_for():
    asked = []
    assert list(written(asked)) == [["가", 7.0], ["row 1"], ["row 2"]]
    assert asked == [1, 2]
    assert written(asked)[:2] == [["가", 7.0], ["row 1"]]


def test_a_stretch_of_rows_is_looked_up_at_once():
    times = []
    block = written([])
    block.look_up = lambda places: times.append([*places]) or {place: [] for place in places}
    assert block[:] == [["가", 7.0], [], []]
    assert (block[1], block[:], times) == ([], [["가", 7.0], [], []], [[1, 2]])


def test_what_will_be_asked_for_is_looked_up_at_once_and_once():
    asked = []
    block = written(asked)
    block.prepare([0, 1, 2])
    assert (asked, block[1], block[2]) == ([1, 2], ["row 1"], ["row 2"])
    assert asked == [1, 2]


def test_columns_as_they_are_written_and_blanks_beyond_them():
    block = written([])
    names, amounts, beyond = map(block.column, range(3))
    assert (names.kind, names.cells, names.read(b"0")) == ("s", [b"0", b"1", b""], "가")
    assert (amounts.kind, amounts.read(b"7")) == (NUMBER, 7.0)
    assert (beyond.kind, beyond.cells) == ("", ["", "", ""])

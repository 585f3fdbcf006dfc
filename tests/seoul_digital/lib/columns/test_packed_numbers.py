"""Columns of whole numbers as text, and back."""

import pytest

from seoul_digital.lib.columns.packed_numbers import packed, unpacked

COLUMNS = {
    "iBQAAAAYAAAA=": [5, 6],
    "i////f/////8=": [2**31 - 1, -1],
    "qAAAAgAAAAAABAAAAAAAAAA==": [2**31, 1],
    "qAAAAAAAAAIADAAAAAAAAAA==": [None, 3],
    "i": [],
}


@pytest.mark.parametrize(("text", "column"), COLUMNS.items())
def test_a_column_can_be_had_back(text, column):
    assert packed(column) == text
    assert unpacked(text) == column


@pytest.mark.parametrize("column", [["2022"], [1, "2"], [1.5]])
def test_what_is_no_whole_number_is_refused(column):
    with pytest.raises(TypeError):
        packed(column)


@pytest.mark.parametrize("text", ["", "BQAAAAYAAAA=", "iBQAAAA", "iBQAA"])
def test_what_is_no_packed_column_is_refused(text):
    with pytest.raises(ValueError):
        unpacked(text)

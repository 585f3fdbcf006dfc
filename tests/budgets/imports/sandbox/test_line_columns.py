"""Lines as columns, on their way from the child process."""

import json

import pytest

from budgets.imports.sandbox.line_columns import LineColumns, NumberedNames, packed, unpacked


def lines_of(names, *texts):
    """Lines of two parts and two amounts; of the second amount nothing is known."""
    numbers = [names.number(text) for text in texts]
    return LineColumns(
        list(range(5, 5 + len(texts))),
        [[2022] * len(texts), numbers],
        [list(range(len(texts))), [None] * len(texts)],
    )


def test_lines_arrive_as_they_were_sent():
    child, reader = NumberedNames(), NumberedNames()
    sent = json.loads(json.dumps(child.message(lines_of(child, "가", "", "가"))))
    assert list(reader.read(sent)) == [
        (5, (2022, "가"), (0, None)),
        (6, (2022, ""), (1, None)),
        (7, (2022, "가"), (2, None)),
    ]


def test_a_column_of_one_value_is_sent_as_that_value_and_a_name_once():
    child, reader = NumberedNames(), NumberedNames()
    first, second = (child.message(lines_of(child, *texts)) for texts in ("가나", "나다"))
    assert first["lines"]["columns"] == [
        "iBQAAAAYAAAA=",
        [2022],
        "iAQAAAAIAAAA=",
        "iAAAAAAEAAAA=",
        [None],
    ]
    assert (first["names"], second["names"]) == (["가", "나"], ["다"])
    reader.read(first)
    assert [line.parts[1] for line in reader.read(second)] == ["나", "다"]


@pytest.mark.parametrize(
    "column", [[7], [None, None], [10**15, -(10**15)], [3, None, 0], [2022, "", 2022], ["", ""]]
)
def test_a_column_arrives_as_it_was_sent(column):
    assert unpacked(json.loads(json.dumps(packed(column))), len(column)) == column


@pytest.mark.parametrize("column", ["iAQAAAAIAAAA=", "iAQAAAA", "AQAAAA==", [1, 2], []])
def test_a_column_of_another_length_is_refused(column):
    with pytest.raises(ValueError):
        unpacked(column, 3)


def test_names_that_are_too_many_are_told_anew():
    child, reader = NumberedNames(most=2), NumberedNames()
    reader.read(child.message(lines_of(child, *"가나")))
    assert child.is_full
    child = NumberedNames(most=2)
    assert not child.is_full
    assert [line.parts[1] for line in reader.read(child.message(lines_of(child, "다")))] == ["다"]

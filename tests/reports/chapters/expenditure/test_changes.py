from reports.comparison.changes import Kind
from reports.comparison.compare import compare
from tests.reports.plain import (
    expenditure,
    succession,
    two,
)


def test_expenditure_by_department_and_account():
    before = expenditure(
        2022,
        ("", "", 300, 30),
        ("a", "", 200, 20),
        ("a", "general", 150, 15),
        ("a", "special", 50, 5),
        ("b", "", 100, 10),
    )
    after = expenditure(
        2022,
        ("", "", 300, 90),
        ("c", "", 200, 60),
        ("c", "general", 150, 60),
        ("c", "special", 50, 0),
        ("b", "", 100, 30),
    )
    changes = compare(*two("expenditure", before, after, successions=(succession("a", "c"),))).changes[
        "expenditure"
    ]
    told = [
        (line.name, line.level, line.executed.difference, line.rates, line.points) for line in changes.lines
    ]
    assert told == [
        ("계", 0, 60_000, (10, 30), 20),
        ("a → c", 0, 40_000, (10, 30), 20),
        ("general", 1, 45_000, (10, 40), 30),
        ("special", 1, -5_000, (10, 0), -10),
        ("b", 0, 20_000, (10, 30), 20),
    ]


def test_unknown_execution_has_no_difference():
    before, after = (
        expenditure(2022, ("", "", 300, None), ("a", "", 300, None)),
        expenditure(2022, ("", "", 300, 30), ("a", "", 300, 30)),
    )
    (line,) = compare(*two("expenditure", before, after)).changes["expenditure"].lines[1:]
    assert (line.executed.difference, line.points, line.kind) == (None, None, Kind.CHANGED)


def test_an_account_that_now_stands_alone_has_not_vanished():
    before = expenditure(
        2022, ("", "", 300, 30), ("a", "", 300, 30), ("a", "general", 200, 20), ("a", "special", 100, 10)
    )
    after = expenditure(2022, ("", "", 200, 60), ("a", "", 200, 60))
    lines = compare(*two("expenditure", before, after)).changes["expenditure"].lines
    assert [(line.name, line.current.new) for line in lines] == [("계", 200_000), ("a", 200_000)]

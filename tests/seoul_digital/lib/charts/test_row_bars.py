from datetime import date
from fractions import Fraction

import pytest

from seoul_digital.lib.charts import Mark
from seoul_digital.lib.charts.row_bars import Shape, ShareAxis, Tick, TimeAxis, shares

YEAR = TimeAxis((date(2022, 1, 1), date(2023, 1, 1)), date(2022, 8, 29))


@pytest.mark.parametrize(
    ("mark", "shapes"),
    [
        (
            Mark("가", "in_progress", date(2022, 8, 1), date(2023, 2, 28)),
            [Shape("bar", "now", 58.08, 41.92), Shape("to", "now", 100)],
        ),
        (
            Mark("나", "done", date(2021, 11, 1), date(2022, 4, 30)),
            [Shape("bar", "done", 0, 32.88), Shape("from", "done", 0)],
        ),
        (Mark("다", "done", date(2022, 6, 1), date(2022, 6, 30)), [Shape("circle", "done", 45.21)]),
        (Mark("라", "confirm", date(2022, 8, 31), date(2022, 8, 31)), [Shape("diamond", "confirm", 66.3)]),
        (
            Mark("마", "planned", date(2022, 12, 1), None),
            [Shape("dotted", "plan", 91.51, 8.49), Shape("square", "plan", 91.51)],
        ),
        (
            Mark("바", "undetermined", date(2022, 6, 1), date(2022, 8, 31)),
            [Shape("dotted", "open", 41.37, 25.21)],
        ),
        (Mark("사", "done", date(2019, 1, 1), date(2019, 6, 30)), []),
        (Mark("아", "in_progress", None, None), []),
    ],
)
def test_a_milestone_is_drawn_as_on_the_plotly_time_line(mark, shapes):
    assert YEAR.shapes(mark) == shapes


def test_the_time_axis_names_quarters_that_have_room():
    assert YEAR.now == 65.75
    assert YEAR.ticks == [
        Tick(0, "’22.1월", "’22.1월"),
        Tick(24.66, "4월"),
        Tick(49.59, "7월", "7월"),
        Tick(74.79),
        Tick(100),
    ]


def test_the_axis_of_shares_ends_at_a_hundred():
    assert ShareAxis().shapes(Fraction(365, 100)) == [Shape("bar", "now", 0, 3.65)]
    assert ShareAxis().shapes(Fraction(120)) == [Shape("bar", "now", 0, 100), Shape("to", "now", 100)]


def test_shares_are_of_the_largest():
    assert shares([8019, 1100, None]) == [100, Fraction(110000, 8019), None]
    assert shares([0, None]) == [None, None]
    assert shares([]) == []


def test_the_first_name_of_a_year_says_the_year_where_january_has_no_room():
    axis = TimeAxis((date(2021, 10, 1), date(2023, 10, 1)), date(2022, 11, 15))
    assert [tick.wide for tick in axis.ticks if tick.wide] == [
        "’21.10월",
        "’22.4월",
        "7월",
        "10월",
        "’23.4월",
        "7월",
    ]
    assert [tick.narrow for tick in axis.ticks if tick.narrow] == ["’21.10월"]

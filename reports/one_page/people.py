"""Every place of the bureau as a square, by unit: who is there by job series, which places are empty, who is above them."""

from dataclasses import dataclass

from ..chapters.staffing.data import StaffingData, StaffingRow

MOST = 600  # squares; of more places a square stands for ten
TEN = 10
SERIES = 6  # that sheet.typ tells apart; of more, those after the fifth are one
VACANT, ABOVE = "vacant", "above"


@dataclass(frozen=True)
class UnitPlaces:
    """`squares`: for each the place of its job series, or VACANT; `above` is how many of the last people are above the places."""

    name: str
    authorized: int
    headcount: int
    squares: tuple[int | str, ...]
    above: int = 0


@dataclass(frozen=True)
class StaffPlaces:
    """`each`: for how many persons a square stands."""

    series: tuple[str, ...]
    units: tuple[UnitPlaces, ...]
    each: int = 1


def people(data: StaffingData) -> StaffPlaces:
    counted = [(int(row.authorized.number or 0), int(row.headcount.number or 0)) for row in data.units]
    each = TEN if sum(max(pair) for pair in counted) > MOST else 1
    names = tuple(data.series)
    if len(names) > SERIES:
        names = (*names[: SERIES - 1], "그 밖")
    return StaffPlaces(names, tuple(_unit(row, each) for row in data.units), each)


def _unit(row: StaffingRow, each: int) -> UnitPlaces:
    authorized, headcount = int(row.authorized.number or 0), int(row.headcount.number or 0)
    squares: list[int | str] = []
    for place, series in enumerate(row.series):
        squares += [min(place, SERIES - 1)] * _squares(int(series.count.number or 0), each)
    squares += [VACANT] * _squares(max(authorized - headcount, 0), each)
    return UnitPlaces(
        row.name, authorized, headcount, tuple(squares), _squares(max(headcount - authorized, 0), each)
    )


def _squares(persons: int, each: int) -> int:
    """Whoever is there is seen: a part of ten has a square of its own."""
    return -(-persons // each)

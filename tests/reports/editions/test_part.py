"""What an edition asks of units and of the bureau."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from departments.models import Duty
from projects.models import Indicator, Measurement
from reports.editions.part import BureauPart, EditionPart, PartRequest, PastValue, Requested, UnitPart
from tests.factories import make_bureau, make_source, make_unit


def past(value="28006", printed="28,006대", on="2022-07-01"):
    row = Measurement(pk=4, value=Decimal(value), printed=printed, measured_on=on)
    row.indicator = Indicator(name="공공와이파이", unit="대")
    return PastValue(row, "공공와이파이")


def test_past_value_says_what_is_kept():
    assert (past().text, past().unit) == ("28006 28,006대 (2022-07-01)", "대")


@pytest.mark.parametrize(
    ("on", "day"), [("2022-07-01", "2022. 7. 1."), ("2022-07", "2022. 7."), ("2022", "2022년")]
)
def test_past_value_day_as_it_is_known(on, day):
    assert past(on=on).day == day


def test_past_value_token_changes_with_what_is_kept():
    assert past().version_token == past().version_token
    assert past().version_token != past(printed="2만8,006대").version_token
    assert past().version_token.startswith("4-")


def test_bureau_part_asks_the_bureau_for_the_whole():
    asked = Requested(None, SimpleNamespace(pk=9), frozenset([1, 2]))
    assert BureauPart(model=Duty, watched=()).requests(asked, "vision") == {
        9: [PartRequest((0,), is_whole=True)]
    }


def test_unit_part_asks_units_and_those_that_its_facts_name(db):
    bureau, unit = make_bureau(), make_unit("rent", "임대과")
    source = make_source(bureau, "duties", "2022-06-01")
    Duty.objects.create(source=source, department=unit, order=1, text="임대")
    snapshot = SimpleNamespace(fiscal_year=None, in_force=[source])
    part = UnitPart(model=Duty, watched=(), unit="department")
    asked = Requested(snapshot, bureau, frozenset([77]))
    assert part.requests(asked, "duties") == {77: [PartRequest((77,))], unit.pk: [PartRequest((unit.pk,))]}
    assert set(part.requests(asked, "staffing")) == {77}


def test_part_lacks_nothing_unless_it_says_so():
    part = EditionPart(model=Duty, watched=())
    assert (part.lacking(None), part.past_values(None)) == (("", ()), {})

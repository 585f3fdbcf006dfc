"""What the report before says of a row, and what of a row is typed otherwise than it is stored."""

import pytest

from core.models import Source, Threshold
from core.plausibility.last_report import changed_fields, last_row, last_source, slip_doubts, stored_values
from departments.models import Department, Staffing
from projects.models import Measurement
from tests.factories import make_source

pytestmark = pytest.mark.django_db


def new_source(scope, **fields):
    return make_source(Department.objects.get(slug="digital-policy-bureau"), scope, **fields)


def staffing(as_of="2022-08-29"):
    return Staffing.objects.get(department__slug="data-center", source__as_of=as_of)


@pytest.mark.parametrize(
    ("state", "as_of", "expected"),
    [
        ("draft", "2022-11-01", "2022-08-29"),
        ("in_force", "2022-11-01", "2022-08-29"),
        ("draft", "2022-08-29", "2022-08-29"),  # corrects it
        ("draft", "2022-08-28", "2020-01-31"),
        ("draft", "2019-12-31", None),
    ],
)
def test_last_source_is_the_newest_in_force_before(seeded, state, as_of, expected):
    source = new_source("staffing", as_of=as_of, state=state)
    last = last_source(source)
    assert (str(last.as_of) if last else None) == expected


def test_last_source_of_another_year_is_none(seeded):
    budget = Source.objects.filter(scope="expenditure", fiscal_year=2022).first()
    budget.fiscal_year, budget.pk, budget.state = 2030, None, "draft"
    assert last_source(budget) is None
    assert last_source(None) is None


def test_last_row_of_a_measurement_is_its_newest_whatever_its_day(seeded):
    known = Measurement.objects.filter(source__as_of="2022-08-29").order_by("measured_on").last()
    source = new_source("indicators", as_of="2022-11-01", state="draft")
    new = Measurement(
        source=source, indicator=known.indicator, measured_on="2022-10", value=1, place=known.place
    )
    assert last_row(new, "value", "measured_on").values == {
        "value": known.value,
        "measured_on": known.measured_on,
    }


def test_stored_values_are_those_of_before_the_form_or_the_file(seeded):
    row = staffing()
    row.authorized = 96
    assert stored_values(row, "authorized") == {"authorized": 69}
    assert changed_fields(row, "authorized", "order") == ["authorized"]
    assert stored_values(Staffing(authorized=3), "authorized") == {}
    row.save()
    row.stored_before = Staffing(authorized=69)
    assert changed_fields(row, "authorized") == ["authorized"]


def test_slip_doubts_say_what_the_last_report_has(seeded):
    draft = Staffing(source=new_source("staffing", as_of="2022-11-01", state="draft"))
    draft.department, draft.authorized = staffing().department, 96
    show = {"authorized": "{}명".format}
    assert list(slip_doubts(draft, show)) == [
        "정원 96명: 지난 보고(2022. 8. 29.)에는 69명입니다. 이웃한 두 숫자가 바뀐 것이 아닌지 확인하십시오."
    ]
    draft.authorized = 71
    assert list(slip_doubts(draft, show)) == []
    draft.authorized = 96
    Threshold.objects.filter(kind="slip-least").update(value=100)
    assert list(slip_doubts(draft, show)) == []

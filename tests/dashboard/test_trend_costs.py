"""What trends cost: once what they say of earlier base dates is known, no more for many dates than for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Source
from departments.models import Department
from tests.factories import earn, make_expenditure, make_source, make_staffing, spend


def tell(month):
    bureau = Department.objects.get(slug="digital-policy-bureau")
    unit, on = Department.objects.get(slug="ict-security"), f"2022-{month:02}-15"
    spend(make_expenditure(bureau, on), unit, 1_000, 100 * month)
    make_staffing(make_source(bureau, Source.Scope.STAFFING, on), unit, 3, month)
    earn(make_source(bureau, "revenue", on), "임대료", {2022: 1_000 * month, 2021: 1_000})


def queries(client, url):
    client.get(url)  # what is worked out once
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "url",
    [
        "/budgets/expenditure/",
        "/budgets/expenditure/?account=special",
        "/budgets/revenue/",
        "/departments/",
        "/departments/ict-security/",
        "/departments/digital-policy-bureau/",
    ],
)
def test_more_base_dates_ask_no_more(staff_client, url):
    for month in (1, 2):
        tell(month)
    few = queries(staff_client, url)
    for month in (3, 4, 5, 6, 7, 8):
        tell(month)
    assert queries(staff_client, url) == few

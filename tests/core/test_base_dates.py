from datetime import date

import pytest

from core.base_dates import later_dates, shared_date

AUGUST, SEPTEMBER, OCTOBER = date(2022, 8, 29), date(2022, 9, 30), date(2022, 10, 31)
REPORT = {"organisation": AUGUST, "staffing": AUGUST, "projects": AUGUST, "revenue": AUGUST}


@pytest.mark.parametrize(
    ("newer", "base", "later"),
    [
        ({}, AUGUST, []),
        ({"expenditure": SEPTEMBER}, AUGUST, [("예산", SEPTEMBER)]),
        ({"expenditure": SEPTEMBER, "revenue": SEPTEMBER}, AUGUST, [("예산", SEPTEMBER)]),
        (
            {"expenditure": OCTOBER, "revenue": SEPTEMBER},
            AUGUST,
            [("세입", SEPTEMBER), ("세출", OCTOBER)],
        ),
        ({"staffing": SEPTEMBER}, AUGUST, [("인력", SEPTEMBER)]),
        ({"expenditure": OCTOBER, "staffing": OCTOBER}, OCTOBER, []),
        ({"vision": date(2021, 1, 1)}, AUGUST, []),
    ],
)
def test_the_base_date_is_what_several_subjects_share(newer, base, later):
    dates = {**REPORT, **newer}
    assert shared_date(dates) == base
    assert later_dates(dates, base) == later


def test_without_a_shared_date_the_newest_counts():
    assert shared_date({"expenditure": SEPTEMBER}) == SEPTEMBER
    assert shared_date({"expenditure": SEPTEMBER, "organisation": AUGUST}) == SEPTEMBER
    assert shared_date({}) is None

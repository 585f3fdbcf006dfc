"""Dates are read as the screens print them."""

import pytest

from seoul_digital.lib.fields import DayField, PartialDateFormField
from seoul_digital.lib.periods import PartialDate, iso_text
from seoul_digital.lib.query_params import asked_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-08-29", "2022-08-29"),
        ("22.10.31.", "2022-10-31"),
        ("2022. 1. 31.", "2022-01-31"),
        ("2022. 8. 29.(월)", "2022-08-29"),
        ("2022.10.31", "2022-10-31"),
        ("2022/8/9", "2022-08-09"),
        ("’22. 10. 31.", "2022-10-31"),
        ("'22.8.", "2022-08"),
        ("’22.8.", "2022-08"),
        ("’22년", "2022"),
        ("2022년 8월 29일", "2022-08-29"),
        ("2022. 8.", "2022-08"),
        ("2022", "2022"),
        ("22", "22"),
        ("2228", "2228"),
        ("오늘", "오늘"),
        ("12,345", "12,345"),
    ],
)
def test_iso_text_by_notation(text, expected):
    assert iso_text(text) == expected


def test_printed_date_is_read_everywhere():
    assert str(PartialDate.parse("’22. 8.")) == "2022-08"
    assert asked_date("2022. 8. 29.(월)").on.isoformat() == "2022-08-29"
    assert DayField().clean("22.10.31.").isoformat() == "2022-10-31"
    assert PartialDateFormField(max_length=40).clean("’22. 10. 31.") == "2022-10-31"


@pytest.mark.parametrize("text", ["2022. 2. 30.", "22.13.1."])
def test_printed_date_of_no_calendar_is_refused(text):
    with pytest.raises(ValueError, match="달력에 없는"):
        PartialDate.parse(text)

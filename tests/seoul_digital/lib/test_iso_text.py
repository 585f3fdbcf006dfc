"""Dates are read as the screens print them."""

from datetime import date

import pytest
from django import forms

from seoul_digital.lib.fields import DayField, PartialDateFormField
from seoul_digital.lib.periods import PartialDate, full_text, iso_text
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-08-29", "2022. 8. 29."),
        ("2022-08", "2022. 8."),
        ("2022", "2022"),
        ("", ""),
        ("내일", "내일"),
        ("2022-02-30", "2022-02-30"),
    ],
)
def test_full_text_is_read_again(text, expected):
    assert full_text(text) == expected
    assert iso_text(expected) == text


def test_forms_show_days_as_they_are_printed():
    class DayForm(forms.Form):
        day, part = DayField(), PartialDateFormField(max_length=40)

    shown = DayForm(initial={"day": date(2022, 8, 29), "part": "2022-08"})
    assert 'value="2022. 8. 29."' in str(shown["day"])
    assert 'value="2022. 8."' in str(shown["part"])
    sent = DayForm({"day": "2022. 8. 29.", "part": "2022. 8."}, initial=shown.initial)
    assert (sent.is_valid(), sent.changed_data) == (True, [])
    typed = DayForm({"day": "내일", "part": "2022. 2. 30."})
    assert 'value="내일"' in str(typed["day"])
    assert 'value="2022. 2. 30."' in str(typed["part"])


@pytest.mark.parametrize("text", ["2022. 2. 30.", "22.13.1."])
def test_printed_date_of_no_calendar_is_refused(text):
    with pytest.raises(ValueError, match="달력에 없는"):
        PartialDate.parse(text)

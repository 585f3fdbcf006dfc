import pytest

from projects.contacts.calls import Call, call_of, exchange_of, people_of
from projects.models import Contact


@pytest.mark.parametrize(
    ("printed", "exchange", "area", "number"),
    [
        ("1350", "2133", "02", "02-2133-1350"),
        ("2133-2860", "", "02", "02-2133-2860"),
        ("5611", "350", "02", "02-350-5611"),
        ("031-123-4567", "2133", "", "031-123-4567"),
    ],
)
def test_a_number_is_dialled_whole(printed, exchange, area, number):
    assert call_of(printed, exchange, area).number == number


@pytest.mark.parametrize(
    ("printed", "exchange", "area"),
    [
        ("1350", "2133", ""),  # no area code
        ("2133-2860", "2133", ""),
        ("1350", "", "02"),  # no exchange
        ("", "2133", "02"),
        ("120", "2133", "02"),  # a number of its own, no extension
        ("2860, 2861", "2133", "02"),
    ],
)
def test_what_is_not_known_is_not_dialled(printed, exchange, area):
    assert call_of(printed, exchange, area) is None


def test_what_was_added_is_said():
    assert call_of("1350", "2133", "02").note == (
        "02-2133-1350번으로 전화합니다. 보고서에 없는 국번을 같은 줄의 첫 번호에서, 지역번호를 국·정책관의 것으로 채웠습니다."
    )
    assert call_of("2133-2860", "2133", "02").note == (
        "02-2133-2860번으로 전화합니다. 보고서에 없는 지역번호를 국·정책관의 것으로 채웠습니다."
    )
    assert call_of("02-2133-2860", "", "").note == "02-2133-2860번으로 전화합니다."


def test_the_exchange_is_that_of_the_head_in_the_same_line():
    line = [Contact(phone=""), Contact(phone="350-5610"), Contact(phone="5611"), Contact(phone="2133-1000")]
    assert exchange_of(line) == "350"
    assert exchange_of([Contact(phone="1350")]) == ""
    assert [call for _, call in people_of(line, "02")][1:3] == [
        Call("02-350-5610", "보고서에 없는 지역번호를 국·정책관의 것으로 채웠습니다."),
        Call(
            "02-350-5611",
            "보고서에 없는 국번을 같은 줄의 첫 번호에서, 지역번호를 국·정책관의 것으로 채웠습니다.",
        ),
    ]

import pytest

from core.checks.texts import writing
from core.integrity import Level
from projects.models import Brief, Vision
from tests.slips import change, fingerprints, found_by

pytestmark = pytest.mark.django_db


def overview(text):
    change(Brief.objects.filter(project__slug="public-wifi"), overview=text)
    return {key.partition("/")[0]: level for key, level in found_by(writing).items()}


def test_the_texts_of_the_report_hold(seeded):
    assert found_by(writing) == {}


@pytest.mark.parametrize("again", ["ㅇ 시내버스 와이파이", "ㅇ  시내버스 와이파이"])
def test_a_line_that_stands_twice_is_told(seeded, again):
    assert overview(f"ㅇ 시내버스 와이파이\n  - 버스 4천 대\n{again}") == {"text.twice": Level.WARNING}


@pytest.mark.parametrize(
    "text",
    ["ㅇ 시내버스\n| 계 | 3대 |\n|---|---|\n| 계 | 3대 |", "ㅇ 계\nㅇ 계", "ㅇ 버스 1천 대\nㅇ 버스 2천 대"],
)
def test_rows_of_a_table_short_lines_and_other_numbers_are_no_repetition(seeded, text):
    assert overview(text) == {}


def test_any_line_of_a_text_without_items_stands_once(seeded):
    statement = Vision.objects.get().statement
    change(Vision.objects.all(), statement=f"{statement}\n{statement.splitlines()[-1]}")
    assert {key.partition("/")[0]: level for key, level in found_by(writing).items()} == {
        "text.twice": Level.WARNING
    }


@pytest.mark.parametrize("text", ["ㅇ 시내버스(4천 대", "ㅇ 시내버스 4천 대)", "ㅇ 「전자정부법 시행"])
def test_a_bracket_that_is_left_open_is_told(seeded, text):
    assert overview(text) == {"text.brackets": Level.WARNING}


def test_an_apostrophe_of_a_year_is_no_bracket(seeded):
    assert overview("ㅇ (운영) ’22. 4.~5.\n  - [그림] 화면") == {}


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("ㅇ 시내버스 운행\nㅇ 시내버스 운행", "\nㅇ 마을버스 운행\nㅇ 마을버스 운행"),
        ("ㅇ 시내버스(4천 대", "\nㅇ 마을버스(1천 대"),
    ],
)
def test_an_explanation_of_one_line_does_not_hide_the_next(seeded, text, more):
    overview(text)
    first = fingerprints(writing)
    overview(text + "\nㅇ 새로 쓴 줄")
    assert fingerprints(writing) == first
    overview(text + more)
    second = fingerprints(writing)
    assert (len(first), list(second), second == first) == (1, list(first), False)

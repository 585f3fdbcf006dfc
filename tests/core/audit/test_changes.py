"""Changes in words: values as people read them, long texts by their lines."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from budgets.models import BudgetFigure
from core.audit.changes import ChangedField, is_long, line_changes, moment, number, shown_value, won
from core.models import Source
from departments.models import Department, User
from projects.models import Milestone

LONG = "가" * 61


def test_change_of_a_long_text_has_its_lines():
    change = ChangedField.of("개요", f"{LONG}\n둘", f"{LONG}\n셋")
    assert change.lines == (("-", "둘"), ("+", "셋"))


@pytest.mark.parametrize(
    ("old", "new", "is_text"), [("하나", "둘", True), ("", LONG, True), (LONG, f"{LONG}.", False)]
)
def test_change_has_no_lines(old, new, is_text):
    assert ChangedField.of("이름", old, new, is_text).lines == ()


def test_line_changes_leave_out_what_stays():
    assert list(line_changes("가\n나\n다", "가\n라\n다\n마")) == [("-", "나"), ("+", "라"), ("+", "마")]


@pytest.mark.parametrize(("text", "found"), [(LONG, True), ("가\n나", True), ("가" * 60, False)])
def test_is_long(text, found):
    assert is_long(text) is found


@pytest.mark.parametrize(
    ("model", "field", "value", "text"),
    [
        (Department, "name", None, ""),
        (Source, "state", "draft", "작성 중"),
        (Source, "as_of", date(2022, 8, 29), "2022. 8. 29."),
        (User, "is_active", True, "예"),
        (User, "is_active", False, "아니요"),
        (BudgetFigure, "current", 46_706_677_000, "46,706,677천원"),
        (BudgetFigure, "current", 1_234, "1,234원"),
        (Milestone, "start", "2022-09", "2022. 9."),
    ],
)
def test_shown_value(model, field, value, text):
    assert shown_value(model._meta.get_field(field), value) == text


def test_numbers_and_moments():
    assert (number(0), number(-1234), number(Decimal("1.50"))) == ("0", "△1,234", "1.5")
    assert (won(0), won(1_000)) == ("0원", "1천원")
    assert moment(datetime(2022, 8, 29, 5, 5, tzinfo=UTC)) == "2022. 8. 29. 14:05"

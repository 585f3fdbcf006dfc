"""Cells as people, Excel and programs write them: what is read, what is refused, what leaves."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import models

from budgets.models import BudgetFigure
from core.import_export.fields import UNIT_AT_END
from core.import_export.widgets import (
    AmountWidget,
    ChoiceWidget,
    DayWidget,
    ExactNumberWidget,
    MomentWidget,
    PartialDateWidget,
    SlugWidget,
    TextWidget,
    WholeNumberWidget,
    widget_for,
    yes_no_widget,
)
from projects.models import Brief, Indicator

MIDNIGHT = datetime.fromisoformat("2022-08-09")


def amount(unit):
    widget = AmountWidget()
    widget.unit = unit
    return widget


@pytest.mark.parametrize(
    ("unit", "cell", "won"),
    [
        ("천원", "1,234", 1_234_000),
        ("천원", "△1,234", -1_234_000),
        ("천원", "(1,234)", -1_234_000),
        ("천원", 1234.5, 1_234_500),
        ("천원", Decimal("0.001"), 1),
        ("원", "1,234", 1_234),
        ("원", 1234.0, 1_234),
        ("백만원", "1.5", 1_500_000),
        ("천원", "", None),
        ("천원", None, None),
        ("천원", "-", 0),
    ],
)
def test_amount_is_read_in_its_unit(unit, cell, won):
    assert amount(unit).clean(cell) == won


@pytest.mark.parametrize(
    ("unit", "cell", "message"),
    [
        ("원", "1.5", "‘1.5’에는 1원보다 작은 자리가 있습니다. 값과 단위(원)를 확인해 주세요."),
        ("천원", "▲5", "▲는 증가인지 감소인지"),
        ("천원", "많음", "숫자로 읽을 수 없습니다"),
        ("천원", MIDNIGHT, "날짜나 참·거짓"),
        ("천원", True, "날짜나 참·거짓"),
        ("천원", float("nan"), "너무 크거나 수가 아닙니다"),
        ("천원", float("inf"), "너무 크거나 수가 아닙니다"),
        ("천원", 10**22, "너무 크거나 수가 아닙니다"),
    ],
)
def test_bad_amount_is_refused_with_its_reason(unit, cell, message):
    with pytest.raises(ValueError, match=".") as refused:
        amount(unit).clean(cell)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("unit", "won", "cell"),
    [
        ("천원", 1_234_000, 1_234),
        ("천원", 1_234_567, Decimal("1234.567")),
        ("원", -5, -5),
        ("천원", None, None),
    ],
)
def test_amount_leaves_exact_in_its_unit(unit, won, cell):
    assert amount(unit).render(won) == cell


def test_whole_number_and_exact_number():
    assert (WholeNumberWidget().clean("1,234"), ExactNumberWidget().clean(1.1)) == (1_234, Decimal("1.1"))
    assert ExactNumberWidget().render(Decimal("98.50")) == Decimal("98.5")
    with pytest.raises(ValueError, match="정수가 아닙니다"):
        WholeNumberWidget().clean("1.5")


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("2022", "2022"), (2022, "2022"), ("2022-08", "2022-08"), (MIDNIGHT, "2022-08-09")]
    + [("2022. 8. 9.", "2022-08-09"), ("", ""), (None, "")],
)
def test_partial_date_keeps_its_precision(cell, kept):
    assert PartialDateWidget().clean(cell) == kept


@pytest.mark.parametrize(
    ("kept", "cell"),
    [("2022", "2022년"), ("2022-08", "2022. 8."), ("2022-08-09", "2022. 8. 9."), ("", None), ("?", "?")],
)
def test_partial_date_leaves_as_screens_print_it_and_comes_back(kept, cell):
    assert PartialDateWidget().render(kept) == cell
    if cell != "?":
        assert PartialDateWidget().clean(cell) == kept


def test_day_is_read_as_text_and_as_excel_has_it():
    written = [
        "2022-08-09",
        "2022. 8. 9.",
        "2022.8.9",
        "22.08.09.",
        "’22. 8. 9.",
        "2022/8/9",
        "2022. 8. 9.(화)",
    ]
    for cell in (*written, MIDNIGHT, date(2022, 8, 9)):
        assert DayWidget().clean(cell) == date(2022, 8, 9)


@pytest.mark.parametrize("widget", [DayWidget, PartialDateWidget])
def test_day_that_no_calendar_has_is_refused(widget):
    with pytest.raises(ValueError, match="‘2022-02-30’은"):
        widget().clean("2022-02-30")


def test_moment_is_of_the_local_time():
    found = MomentWidget().clean("2022-08-29 14:05")
    assert (found, MomentWidget().clean("")) == (datetime(2022, 8, 29, 5, 5, tzinfo=UTC), None)
    assert MomentWidget().clean("22.8.29. 14:05") == found
    assert MomentWidget().clean("2022. 8. 29.") == MomentWidget().clean("2022-08-29")
    assert MomentWidget().render(found) == "2022. 8. 29. 14:05"
    exact = datetime(2022, 8, 29, 5, 5, 7, 120_003, tzinfo=UTC)
    assert MomentWidget().render(exact) == "2022. 8. 29. 14:05:07.120003"
    assert MomentWidget().clean("2022. 8. 29. 14:05:07.120003") == exact
    with pytest.raises(ValueError, match="때로 읽을 수 없습니다"):
        MomentWidget().clean("어제")


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("예", True), ("아니오", False), ("아니요", False), (True, True), (False, False), ("O", True)]
    + [("FALSE", False), (0, False), (1, True), ("", "")],
)
def test_yes_and_no_are_read_in_many_words(cell, kept):
    assert yes_no_widget().clean(cell) == kept


def test_choice_is_read_by_word_and_by_code():
    widget = ChoiceWidget([("stock", "현황"), ("", "없음")])
    assert [widget.clean(cell) for cell in ("현황", " stock ", "없음", None)] == ["stock", "stock", "", ""]
    assert [widget.render(code) for code in ("stock", "", "옛 값")] == ["현황", None, "옛 값"]
    with pytest.raises(ValueError, match="‘목표’는 고를 수 없습니다. 현황 가운데 하나를"):
        widget.clean("목표")


def test_text_is_kept_to_the_letter_and_slugs_without_space_around():
    assert (TextWidget().clean(" 앞뒤 "), TextWidget().clean(7), SlugWidget().clean(" a ")) == (
        " 앞뒤 ",
        "7",
        "a",
    )
    for cell in ("운영\0관리", ["가"]):
        with pytest.raises(ValueError, match="글"):
            TextWidget().clean(cell)


@pytest.mark.parametrize(
    ("model", "name", "kind"),
    [
        (BudgetFigure, "committed", AmountWidget),
        (Brief, "end", PartialDateWidget),
        (Brief, "number", WholeNumberWidget),
        (Indicator, "slug", SlugWidget),
        (Indicator, "children_are_parts", ChoiceWidget),
    ],
)
def test_widget_follows_the_field(model, name, kind):
    assert type(widget_for(model._meta.get_field(name))) is kind


def test_any_other_field_is_text():
    assert type(widget_for(models.UUIDField())) is TextWidget


@pytest.mark.parametrize(
    ("unit", "won"), [("원", 1), ("천원", 1_000), ("백만원", 1_000_000), ("억원", 100_000_000)]
)
def test_amounts_are_read_in_the_unit_of_their_heading(unit, won):
    widget = AmountWidget()
    widget.unit = unit
    assert (widget.clean("1,234"), widget.render(1_234 * won)) == (1_234 * won, 1_234)
    assert UNIT_AT_END.search(f"예산현액({unit})")[1] == unit

"""Cells of import and export files: how each kind of field is read from whatever a person or a program
wrote.

A widget reads a cell (`clean`, ValueError in Korean) and gives what leaves (`render`: text, int, Decimal,
date or None). `note` and `example` explain the column in the template file, `choices` is what may be picked
there; a column of text (`is_text`) must not be taken for anything else by a spreadsheet.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from import_export.widgets import CharWidget, DateTimeWidget, DateWidget, NumberWidget, Widget

from seoul_digital.lib import amounts
from seoul_digital.lib.fields import KeyField, PartialDateField
from seoul_digital.lib.hangul import quoted
from seoul_digital.lib.money_units import MONEY_UNITS
from seoul_digital.lib.periods import PartialDate, iso_moment, iso_text, moment_text

from .file_reader import BLANK

EXPORT_UNIT = "천원"
Row = dict[str, Any]  # a row of a file, by header
TOO_LARGE = 10**22


class CellMixin:
    is_text = False
    note = example = ""
    choices: tuple[str, ...] = ()

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The value itself, whatever the format: the formats write numbers and dates as such."""
        return value


class TextWidget(CellMixin, CharWidget):
    is_text = True
    note = "글"

    def clean(self, value: Any, row: Row | None = None, **kwargs: Any) -> Any:
        if isinstance(value, list | dict):
            raise ValueError("글 한 칸이어야 합니다.")
        text = super().clean(value)
        if "\0" in text:  # which PostgreSQL cannot hold
            raise ValueError(
                "저장할 수 없는 글자(보이지 않는 제어 문자)가 들어 있습니다. 이 칸의 글을 다시 적어 주세요."
            )
        return text

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value or None


class SlugWidget(TextWidget):
    def clean(self, value: Any, row: Row | None = None, **kwargs: Any) -> Any:
        return super().clean(value).strip()


class PartialDateWidget(SlugWidget):
    note, example = "날짜: 2022년, 2022. 8., 2022. 8. 29. 가운데 한 꼴", "2022. 8."

    def clean(self, value: Any, row: Row | None = None, **kwargs: Any) -> Any:
        text = iso_text(super().clean(value).removesuffix(" 00:00:00"))
        return str(PartialDate.parse(text)) if text else ""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        try:
            return PartialDate.parse(value).in_text() if value else None
        except ValueError:
            return value


class DayWidget(CellMixin, DateWidget):
    note, example = "날짜: 2022. 8. 29.", "2022. 8. 29."

    def clean(self, value: Any, row: Row | None = None, **kwargs: Any) -> Any:
        try:
            return (
                None
                if value in BLANK
                else date.fromisoformat(iso_text(str(value).strip().removesuffix(" 00:00:00")))
            )
        except ValueError:
            raise ValueError(
                f"{quoted(str(value)[:40], '은/는')} 날짜로 읽을 수 없습니다. 2022. 8. 29.처럼 적어 주세요."
            ) from None


class MomentWidget(CellMixin, DateTimeWidget):
    is_text = True
    note, example = "날짜와 시각: 2022. 8. 29. 14:05. 비우면 지금", "2022. 8. 29. 14:05"

    def clean(self, value: Any, row: Row | None = None, **kwargs: Any) -> Any:
        try:
            found = None if value in BLANK else parse_datetime(iso_moment(str(value)))
        except ValueError:
            found = None
        if found is None and value not in BLANK:
            raise ValueError(
                f"{quoted(str(value)[:40], '은/는')} 때로 읽을 수 없습니다. 2022. 8. 29. 14:05처럼 적어 주세요."
            )
        return found if found is None or timezone.is_aware(found) else timezone.make_aware(found)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return None if value is None else moment_text(timezone.localtime(value))


class ExactNumberWidget(CellMixin, NumberWidget):
    """int or Decimal, exact; a float as its shortest decimal, as which people see it."""

    note, example = "숫자: 1,234 · △1,234 · (1,234)", "1,234"

    def clean(self, value: Any, row: Row | None = None, **kwargs: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str | None):
            raise ValueError("숫자 자리에 날짜나 참·거짓 값이 있습니다. 칸의 서식과 값을 확인해 주세요.")
        number: Any = Decimal(repr(value)) if isinstance(value, float) else value
        if isinstance(value, str):
            number = amounts.parse(value)
        if number is None:
            return None
        if (
            isinstance(number, Decimal) and not number.is_finite() or abs(number) >= TOO_LARGE
        ):  # before any arithmetic
            raise ValueError(f"{quoted(str(value)[:40], '은/는')} 너무 크거나 수가 아닙니다.")
        return int(number) if number == int(number) else number

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        if value is None:
            return None
        number = Decimal(value)
        return int(number) if number == int(number) else number.normalize()


class WholeNumberWidget(ExactNumberWidget):
    note = "정수"

    def clean(self, value: Any, row: Row | None = None, **kwargs: Any) -> Any:
        number = super().clean(value)
        if isinstance(number, Decimal):
            raise ValueError(f"{quoted(value, '은/는')} 정수가 아닙니다.")
        return number


class AmountWidget(ExactNumberWidget):
    """원 in the database, `unit` in the file."""

    note = f"금액(머리글의 단위): {ExactNumberWidget.note}. 머리글을 (원), (백만원)으로 바꾸면 그 단위로 읽습니다"
    unit = EXPORT_UNIT

    def clean(self, value: Any, row: Row | None = None, **kwargs: Any) -> Any:
        number = super().clean(value)
        won = None if number is None else number * MONEY_UNITS[self.unit].won
        if isinstance(won, Decimal) and won != int(won):
            raise ValueError(
                f"‘{value}’에는 1원보다 작은 자리가 있습니다. 값과 단위({self.unit})를 확인해 주세요."
            )
        return None if won is None else int(won)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return None if value is None else super().render(Decimal(value) / MONEY_UNITS[self.unit].won)


class ChoiceWidget(CellMixin, Widget):
    """The words that people see; codes, and other words that mean them, are understood too. What has no
    code stays empty."""

    is_text = True

    def __init__(self, choices: Iterable[tuple[Any, Any]], **other_words: Any):
        super().__init__()
        self.labels = {code: str(label) for code, label in choices if code not in BLANK}
        self.codes = {str(code): code for code in self.labels} | {
            str(label): "" if code in BLANK else code for code, label in choices
        }
        self.codes |= other_words
        self.choices = tuple(self.labels.values())
        self.note, self.example = "고르기: " + ", ".join(self.choices), self.choices[0]

    def clean(self, value: Any, row: Row | None = None, **kwargs: Any) -> Any:
        word = TextWidget().clean(value).strip()
        code = self.codes.get(word, self.codes.get(word.lower())) if word else ""
        if code is None:
            raise ValueError(
                f"{quoted(word[:40], '은/는')} 고를 수 없습니다. {', '.join(self.choices)} 가운데 하나를 적어 주세요."
            )
        return code

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return self.labels.get(value) or value or None


def yes_no_widget() -> ChoiceWidget:
    words = dict.fromkeys(("1", "true", "o", "y", "yes", "참"), True)
    return ChoiceWidget(
        [(True, "예"), (False, "아니요")],
        **words | dict.fromkeys(("아니오", "0", "false", "x", "n", "no", "거짓"), False),
    )


def widget_for(field: Any) -> Any:
    """How a model's field that is no relation stands in a cell."""
    if field.choices:
        return ChoiceWidget(field.flatchoices)
    return next((widget() for kind, widget in WIDGETS if isinstance(field, kind)), TextWidget())


WIDGETS: list[tuple[type, Callable[[], Any]]] = [
    (PartialDateField, PartialDateWidget),
    (KeyField, SlugWidget),
    (models.BooleanField, yes_no_widget),
    (models.DateTimeField, MomentWidget),
    (models.DateField, DayWidget),
    (models.DecimalField, ExactNumberWidget),
    (models.BigAutoField, WholeNumberWidget),
    (models.BigIntegerField, AmountWidget),
    (models.IntegerField, WholeNumberWidget),
]

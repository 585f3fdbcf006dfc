"""Columns of import and export files: what a cell holds, and how it is read from whatever a person or a program wrote.

Each widget reads a cell (`clean`, ValueError in Korean) and gives what leaves (`render`: text, int, Decimal, date or None). `note`
and `example` explain the column in the template file; `choices` is what may be picked.
"""

import re
from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from import_export.fields import Field
from import_export.widgets import Widget

from seoul_digital.lib import amounts
from seoul_digital.lib.fields import PartialDateField
from seoul_digital.lib.periods import PartialDate

UNITS = {"원": 1, "천원": amounts.THOUSAND, "백만원": amounts.MILLION}
OUTGOING_UNIT = "천원"
UNIT_AT_END = re.compile(r"\s*\((원|천원|백만원)\)$")
YES, NO = "예", "아니요"
YES_WORDS = {YES, "1", "true", "o", "y", "yes", "참"}
NO_WORDS = {NO, "아니오", "0", "false", "x", "n", "no", "거짓"}
WRITTEN_DAY = re.compile(r"(\d{4})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{1,2})\.?(?:\s+00:00:00)?")
BLANK = (None, "")
TOO_LARGE = 10**22


class Cell(Widget):
    """`is_text`: the column holds text only, and a spreadsheet must not take it for anything else."""

    is_text = False
    note = example = ""
    choices: tuple[str, ...] = ()

    def render(self, value, obj=None, **kwargs):
        return value


class Text(Cell):
    is_text = True
    note, example = "글", ""

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, datetime):
            value = _day_or_moment(value)
        if isinstance(value, list | dict):
            raise ValueError("글 한 칸이어야 합니다.")
        text = "" if value is None else str(value)
        if "\0" in text:  # which PostgreSQL cannot hold
            raise ValueError(
                "저장할 수 없는 글자(보이지 않는 제어 문자)가 들어 있습니다. 이 칸의 글을 다시 적어 주세요."
            )
        return text

    def render(self, value, obj=None, **kwargs):
        return value or None


class Word(Text):
    """Text without space around it: slugs."""

    def clean(self, value, row=None, **kwargs):
        return super().clean(value).strip()


class PartialDateText(Text):
    note, example = "날짜: 2022, 2022-08, 2022-08-29 가운데 한 꼴", "2022-08"

    def clean(self, value, row=None, **kwargs):
        written = super().clean(value).strip()
        day = WRITTEN_DAY.fullmatch(written)
        text = "-".join([day[1], day[2].zfill(2), day[3].zfill(2)]) if day else written
        return str(PartialDate.parse(text)) if text else ""


class Day(Cell):
    note, example = "날짜: 2022-08-29", "2022-08-29"

    def clean(self, value, row=None, **kwargs):
        if value in BLANK:
            return None
        if isinstance(value, datetime):
            return value.date()
        match = WRITTEN_DAY.fullmatch(str(value).strip())
        try:
            return date(*map(int, match.groups()))
        except (AttributeError, ValueError):
            raise ValueError(
                f"‘{str(value)[:40]}’은(는) 날짜로 읽을 수 없습니다. 2022-08-29처럼 적어 주세요."
            ) from None


class Moment(Cell):
    is_text = True
    note, example = "날짜와 시각: 2022-08-29 14:05. 비우면 지금", "2022-08-29 14:05"

    def clean(self, value, row=None, **kwargs):
        if value in BLANK:
            return None
        try:
            found = value if isinstance(value, datetime) else parse_datetime(str(value).strip())
        except ValueError:
            found = None
        if found is None:
            raise ValueError(
                f"‘{str(value)[:40]}’은(는) 때로 읽을 수 없습니다. 2022-08-29 14:05처럼 적어 주세요."
            )
        return found if timezone.is_aware(found) else timezone.make_aware(found)

    def render(self, value, obj=None, **kwargs):
        return None if value is None else timezone.localtime(value).replace(tzinfo=None).isoformat(" ")


class Number(Cell):
    """int or Decimal, exact."""

    note, example = "숫자: 1,234 · △1,234 · (1,234)", "1,234"

    def clean(self, value, row=None, **kwargs):
        number = exact_number(value)
        return number if number is None or number != int(number) else int(number)


class Whole(Number):
    note = "정수"

    def clean(self, value, row=None, **kwargs):
        number = super().clean(value)
        if isinstance(number, Decimal):
            raise ValueError(f"‘{value}’은(는) 정수가 아닙니다.")
        return number


class Fraction(Number):
    def clean(self, value, row=None, **kwargs):
        number = exact_number(value)
        return None if number is None else Decimal(number)

    def render(self, value, obj=None, **kwargs):
        return None if value is None else _plain(Decimal(value))


class Amount(Number):
    """원 in the database, `unit` in the file."""

    def __init__(self, unit=OUTGOING_UNIT, **options):
        super().__init__(**options)
        self.unit = unit

    @property
    def note(self):
        return f"금액(머리글의 단위): {Number.note}. 머리글을 (원), (백만원)으로 바꾸면 그 단위로 읽습니다"

    def clean(self, value, row=None, **kwargs):
        number = exact_number(value)
        if number is None:
            return None
        won = number * UNITS[self.unit]
        if won != int(won):
            raise ValueError(
                f"‘{value}’에는 1원보다 작은 자리가 있습니다. 값과 단위({self.unit})를 확인해 주세요."
            )
        return int(won)

    def render(self, value, obj=None, **kwargs):
        return None if value is None else _plain(Decimal(value) / UNITS[self.unit])


class YesNo(Cell):
    is_text = True
    choices = (YES, NO)
    note, example = f"{YES} 또는 {NO}", NO

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, bool) or value in BLANK:
            return value if value not in BLANK else None
        word = str(value).strip().lower()
        if word not in YES_WORDS | NO_WORDS:
            raise ValueError(f"‘{str(value)[:40]}’은(는) {YES}도 {NO}도 아닙니다.")
        return word in YES_WORDS

    def render(self, value, obj=None, **kwargs):
        return None if value is None else YES if value else NO


class Choice(Cell):
    """The words that people see; the code in the database is understood too. What has no code stays empty."""

    is_text = True

    def __init__(self, choices, **options):
        super().__init__(**options)
        self.labels = {code: str(label) for code, label in choices if code not in BLANK}
        self.codes = {label: code for code, label in self.labels.items()} | {
            code: code for code in self.labels
        }
        self.codes |= {str(label): "" for code, label in choices if code in BLANK}
        self.choices = tuple(self.labels.values())
        self.note, self.example = "고르기: " + ", ".join(self.choices), self.choices[0]

    def clean(self, value, row=None, **kwargs):
        word = Text().clean(value).strip()
        if word and word not in self.codes:
            raise ValueError(
                f"‘{word[:40]}’은(는) 고를 수 없습니다. {', '.join(self.choices)} 가운데 하나를 적어 주세요."
            )
        return self.codes[word] if word else ""

    def render(self, value, obj=None, **kwargs):
        return self.labels.get(value) or value or None


def exact_number(value) -> int | Decimal | None:
    """What a cell holds as a number; a float as its shortest decimal, as which people see it."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str | None):
        raise ValueError("숫자 자리에 날짜나 참·거짓 값이 있습니다. 칸의 서식과 값을 확인해 주세요.")
    number = (
        amounts.parse(value)
        if isinstance(value, str)
        else Decimal(repr(value))
        if isinstance(value, float)
        else value
    )
    if number is None:
        return None
    if (
        isinstance(number, Decimal) and not number.is_finite() or abs(number) >= TOO_LARGE
    ):  # before anything is worked out with it
        raise ValueError(f"‘{str(value)[:40]}’은(는) 너무 크거나 수가 아닙니다.")
    return int(number) if number == int(number) else number


def _plain(number: Decimal) -> int | Decimal:
    return int(number) if number == int(number) else number.normalize()


def _day_or_moment(value):
    return value.date() if not (value.hour or value.minute or value.second) else value


def widget_of(field) -> Cell:
    """How a model's field that is no relation stands in a cell."""
    if field.choices:
        return Choice(field.flatchoices)
    return next((make() for kind, make in WIDGETS if isinstance(field, kind)), Text())


WIDGETS = [
    (PartialDateField, PartialDateText),
    (models.SlugField, Word),
    (models.BooleanField, YesNo),
    (models.DateTimeField, Moment),
    (models.DateField, Day),
    (models.DecimalField, Fraction),
    (models.BigAutoField, Whole),
    (models.BigIntegerField, Amount),
    (models.IntegerField, Whole),
]


def header_of(field) -> str:
    """The field's name in Korean, an amount's with its unit."""
    name = str(field.verbose_name)
    is_amount = isinstance(field, models.BigIntegerField) and not field.primary_key
    return f"{UNIT_AT_END.sub('', name)}({OUTGOING_UNIT})" if is_amount else name


class Column(Field):
    """A field of the model and its columns: one, or of a relation one for each part of the natural key that it points to."""

    def __init__(self, model_field, headers=None, widget=None):
        self.model_field = model_field
        self.headers = tuple(headers or (header_of(model_field),))
        super().__init__(
            model_field.name, self.headers[0], widget or widget_of(model_field), default=model_field.default
        )

    @property
    def label(self):
        return " · ".join(self.headers)

    @property
    def widgets(self):
        return (self.widget,)

    @property
    def is_amount(self):
        return isinstance(self.widget, Amount)

    def cells(self, instance) -> tuple:
        """What leaves, a value a header."""
        return (self.export(instance),)

    def is_blank_in(self, row):
        return all(row.get(header) in BLANK for header in self.headers)

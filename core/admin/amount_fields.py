"""Amounts in forms and lists of admin: people read and write 천원 or 백만원, the database keeps 원."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from seoul_digital.lib import amounts
from seoul_digital.lib.money_units import MONEY_UNITS

from ..models import Source

NAMES = {1: "", **{unit.won: unit.name for unit in MONEY_UNITS.values() if unit.won > 1}}
LARGEST = models.BigIntegerField.MAX_BIGINT


class AmountInput(forms.TextInput):
    """A number with its unit behind it."""

    template_name = "admin/widgets/amount.html"

    def __init__(self, unit_name: str = "", attrs: Any = None) -> None:
        super().__init__(
            {"class": "amount", "inputmode": "text", "autocomplete": "off", "size": 14} | (attrs or {})
        )
        self.unit_name = unit_name

    def get_context(self, name: str, value: Any, attrs: Any) -> Any:
        context = super().get_context(name, value, attrs)
        return context | {"unit_name": self.unit_name}


class AmountField(forms.Field):
    """`1,234`, `△1,234` and `(1,234)` in `unit` (원 in one of it) become 원; what is no whole number of 원 is refused.

    With `decimals`, for figures that are no amounts, that many digits may follow the point and a Decimal comes out.
    """

    def __init__(
        self, *, unit: Any = amounts.THOUSAND, unit_name: Any = None, decimals: int = 0, **options: Any
    ) -> None:
        self.unit, self.decimals = unit, decimals
        options.setdefault("widget", AmountInput(NAMES[unit] if unit_name is None else unit_name))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else written(value, self.unit)

    def to_python(self, value: Any) -> Any:
        try:
            number = amounts.parse(value or "")
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error
        return None if number is None else self._in_won(number)

    def _in_won(self, number: Any) -> Any:
        value = Decimal(number) * self.unit
        if abs(value) > LARGEST:
            raise ValidationError("금액이 너무 큽니다. 단위를 확인해 주세요.", code="large")
        if value != round(value, self.decimals):
            smallest = "1원보다 작은 값은" if self.unit > 1 else f"소수점 아래 {self.decimals}자리까지"
            raise ValidationError(
                f"{smallest} 적을 수 {'없' if self.unit > 1 else '있'}습니다.", code="fraction"
            )
        return value if self.decimals else int(value)


def type_in_unit_of(row: Any, form: Any) -> None:
    """Amounts of a form are typed in the unit of the source, or of the row's, where that is coarser than the form's own."""
    source = row if isinstance(row, Source) else getattr(row, "source", None)
    if not isinstance(source, Source):
        return
    unit = source.money_unit
    for field in form.base_fields.values():
        if isinstance(field, AmountField) and not field.decimals and field.unit < unit.won:
            field.unit, field.widget.unit_name = unit.won, unit.name


def written(value: Any, unit: Any) -> str:
    """As it is typed: every digit that there is, zero as 0."""
    number = Decimal(value) / unit
    decimals = max(0, -int(number.normalize().as_tuple().exponent))
    return amounts.plain(number, decimals=decimals) if number else "0"


def shown(value: Any, unit: Any) -> str:
    """As tables show it: rounded to the unit, `-` for none."""
    return amounts.plain(Fraction(value) / unit if value else None)

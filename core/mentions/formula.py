"""The formula of a derived number: `{kind:key} - {kind:key}`, with + - * / ( ) and numbers."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from seoul_digital.lib.hangul import quoted

LONGEST = 1_000
DEEPEST = 20  # brackets within one another
_PART = re.compile(r"\{([^{}]++)\}|([0-9]++(?:\.[0-9]++)?+)|([-+*/()])|\s")
ValueOf = Callable[[str], Decimal | Fraction | None]


class FormulaError(ValueError):
    """What cannot be read as a formula; the message, in Korean, says what."""


def identities(formula: str) -> list[str]:
    """Those that a formula names, in its order. Raises FormulaError."""
    _FormulaReader(formula, lambda identity: Fraction(1), is_form=True).value()
    return re.findall(r"\{([^{}]+)\}", formula)


def evaluated(formula: str, value_of: ValueOf) -> Fraction | None:
    """Its value; None where a fact is missing or it divides by zero. Raises FormulaError."""
    try:
        return _FormulaReader(formula, value_of).value()
    except (ZeroDivisionError, LookupError):
        return None


class _FormulaReader:
    """Sums of products, read from left to right; `is_form`: for its form alone, in which nothing is divided by zero."""

    def __init__(self, formula: str, value_of: ValueOf, *, is_form: bool = False) -> None:
        self.formula, self.value_of, self.is_form, self.depth = formula, value_of, is_form, 0
        self.parts = list(self._parts())
        self.at = 0

    def _parts(self) -> Iterator[tuple[str, str, str]]:
        at, text = 0, self.formula.rstrip()
        if len(text) > LONGEST:
            raise FormulaError(f"셈식이 {len(text):,}자입니다. {LONGEST:,}자까지 적을 수 있습니다.")
        while at < len(text):
            match = _PART.match(text, at)
            if not match:
                raise FormulaError(f"셈식의 {quoted(text[at : at + 20], '을/를')} 읽을 수 없습니다.")
            if match.lastindex:
                yield match[1] or "", match[2] or "", match[3] or ""
            at = match.end()

    def value(self) -> Fraction:
        found = self._sum()
        if self.at < len(self.parts):
            raise FormulaError("셈식의 괄호나 연산 기호가 맞지 않습니다.")
        return found

    def _take(self, signs: str) -> str:
        sign = self.parts[self.at][2] if self.at < len(self.parts) else ""
        if not sign or sign not in signs:
            return ""
        self.at += 1
        return sign

    def _sum(self) -> Fraction:
        found = self._product()
        while sign := self._take("+-"):
            found = found + self._product() if sign == "+" else found - self._product()
        return found

    def _product(self) -> Fraction:
        found = self._operand()
        while sign := self._take("*/"):
            operand = self._operand()
            if sign == "/":
                operand = Fraction(1) if self.is_form else 1 / operand
            found *= operand
        return found

    def _operand(self) -> Fraction:
        sign = 1
        while self._take("-"):
            sign = -sign
        if self._take("("):
            return sign * self._bracket()
        if self.at >= len(self.parts) or self.parts[self.at][2]:
            raise FormulaError("셈식의 괄호나 연산 기호가 맞지 않습니다.")
        identity, number, _ = self.parts[self.at]
        self.at += 1
        value = Fraction(number) if number else self.value_of(identity)
        if value is None:
            raise LookupError(identity)
        return sign * Fraction(value)

    def _bracket(self) -> Fraction:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError(f"셈식의 괄호가 {DEEPEST}겹을 넘습니다.")
        found = self._sum()
        self.depth -= 1
        if not self._take(")"):
            raise FormulaError("셈식의 괄호나 연산 기호가 맞지 않습니다.")
        return found

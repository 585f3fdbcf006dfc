"""Formulas of derived numbers."""

from decimal import Decimal
from fractions import Fraction

import pytest

from core.mentions.formula import FormulaError, evaluated, identities

FACTS = {"measurement:a": Decimal(12), "measurement:b/시": Decimal(3), "measurement:zero": Decimal(0)}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("{measurement:a} + {measurement:b/시}", Fraction(15)),
        ("{measurement:a} - {measurement:b/시} * 2", Fraction(6)),
        ("({measurement:a} - 2) / {measurement:b/시} * 100", Fraction(1000, 3)),
        ("--{measurement:a}", Fraction(12)),
        ("-(1 + 2)", Fraction(-3)),
        ("{measurement:a} / {measurement:zero}", None),
        ("{measurement:gone} + 1", None),
    ],
)
def test_a_formula_has_a_value(formula, value):
    assert evaluated(formula, lambda identity: FACTS[identity]) == value


@pytest.mark.parametrize(
    "formula", ["", "{a:b", "{a:b} +", "({a:b}", "{a:b} {c:d}", "x + 1", "(" * 30 + "1" + ")" * 30]
)
def test_what_is_no_formula_is_refused_in_words(formula):
    with pytest.raises(FormulaError, match="셈식"):
        identities(formula)


def test_a_formula_of_signs_alone_is_refused():
    with pytest.raises(FormulaError):
        identities("-" * 999)


def test_a_formula_names_its_identities():
    assert identities("{a:b} - {c:d/e} * 2") == ["a:b", "c:d/e"]


def test_form_of_a_formula_that_divides_by_a_difference():
    assert identities("{a:x} / ({a:x} - {a:y})") == ["a:x", "a:x", "a:y"]

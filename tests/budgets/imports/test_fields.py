"""The words that stand over columns of the finance system's exports."""

import pytest

from budgets.imports.fields import FIELD_OF, PARTS_OF_CURRENT, plain_label, unit_in


@pytest.mark.parametrize(
    ("label", "plain"),
    [
        ("① 예산 현액(A)\n(천원)", "예산현액"),
        ("집행률[%]", "집행률"),
        ("\ufeff부서(담당관)*", "부서(담당관)"),
        ("잔액(A-B)", "잔액"),
        ("예산액(경정)", "예산액(경정)"),
    ],
)
def test_plain_label(label, plain):
    assert plain_label(label) == plain


@pytest.mark.parametrize(
    ("label", "unit"),
    [("예산현액\n(단위: 천원)", "천원"), ("예산현액[백만원]", "백만원"), ("집행률(%)", ""), ("예산현액", "")],
)
def test_unit_in(label, unit):
    assert unit_in(label) == unit


def test_word_stands_for_one_field_alone():
    assert (FIELD_OF["당초"], FIELD_OF["수납률"], FIELD_OF["증△감"]) == ("original", "rate", "change")


def test_parts_of_the_current_budget_come_before_it():
    assert PARTS_OF_CURRENT[0] == "original"
    assert PARTS_OF_CURRENT[-1] == "diverted"

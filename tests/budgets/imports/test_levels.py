"""The finest level that two sets of lines have in common."""

import pytest

from budgets.imports.levels import CommonLevel, Content, Programme, Sums, common_level, line_names
from budgets.models import BudgetLine


def content(**columns):
    return Content(["current"], {unit: frozenset(names.split()) for unit, names in columns.items()})


def test_common_level_is_what_both_have_of_each_unit():
    now, then = content(a="policy unit detailed", b="policy"), content(a="policy unit", c="policy")
    assert common_level(now, then).columns == {"a": frozenset(["policy", "unit"])}


def test_common_level_of_the_same_columns_is_none():
    assert common_level(content(a="policy"), content(a="policy", b="unit")) is None


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ({1: "policy unit", 2: "policy unit detailed"}, "단위사업"),
        ({1: "policy", 2: "account_kind"}, "부서"),
        ({1: "account_kind"}, "회계"),
        ({}, "부서"),
    ],
)
def test_name_is_that_of_the_finest_level_of_all(columns, name):
    assert CommonLevel({unit: frozenset(names.split()) for unit, names in columns.items()}).name == name


def test_programme_has_the_sums_of_both_sides():
    before = Sums(1, "데이터센터", ("전산", "데이터센터", "-"), {"current": 3})
    after = before._replace(amounts={"current": 5})
    found = Programme.of(after, before, after)
    assert (found.department, found.before, found.after) == ("데이터센터", {"current": 3}, {"current": 5})
    assert Programme.of(after, None, after).before is None


def test_line_names_as_a_line_is_shown():
    line = BudgetLine(
        account_kind="special",
        policy="정보화",
        unit="전산 운영",
        object_group="일반운영비",
        object_name="사무관리비",
    )
    assert line_names(line, "데이터센터")[1:] == ("데이터센터 · 특별회계", "일반운영비 · 사무관리비")
    assert line_names(BudgetLine(), "데이터센터")[1:] == ("데이터센터", "-")

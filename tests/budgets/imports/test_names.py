"""What the finance system calls departments and accounts."""

from datetime import date

import pytest

from budgets.imports.names import DepartmentNames, account_of
from departments.models import Department
from tests.factories import explain_names, make_unit


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("", ("", "")),
        ("일반회계", ("general", "")),
        ("일 반", ("general", "")),
        ("특별회계", ("special", "")),
        ("교통사업특별회계", ("special", "교통사업특별회계")),
        ("special", ("special", "")),
    ],
)
def test_account_of_text(text, account):
    assert account_of(text) == account


def test_account_of_what_is_neither_is_refused():
    with pytest.raises(ValueError, match="‘재난관리’는 회계나 기금의 이름이 아닙니다."):
        account_of("재난관리")


@pytest.fixture
def names(seeded):
    explain_names()
    return DepartmentNames(Department.objects.get(slug="digital-policy-bureau"), date(2022, 9, 30))


def slug_of(key):
    return Department.objects.get(pk=key).slug


def test_department_names_find_by_name_whatever_the_spaces(names):
    assert slug_of(names.find("데이터 센터")) == "data-center"
    assert names.find("없는 부서") is None


def test_department_names_find_by_alias(names):
    assert names.find("전산센터") == Department.objects.first().pk


def test_department_names_of_two_units_take_the_one_in_the_tree(seeded):
    bureau = Department.objects.get(slug="digital-policy-bureau")
    make_unit("other-data-center", "데이터센터")
    assert slug_of(DepartmentNames(bureau, date(2022, 9, 30)).find("데이터센터")) == "data-center"


def test_department_names_of_two_units_outside_the_tree_are_unclear(seeded):
    bureau = Department.objects.get(slug="digital-policy-bureau")
    make_unit("one", "새 부서")
    make_unit("two", "새부서")
    names = DepartmentNames(bureau, date(2022, 9, 30))
    assert names.find("새 부서") is None
    assert sorted(names.proposals("새 부서")) == ["one", "two"]


def test_department_names_propose_the_likeliest_first(names):
    assert names.proposals("빅데이타담당관")[0] == "big-data"
    assert names.proposals("전혀 다른 말 zzz") == []


def test_department_names_by_slug(names):
    assert slug_of(names.by_slug("data-center")) == "data-center"
    assert names.by_slug("") is None

"""Parts of a line as the database knows them."""

import pytest

from budgets.imports.natural_keys import Resolver, digest
from budgets.imports.options import Options
from budgets.imports.sandbox.row_parser import Problems

REST = ("운영", "", "", "", "", "")


class Names:
    """Two departments, by name and by slug."""

    def find(self, name):
        return {"데이터센터": 1, "빅데이터담당관": 2}.get(name)

    def by_slug(self, slug):
        return {"data-center": 1}.get(slug)


def resolver(**options):
    return Resolver(Names(), Problems(""), Options("2022-09-30", "원", **options))


def key(found, row, year=2022, account="일반회계", department="데이터센터", rest=REST):
    return found.key(row, (year, account, department, *rest))


def messages(found):
    return [problem.message for problem in found.problems.shown]


def test_resolver_key_of_a_line():
    natural, short = key(resolver(), 5)
    assert natural == (2022, 1, "general", "", *REST)
    assert short == digest(natural)


def test_resolver_counts_unknown_departments():
    found = resolver()
    assert key(found, 5, department="전산과") is None
    assert key(found, 6, department="전산과") is None
    assert found.unknown == {"전산과": [5, 2]}


@pytest.mark.parametrize(
    ("options", "line", "message"),
    [
        ({}, {"year": 2021}, "회계연도가 2022년이 아니라 2021년입니다."),
        ({"department": "data-center"}, {"department": "빅데이터담당관"}, "고른 부서의 줄이 아닙니다."),
        ({"account": "special"}, {}, "고른 회계의 줄이 아닙니다."),
        ({}, {"account": "운영"}, "‘운영’은 회계나 기금의 이름이 아닙니다."),
        ({}, {}, "5행과 같은 줄이 또 있습니다."),
    ],
)
def test_resolver_problem(options, line, message):
    found = resolver(**options)
    key(found, 5, account="교통특별회계" if options.get("account") else "일반회계")
    key(found, 6, **line)
    assert messages(found) == [message]


def test_resolver_account_kind_takes_every_account_of_it():
    found = resolver(account="special")
    assert key(found, 5, account="교통특별회계") is not None
    assert key(found, 6, account="특별회계") is not None


def test_resolver_year_that_could_not_be_read_is_told_already():
    found = resolver()
    assert key(found, 5, year=0) is None
    assert messages(found) == []

"""Parts of a line as the database knows them."""

import pytest

from budgets.imports.natural_keys import Resolver
from budgets.imports.options import Options
from budgets.imports.sandbox.line_columns import LineColumns
from budgets.imports.sandbox.row_parser import Problems


class Names:
    """Two departments, by name and by slug."""

    def find(self, name):
        return {"데이터센터": 1, "빅데이터담당관": 2}.get(name)

    def by_slug(self, slug):
        return {"data-center": 1}.get(slug)


def resolver(bureau=None, **options):
    return Resolver(Names(), Problems(""), Options("2022-09-30", "원", **options), bureau)


def place(found, row, year=2022, account="일반회계", department="데이터센터"):
    return found.place(row, year, account, department)


def messages(found):
    return [problem.message for problem in found.problems.shown]


def test_resolver_place_of_a_line():
    assert place(resolver(), 5) == (2022, 1, "general", "")


def test_resolver_keys_leave_out_lines_of_which_something_is_wrong():
    found = resolver()
    lines = LineColumns(
        [5, 6, 7],
        [
            [2022] * 3,
            ["일반회계", "일반회계", "교통특별회계"],
            ["데이터센터", "전산과", "빅데이터담당관"],
            ["가", "나", "다"],
        ],
        [[1, 2, 3]],
    )
    assert list(found.keys(lines)) == [
        (5, (2022, 1, "general", "", "가"), (1,)),
        (7, (2022, 2, "special", "교통특별회계", "다"), (3,)),
    ]
    assert found.first_rows == {1: 5, 2: 7}


def test_resolver_keys_of_nothing_right_are_none():
    lines = LineColumns([5], [[2022], [""], ["전산과"], ["가"]], [[1]])
    assert list(resolver().keys(lines)) == []


def test_resolver_counts_unknown_departments():
    found = resolver()
    assert place(found, 5, department="전산과") is None
    assert place(found, 6, department="전산과") is None
    assert found.unknown == {"전산과": [5, 2]}


def test_resolver_numbers_an_account_that_a_bureau_prints_again():
    found = resolver(bureau=9)
    assert [place(found, row, account="교통특별회계", department="") for row in (5, 6)] == [
        (2022, 9, "special", "교통특별회계"),
        (2022, 9, "special", "교통특별회계 (2)"),
    ]


@pytest.mark.parametrize(
    ("options", "line", "message"),
    [
        ({}, {"year": 2021}, "회계연도가 2022년이 아니라 2021년입니다."),
        ({"department": "data-center"}, {"department": "빅데이터담당관"}, "고른 부서의 줄이 아닙니다."),
        ({"account": "special"}, {}, "고른 회계의 줄이 아닙니다."),
        ({}, {"account": "운영"}, "‘운영’은 회계나 기금의 이름이 아닙니다."),
    ],
)
def test_resolver_problem(options, line, message):
    found = resolver(**options)
    place(found, 5, account="교통특별회계" if options.get("account") else "일반회계")
    place(found, 6, **line)
    assert messages(found) == [message]


def test_resolver_account_kind_takes_every_account_of_it():
    found = resolver(account="special")
    assert place(found, 5, account="교통특별회계") is not None
    assert place(found, 6, account="특별회계") is not None


def test_resolver_year_that_could_not_be_read_is_told_already():
    found = resolver()
    assert place(found, 5, year=0) is None
    assert messages(found) == []

import pytest

from budgets.expenditure.filters import ExpenditureChoice
from tests.budgets.plain import BIG_DATA, CENTER, SECURITY, row, summary_of

SUMMARY = summary_of(BIG_DATA, SECURITY, CENTER)
ACCOUNTS = {"general": "일반회계", "special": "특별회계"}


def labels(summary=SUMMARY, **choice):
    chosen = ExpenditureChoice(**choice)
    return [one.label for one in chosen.rows(chosen.narrow(summary))]


def test_everything_in_the_reports_order():
    assert labels() == ["빅데이터담당관", "정보통신보안담당관", "일반회계", "특별회계", "데이터센터"]


def test_only_what_is_behind_the_pace_with_its_department():
    assert labels(pace="behind") == ["정보통신보안담당관", "일반회계", "특별회계", "데이터센터"]


def test_what_is_behind_the_pace_adds_up():
    part = ExpenditureChoice(pace="behind").narrow(SUMMARY)
    assert part.total.current == SECURITY.current + CENTER.current == 80_423_113_000
    assert part.title("세출") == "세출(진도선 미달 부서)"


@pytest.mark.parametrize(
    ("order", "rows"),
    [
        ("rate", ["데이터센터", "정보통신보안담당관", "일반회계", "특별회계", "빅데이터담당관"]),
        ("size", ["데이터센터", "정보통신보안담당관", "일반회계", "특별회계", "빅데이터담당관"]),
    ],
)
def test_order(order, rows):
    assert labels(order=order) == rows


def test_an_unknown_rate_comes_last():
    unknown, low = row("가", 30), row("나", 10, committed=1)
    assert labels(summary_of(unknown, low), order="rate") == ["나", "가"]
    assert labels(summary_of(unknown, low), order="size") == ["가", "나"]
    assert labels(summary_of(unknown, low), pace="behind") == ["나"]


def test_the_query_string_is_read():
    asked = {"account": "special", "pace": "behind", "order": "size"}
    choice = ExpenditureChoice.from_query(asked, ACCOUNTS)
    assert choice == ExpenditureChoice("special", "behind", "size", ACCOUNTS)
    assert choice.is_any
    assert [(name, chosen) for name, _, _, chosen in choice.fields] == [
        ("account", "special"),
        ("pace", "behind"),
        ("order", "size"),
    ]


@pytest.mark.parametrize(
    "query", [{}, {"account": "<script>", "pace": "ahead", "order": "name"}, {"account": "일반회계"}]
)
def test_what_is_not_offered_falls_back_to_all(query):
    choice = ExpenditureChoice.from_query(query, ACCOUNTS)
    assert choice == ExpenditureChoice("", "", "", ACCOUNTS)
    assert not choice.is_any

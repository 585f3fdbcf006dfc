"""Projects under their strategies."""

from types import SimpleNamespace

from projects.strategies import groups_of, strategy_numbers


def strategy(key, name):
    return SimpleNamespace(pk=key, name=name)


def brief(number, of=None):
    return SimpleNamespace(number=number, strategy=of, strategy_id=of and of.pk)


DATA, CITY, NEW = strategy(7, "데이터"), strategy(3, "도시"), strategy(9, "새 전략")
PLACES = [SimpleNamespace(strategy_id=7, order=1), SimpleNamespace(strategy_id=3, order=2)]
VISION = SimpleNamespace(strategies=SimpleNamespace(all=lambda: PLACES))


def test_groups_of_briefs_in_the_order_of_the_vision():
    groups = groups_of(VISION, [brief(1), brief(2, CITY), brief(3, NEW), brief(4, DATA), brief(5, CITY)])
    assert [(one.heading, [brief.number for brief in one.briefs]) for one in groups] == [
        ("전략 1. 데이터", [4]),
        ("전략 2. 도시", [2, 5]),
        ("새 전략", [3]),
        ("추진전략에 딸리지 않은 사업", [1]),
    ]


def test_groups_of_briefs_without_a_vision():
    assert [one.heading for one in groups_of(None, [brief(2, CITY)])] == ["도시"]


def test_strategy_numbers():
    assert strategy_numbers(VISION) == {7: 1, 3: 2}
    assert strategy_numbers(None) == {}

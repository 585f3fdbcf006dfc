"""Revenue files: one line an item and year, written at once when the file has been read through."""

from types import SimpleNamespace

import pytest

from budgets.imports.sandbox import revenue
from budgets.imports.sandbox.revenue import RevenueStage


@pytest.fixture
def told():
    return []


@pytest.fixture
def stage(told):
    problems = SimpleNamespace(add=lambda *problem: told.append(problem), count=0)
    return RevenueStage(problems, make_source=lambda year: pytest.fail("nothing is to be written"))


def test_item_that_comes_twice_is_told_with_both_rows(stage, told):
    stage.take([(2, (2022, "세외", "", "임대료"), (1,)), (3, (2022, "세외", "임대료", ""), (2,))])
    assert told == [("2행과 같은 과목이 또 있습니다.", "한 줄만 남기거나 합쳐 주십시오.", 3, "목")]
    assert stage.lines == {(2022, ("세외", "임대료")): (2, (1,))}


def test_year_of_the_source_is_the_newest(stage):
    stage.take([(2, (2021, "세외"), (1,)), (3, (2022, "세외"), (2,)), (4, (2020, "세외"), (3,))])
    assert stage.year == 2022


def test_more_items_than_a_city_has_are_told(stage, told, monkeypatch):
    monkeypatch.setattr(revenue, "MOST", 1)
    stage.take([(2, (2022, "가"), (1,)), (3, (2022, "나"), (2,))])
    assert told[0][0] == "세입 과목이 1개를 넘습니다."


def test_nothing_is_written_of_a_file_with_problems(stage):
    stage.finish()
    stage.take([(2, (2022, "세외"), (1,))])
    stage.problems.count = 1
    stage.finish()
    assert stage.source is None

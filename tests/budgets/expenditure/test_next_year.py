"""Links to last year's lines lead to this year's lines of the same programme."""

import pytest

from budgets.expenditure.linked_lines import linked_lines, linked_table
from budgets.expenditure.next_year import same_lines
from budgets.models import BudgetLine
from tests.factories import make_bureau, make_expenditure, make_unit, snapshot_of, spend, succeed

pytestmark = pytest.mark.django_db

WIFI = {"account": "general", "policy": "통신", "detailed": "공공와이파이 조성", "detailed_code": "20002"}


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def unit(db):
    return make_unit("policy", "주택정책담당관")


@pytest.fixture
def old(bureau, unit):
    """A line of 2022 that something is linked to."""
    return spend(make_expenditure(bureau, "2022-08-29"), unit, 60, 30, **WIFI, object_name="시설비").line


@pytest.fixture
def source(bureau):
    return make_expenditure(bureau, "2023-03-31", year=2023)


def found(old, source):
    return [line.pk for line in same_lines([old], [source], 2023)[old.pk]]


def test_same_lines_by_code_before_names(old, source, unit):
    same = spend(source, unit, 70, 10, **WIFI | {"detailed": "와이파이 확충"}, object_name="시설비").line
    spend(source, unit, 80, 10, **WIFI | {"detailed_code": "30000"}, object_name="시설비")
    assert found(old, source) == [same.pk]


def test_same_lines_by_names_where_one_has_no_code(old, source, unit):
    same = spend(source, unit, 70, 10, **WIFI | {"detailed_code": ""}, object_name="시설비").line
    spend(source, unit, 70, 10, **WIFI | {"detailed_code": ""}, object_name="사무관리비")
    assert found(old, source) == [same.pk]


def test_same_lines_of_two_programmes_are_none(old, source, unit):
    for name in ("가", "나"):
        spend(source, unit, 70, 10, **WIFI | {"detailed_code": ""}, unit=name, object_name="시설비")
    assert found(old, source) == []


def test_same_lines_of_the_unit_that_it_became(old, source, unit):
    other = make_unit("new", "주택담당관")
    spend(source, other, 70, 10, **WIFI, object_name="시설비")
    assert found(old, source) == []
    succeed(unit, other)
    assert len(found(old, source)) == 1


def test_links_are_followed_into_the_new_year(bureau, old, source, unit):
    spend(source, unit, 70, 10, **WIFI, object_name="시설비")
    linked = linked_lines(snapshot_of(bureau), {1: [old]})[1]
    assert (linked.current, linked.committed, linked.linked_in) == (70_000, 10_000, 2022)
    notes = linked_table(linked).notes
    assert notes == ["※ 2022년 예산 줄에 이은 것을 코드나 이름이 같은 올해 사업으로 보입니다."]
    before = linked_lines(snapshot_of(bureau, "2022-12-31"), {1: [old]})[1]
    assert (before.current, before.linked_in) == (60_000, None)


def test_a_link_that_leads_nowhere_is_asked_about(bureau, old, source, unit):
    spend(source, unit, 70, 10, account="general", detailed="다른 사업")
    linked = linked_lines(snapshot_of(bureau), {1: [old]})[1]
    assert linked.current is None
    assert linked_table(linked).notes == [
        "※ 2022년에 이은 ‘통신 › 공공와이파이 조성’과 같은 사업을 올해 예산에서 하나로 찾지 못했습니다. 올해 줄을 이어 주십시오."
    ]


def test_links_of_many_are_followed_in_as_many_queries(bureau, old, source, unit, django_assert_num_queries):
    spend(source, unit, 70, 10, **WIFI, object_name="시설비")
    others = [
        BudgetLine.objects.create(fiscal_year=2022, department=unit, detailed=f"사업 {number}")
        for number in range(5)
    ]
    snapshot = snapshot_of(bureau)
    with django_assert_num_queries(3):
        linked_lines(snapshot, {1: [old], **{line.pk: [line] for line in others}})

"""Columns of files: a field each, a relation by the parts of its natural key."""

import pytest

from budgets.models import BudgetFigure, BudgetLine
from core.import_export.fields import FileColumn, find_by_natural_key
from departments.models import Department, Duty
from projects.models import Project


def column(model, name, **options):
    return FileColumn(model._meta.get_field(name), **options)


def test_column_is_named_as_the_field_and_an_amount_with_its_unit():
    assert column(Duty, "text").headers == ["주요업무"]
    assert column(BudgetFigure, "committed").column_name == "원인행위액(천원)"
    assert column(Duty, "text", header="업무").column_name == "업무"


def test_relation_has_a_column_for_each_part_of_its_key():
    parts = column(BudgetFigure, "line").parts()
    assert [part.column_name for part in parts.values()][:4] == ["회계연도", "부서", "회계구분", "회계명"]
    assert [part.readonly for part in parts.values()] == [False] + [True] * 9
    assert column(Duty, "department").headers == ["부서"]


@pytest.fixture
def department(seeded):
    found = column(Duty, "department")
    found.widget.load([(None, {"부서": " data-center "}), (None, {"부서": None})])
    return found


def test_relation_is_found_by_its_key(department):
    assert department.clean({"부서": "data-center"}).name == "데이터센터"
    assert department.clean({"부서": "데이터센터"}).slug == "data-center"
    assert department.export(Duty(department=Department.objects.get(slug="big-data"))) == "빅데이터담당관"


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("없음", "‘없음’에 맞는 부서를 찾을 수 없습니다. 적힌 말을 확인하거나 먼저 등록해 주세요."),
        ("", "비워 둘 수 없습니다."),
    ],
)
def test_relation_that_is_not_there_says_so(department, cell, message):
    with pytest.raises(ValueError, match=".") as refused:
        department.clean({"부서": cell})
    assert str(refused.value) == message


def test_links_are_one_a_line_with_bars_between_the_parts(seeded):
    project, line = Project.objects.first(), BudgetLine.objects.first()
    project.budget_lines.set([line])
    links = column(Project, "budget_lines")
    cell = links.export(project)
    assert cell.count(" | ") == 9
    links.widget.load([(cell, {})])
    assert links.clean({links.column_name: f"\n{cell}\n"}) == [line]
    with pytest.raises(ValueError, match="‘아무’는 10칸이어야 하는데 1칸입니다."):
        links.clean({links.column_name: "아무"})


def test_keys_are_asked_for_together(seeded, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = find_by_natural_key(Department.objects.all(), [("data-center",), ("big-data",), ("nowhere",)])
    assert sorted(found) == [("big-data",), ("data-center",)]

"""What people say of names that a file alone knows."""

import pytest

from budgets.imports.mapping_questions import answer, questions
from budgets.models import BudgetImport, ColumnMapping, DepartmentAlias
from departments.models import Department


@pytest.fixture
def asking(seeded):
    return BudgetImport.objects.create(
        bureau=Department.objects.get(slug="digital-policy-bureau"),
        file_name="집행.csv",
        token="t",
        sha256="x",
        size=1,
        state="asking",
        options={"as_of": "2022-09-30", "unit": "원"},
        report={
            "unknown": [{"name": "빅데이타 담당관", "rows": 8, "proposals": ["big-data", "gone"]}],
            "labels": ["금액1", "비고"],
            "missing": ["department", "fiscal_year"],
            "sample": [["1", "2"]],
        },
    )


def test_questions_number_what_is_asked(asking):
    asked = questions(asking)
    (department,) = asked["departments"]
    assert (department["field"], department["options"]) == ("department-0", [("big-data", "빅데이터담당관")])
    assert [one["field"] for one in asked["columns"]] == ["column-0", "column-1"]
    assert asked["missing"] == {"department": "whole-department", "fiscal_year": "whole-fiscal_year"}
    assert ("data-center", "데이터센터") in asked["units"]


def test_answer_is_kept_for_later_files(asking):
    given = {"department-0": "big-data", "column-0": "current", "column-1": "nonsense"}
    answer(asking, given | {"whole-department": "data-center", "whole-fiscal_year": "2022"})
    assert DepartmentAlias.objects.get().department.slug == "big-data"
    assert [(one.label, one.field) for one in ColumnMapping.objects.all()] == [("금액1", "current")]
    asking.refresh_from_db()
    assert asking.options == {
        "as_of": "2022-09-30",
        "unit": "원",
        "department": "data-center",
        "fiscal_year": 2022,
    }


@pytest.mark.parametrize("year", ["올해", "1899", ""])
def test_answer_that_cannot_be_leaves_it_unknown(asking, year):
    answer(asking, {"whole-department": "no-such-unit", "whole-fiscal_year": year})
    asking.refresh_from_db()
    assert asking.options == {"as_of": "2022-09-30", "unit": "원"}
    assert not DepartmentAlias.objects.exists()

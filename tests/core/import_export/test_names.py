"""Files show and read names where the database has keys that the system made."""

import re

import pytest
from django.contrib import admin

from budgets.models import RevenueItem
from core.models import ControlTotal, NaturalKeyModel, Source
from departments.models import Department, Duty
from glossary.models import Term
from projects.models import Indicator, Project, Strategy
from tests.core.import_export.test_resources import bring, resource

KEYED = (Department, Source, RevenueItem, Strategy, Project, Indicator, Term)


@pytest.mark.parametrize(
    "model", [model for model in admin.site._registry if issubclass(model, NaturalKeyModel)]
)
def test_exported_headers_are_korean_and_no_cell_holds_a_key(seeded, model):
    (resource,) = admin.site._registry[model].get_resource_classes(None)
    data = resource().export(model.objects.all())
    keys = {slug for keyed in KEYED for slug in keyed.objects.values_list("slug", flat=True)}
    parts = [part.strip() for row in data for cell in row for part in str(cell).split("|")]
    assert [header for header in data.headers if re.search("[가-힣]", header) is None] == []
    assert "이름표" not in "".join(data.headers)
    assert [part for part in parts if part in keys] == []


def test_rows_without_keys_are_matched_by_name(seeded):
    result = bring(Department, ["이름", "종류"], ["데이터센터", "사업소"], ["청년정보과", "과"])
    assert (result.problems, result.totals["new"], result.totals["skip"]) == ([], 1, 1)


def test_two_of_one_name_are_told_apart_or_refused(seeded):
    old = Department.objects.get(slug="data-center")
    new = Department.objects.create(name="데이터센터", kind="team")
    headers = ["자료", "부서", "차례", "주요업무"]
    source = Source.objects.get(scope="duties").file_name
    (problem,) = bring(Duty, headers, [source, "데이터센터", 99, "새 업무"]).problems
    assert (problem.row, problem.column) == (2, "부서")
    assert problem.message == (
        "‘데이터센터’ 이름의 부서가 2개 있습니다. 뒤에 상위 부서를 괄호로 붙여 적어 주세요."
    )
    rows = [source, "데이터센터 (디지털정책관)", 98, "하나"], [source, "데이터센터 (팀)", 99, "둘"]
    assert bring(Duty, headers, *rows).problems == []
    assert [Duty.objects.get(order=order).department for order in (98, 99)] == [old, new]
    assert bring(Department, ["이름", "종류"], ["데이터센터", "팀"]).totals["skip"] == 1
    Department.objects.create(name="데이터센터", kind="team")
    (problem,) = bring(Department, ["이름", "종류"], ["데이터센터", "팀"]).problems
    assert (problem.row, "이미 둘 이상 있어" in problem.message) == (2, True)


def test_totals_leave_and_come_in_by_the_names_of_their_subjects(seeded):
    total = ControlTotal.objects.filter(subject="ict-security/general").first()
    row = resource(ControlTotal).export(ControlTotal.objects.filter(pk=total.pk))
    headers, (cells,) = row.headers, list(row)
    assert cells[headers.index("대상")] == "정보통신보안담당관 일반회계"
    cells[headers.index("대상")] = "없는 과"
    (problem,) = bring(ControlTotal, headers, cells).problems
    assert (problem.column, "이름을 적고" in problem.message) == ("대상", True)

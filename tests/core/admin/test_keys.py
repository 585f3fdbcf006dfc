"""Nobody is asked for a key: the system makes one from the Korean name."""

import re

import pytest
from django.contrib import admin

from budgets.models import RevenueItem
from core.models import ControlTotal, NaturalKeyModel, Source
from departments.models import Department, Duty, User
from glossary.models import Term
from projects.models import Indicator, Project, Strategy
from tests.core.import_export.test_resources import bring, resource

KEYS = {"slug", "key"}
KEYED = (Department, Source, RevenueItem, Strategy, Project, Indicator, Term)


@pytest.fixture
def root_request(rf, db):
    request = rf.get("/")
    request.user = User.objects.create(username="root", is_superuser=True)
    return request


def test_add_forms_ask_for_no_key(root_request):
    asked, forms = [], 0
    for model, model_admin in admin.site._registry.items():
        if not model_admin.has_add_permission(root_request):
            continue
        inlines = [inline for _, inline in model_admin.get_formsets_with_inlines(root_request)]
        names = [field for _, part in model_admin.get_fieldsets(root_request) for field in part["fields"]]
        names += [name for inline in inlines for name in inline.get_fields(root_request)]
        asked += [(model.__name__, name) for name in names if name in KEYS]
        asked += [
            (model.__name__, name) for name in model_admin.get_list_display(root_request) if name in KEYS
        ]
        forms += 1
    assert (asked, forms > 20) == ([], True)


def test_unit_added_by_form_has_a_key_made_from_its_name(admin_client, db):
    for _ in range(2):
        admin_client.post("/admin/departments/department/add/", {"name": "청년정보과", "kind": "division"})
    assert list(
        Department.objects.filter(name="청년정보과").order_by("pk").values_list("slug", flat=True)
    ) == [
        "cheongnyeonjeongbogwa",
        "cheongnyeonjeongbogwa-2",
    ]


def test_source_added_by_form_has_a_key_of_its_bureau_scope_and_day(admin_client, db):
    bureau = Department.objects.create(name="경제실", kind="bureau")
    values = {"bureau": bureau.pk, "scope": "duties", "as_of": "22.8.29.", "received_at_0": "2022-08-30"}
    response = admin_client.post("/admin/core/source/add/", {**values, "received_at_1": "10:00"})
    assert response.status_code == 302, response.context["errors"]
    assert Source.objects.get(bureau=bureau).slug == "gyeongjesil-juyoeopmu-2022-08-29"


def test_key_stays_when_the_name_changes(db):
    project = Project.objects.create(name="공공와이파이")
    project.name = "공공 와이파이 확대"
    project.save()
    project.refresh_from_db()
    assert project.slug == "gonggongwaipai"


@pytest.mark.parametrize(
    ("name", "key"), [("5G 시범운영", "5g-sibeomunyeong"), ("…", "project"), ("가" * 80, "ga" * 25)]
)
def test_key_is_made_of_latin_letters(db, name, key):
    assert Project.objects.create(name=name).slug == key


@pytest.mark.parametrize(
    "model", [model for model in admin.site._registry if issubclass(model, NaturalKeyModel)]
)
def test_exported_headers_are_korean_and_no_cell_holds_a_key(seeded, model):
    (resource,) = admin.site._registry[model].get_resource_classes(None)
    data = resource().export(model.objects.all()[:200])
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
    assert row["대상"] == ["정보통신보안담당관 일반회계"]
    headers, cells = list(row.headers), [*row[0]]
    cells[headers.index("대상")] = "없는 과"
    (problem,) = bring(ControlTotal, headers, cells).problems
    assert (problem.column, "이름을 적고" in problem.message) == ("대상", True)

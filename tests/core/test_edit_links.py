"""The pencils of a page: who has them, where they lead, and what they cost."""

import re
from html import unescape

import pytest
from django.test import RequestFactory

from budgets.models import BudgetFigure
from core.access.backends import StaffBackend
from core.edit_links import add_edit_links, with_edit_links
from departments.models import Duty, Staffing, User
from seoul_digital.lib.tables import Cell, Column, Record, Row, Table
from tests.factories import make_member

pytestmark = pytest.mark.usefixtures("seeded")
STAFFING, OTHERS = "digital-policy", "data-center"


def pencils(client, path):
    """(address, name) of the pencils of a page."""
    page = client.get(path).content.decode()
    found = re.findall(r'<a class="edit" href="([^"]+)">.*?<span class="sr">(.*?)</span></a>', page)
    return [(unescape(address), unescape(name)) for address, name in found]


def staffing_of(slug):
    return Staffing.objects.get(department__slug=slug, source__as_of="2022-08-29")


def signed_in(client, *roles, **of):
    client.force_login(make_member(*roles, **of))
    return client


def asked(user, path="/departments/?as_of=2022-08-29"):
    request = RequestFactory().get(path)
    request.user = user
    return request


def a_table(*rows):
    cells = [
        Row([one.department.name, Cell(one.authorized, record=Record(Staffing, one.pk, "authorized"))])
        for one in rows
    ]
    return Table("staffing", "인력", [Column("구분"), Column("정원", "count")], cells)


@pytest.mark.parametrize("role", ["열람", "간부", "예산 담당"])
def test_who_may_not_change_staffing_has_no_pencil(client, role):
    assert pencils(signed_in(client, role), "/departments/") == []


def test_a_unit_has_pencils_on_its_own_rows_alone(client):
    found = pencils(signed_in(client, "부서 담당", unit=STAFFING), "/departments/")
    key = staffing_of(STAFFING).pk
    assert [name for address, name in found if "/staffing/" in address] == [
        f"수정: {label}, 디지털정책담당관" for label in ("정원", "일반직", "임기제", "관리운영직")
    ]
    assert (
        found[0][0]
        == f"/admin/departments/staffing/{key}/change/?field=authorized&next=%2Fdepartments%2F%23table-staffing"
    )
    own = Duty.objects.filter(department__slug=STAFFING, source__as_of="2022-08-29").order_by("order")
    assert [name for address, name in found if "/duty/" in address] == [
        f"수정: 주요업무, {duty.text}" for duty in own
    ]


def test_planning_has_them_on_every_unit_and_not_on_the_sums(client):
    found = pencils(signed_in(client, "기획 담당"), "/departments/?as_of=2022-08-29")
    assert sum("/staffing/" in address for address, _ in found) == 8 * 4
    assert not any(name.endswith(", 계") or "현원" in name for _, name in found)


@pytest.mark.parametrize(
    ("path", "model", "name"),
    [
        ("/budgets/revenue/", "revenuefigure", "수정: 2022 예산현액, 공유재산임대료"),
        ("/budgets/expenditure/", "budgetfigure", "수정: 집행액, 데이터센터"),
        ("/budgets/expenditure/data-center/", "budgetfigure", "수정: 예산현액, 부서 합계(사업 구분 없음)"),
        ("/projects/indicators/", "measurement", "수정: 값, 공공와이파이 운영현황(AP대수)"),
        ("/projects/timeline/", "milestone", "수정: 내용, 1차 270대 교체 완료"),
        ("/departments/data-center/", "duty", "수정: 주요업무, 정보자원 통합 구축 및 운영 계획 수립·조정"),
    ],
)
def test_every_kind_of_figure_has_one(client, path, model, name):
    named = {told: address for address, told in pencils(signed_in(client, "기획 담당"), path)}
    assert f"/{model}/" in named[name]


def test_the_pencil_leads_to_the_figure_shown(client):
    """Of a department the figure of this year, of the year before that of last year's budget."""
    named = {
        told: address for address, told in pencils(signed_in(client, "기획 담당"), "/budgets/expenditure/")
    }
    for label, year in (("2022 예산현액", 2022), ("2021 최종예산", 2021)):
        key = int(re.search(r"/(\d+)/", named[f"수정: {label}, 데이터센터"])[1])
        figure = BudgetFigure.objects.get(pk=key)
        assert (figure.line.department.slug, figure.line.fiscal_year) == ("data-center", year)


def test_a_sum_of_accounts_has_none(client):
    names = {name for _, name in pencils(signed_in(client, "기획 담당"), "/budgets/expenditure/")}
    assert "수정: 집행액, 특별회계" in names
    assert "수정: 집행액, 정보통신보안담당관" not in names


def test_a_project_has_them_for_its_milestones_and_its_indicators(client):
    found = pencils(signed_in(client, "기획 담당"), "/projects/public-wifi/")
    models = {re.search(r"/admin/projects/(\w+)/", address)[1] for address, _ in found}
    assert models == {"brief", "milestone", "measurement", "target"}


def test_readers_cost_no_query_and_editors_one_a_model(django_assert_num_queries):
    members = make_member("열람"), make_member("부서 담당", unit=STAFFING, username="editor")
    reader, editor = (StaffBackend().get_user(member.pk) for member in members)
    table = a_table(staffing_of(STAFFING), staffing_of(OTHERS))
    with django_assert_num_queries(0):
        assert with_edit_links(asked(reader), [table]) == [table]
    with_edit_links(asked(editor), [table])  # who it is and what is the unit's, once a request
    with django_assert_num_queries(1):
        (marked,) = with_edit_links(
            asked(editor),
            [
                table,
            ][:1],
        )
    assert [bool(row.cells[1].edit) for row in marked.rows] == [True, False]


def test_one_comes_back_to_what_was_asked_for():
    (marked,) = with_edit_links(asked(make_member("기획 담당")), [a_table(staffing_of(OTHERS))])
    assert (
        marked.rows[0].cells[1].edit.endswith("next=%2Fdepartments%2F%3Fas_of%3D2022-08-29%23table-staffing")
    )


def test_nothing_to_mark_is_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert add_edit_links(asked(User(is_superuser=True)), [], "duties") is None

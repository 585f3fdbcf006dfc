import pytest

from seoul_digital.lib.tables import as_cell

pytestmark = pytest.mark.django_db


def test_project_that_lists_districts_has_a_map_and_a_table(staff_client):
    response = staff_client.get("/projects/work-management-system/")
    chart = response.context["figures"]["districts"]
    assert chart.summary == "자치구 25곳 가운데 15곳의 이름이 실적과 일정에 적혀 있습니다."
    assert [as_cell(row.cells[0]).value for row in chart.table.rows][:4] == [
        "광진구",
        "동작구",
        "강남구",
        "관악구",
    ]
    assert chart.build().layout.meta["legend"][:2] == [
        ("accent", "1. 자치구 표준 확산모델 마련 및 업무관리시스템 오픈"),
        ("dotted", "2. 12개 자치구 차세대 업무관리시스템 순차적 확산"),
    ]


def test_project_that_lists_none_has_no_map(staff_client):
    assert not staff_client.get("/projects/public-wifi/").context["figures"]

"""The integrity page's filters, and explanations."""

import pytest
from django.contrib.auth.models import Permission

from departments.models import Department
from reports.models import Explanation

pytestmark = pytest.mark.django_db


ERROR = "indicator.statements/5g-maximum-speed-ratio/2022-08-29/정보화 용어 설명 5G 표"


@pytest.fixture
def explainer(client, staff):
    staff.department = Department.objects.get(slug="data-center")  # a permission reaches one's own bureau
    staff.save()
    staff.user_permissions.add(Permission.objects.get(codename="add_explanation"))
    client.force_login(staff)
    return client


@pytest.mark.parametrize(
    ("query", "expected", "absent"),
    [
        ("level=error", "임시적세외수입 증감액", "단수 차이"),
        ("level=info", "단수 차이", "임시적세외수입 증감액"),
        ("app=projects", "4G(LTE) 대비 5G 속도", "임시적세외수입"),
        ("department=data-center", "조건에 맞는 것이 없습니다.", "임시적세외수입"),
        ("level=holds&department=data-center", "과부족 = 현원 − 정원", "임시적세외수입"),
        ("level=nonsense&app=%3Cscript%3E&department=nowhere", "임시적세외수입 증감액", "<script>"),
    ],
)
def test_filters(staff_client, query, expected, absent):
    page = staff_client.get(f"/integrity/?{query}").content.decode()
    main = page[page.index('<h2 id="findings"') : page.index('<h2 id="counts"')]
    assert expected in main
    assert absent not in main


def test_only_those_allowed_explain(staff_client):
    assert staff_client.post("/integrity/explain/", {"finding": ERROR, "reason": "원문"}).status_code == 403
    assert not Explanation.objects.exists()


def test_an_explanation_is_shown_with_its_author(explainer):
    assert "설명 달기" in explainer.get("/integrity/").content.decode()
    response = explainer.post(
        "/integrity/explain/", {"finding": ERROR, "reason": "<b>원문</b>의 두 값"}, follow=True
    )
    page = response.content.decode()
    assert "설명: &lt;b&gt;원문&lt;/b&gt;의 두 값 — staff" in page
    assert "설명됨" in page


def test_an_explanation_needs_words_and_a_finding(explainer):
    page = explainer.post(
        "/integrity/explain/", {"finding": ERROR, "reason": " "}, follow=True
    ).content.decode()
    assert "설명을 적어 주십시오. 아무것도 저장하지 않았습니다." in page
    assert explainer.post("/integrity/explain/", {"finding": "no-such", "reason": "x"}).status_code == 404
    assert explainer.get("/integrity/explain/").status_code == 405
    assert not Explanation.objects.exists()

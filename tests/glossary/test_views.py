import io
import re

import openpyxl
import pytest
from django.template import Context, Template

from core.models import Source
from glossary.models import Definition


def text_of(response):
    return " ".join(response.content.decode().split())


def article(page, slug):
    return re.search(rf'<article id="term-{slug}">(.*?)</article>', page)[1]


def test_every_term_with_its_heading_page_and_definition(staff_client):
    page = text_of(staff_client.get("/glossary/"))
    assert page.count("<article ") == 21
    wifi = article(page, "wifi")
    assert "와이파이 (Wi-Fi, Wireless Fidelity)" in wifi and "업무보고 p.9" in wifi
    assert "접속범위 : 가정용 20~30미터 이내, 기업용 100미터 이내" in re.sub("</?span[^>]*>", "", wifi)
    assert "업무보고에 나오는 용어 21개의 뜻풀이입니다." in page


def test_drifted_definitions_stand_under_their_term(staff_client):
    page = text_of(staff_client.get("/glossary/"))
    assert "부가 기능을 구현하기 위해 별도로 설치해야 하는 프로그램으로" in article(page, "activex")
    assert "구름에 싸여 보이지 않는 컴퓨팅 자원" in article(page, "cloud")


def test_definitions_link_each_other_but_not_themselves(staff_client):
    page = text_of(staff_client.get("/glossary/"))
    assert '<a class="term" href="#term-digital-twin">디지털 트윈</a>' in article(page, "s-map")
    assert 'href="#term-s-map"' not in article(page, "s-map")


def test_where_a_term_is_used(staff_client):
    used = article(text_of(staff_client.get("/glossary/?as_of=2022-09-01")), "web-office")
    assert (
        '<a href="/projects/work-management-system/?as_of=2022-09-01">5. 차세대 업무관리시스템 구축 및 자치구 확산</a>'
        in used
    )


def test_the_index_leads_to_letters_that_have_terms(staff_client):
    page = text_of(staff_client.get("/glossary/"))
    assert '<a href="#letter-ㄱ">ㄱ</a>' in page and 'id="letter-ㄱ"' in page
    assert re.search(r'<li aria-hidden="true">\s*<span>ㄴ</span>', page)
    assert (
        'Virtual Seoul <span aria-hidden="true">→</span> <a href="#term-virtual-seoul">가상서울</a>' in page
    )


def test_the_filter_leaves_what_has_the_words(staff_client):
    page = text_of(staff_client.get("/glossary/?q=ㅇㅇㅍㅇ"))
    assert page.count("<article ") == 2
    assert "용어 21개 가운데 ‘ㅇㅇㅍㅇ’" in page
    # A link to a term that is filtered away would lead nowhere.
    links = set(re.findall(r'class="term" href="#(.*?)"', page))
    assert all(f'<article id="{link}">' in page for link in links)


@pytest.mark.parametrize("marks", ["%00", "·", "  "])
def test_marks_alone_filter_nothing(staff_client, marks):
    assert "용어 21개 가운데" not in text_of(staff_client.get(f"/glossary/?q={marks}"))


def test_a_filter_that_leaves_nothing(staff_client):
    page = text_of(staff_client.get("/glossary/?q=없는말"))
    assert "‘없는말’이 들어 있는 용어가 없습니다." in page
    assert "<article " not in page


def test_the_download_follows_the_filter(manager_client):
    response = manager_client.get("/glossary/?q=CPTED&download=terms&format=xlsx")
    values = [
        cell.value for row in openpyxl.load_workbook(io.BytesIO(response.content)).active.rows for cell in row
    ]
    assert "CPTED (Crime prevention through Environmental Design)" in values
    assert "ActiveX" not in values


@pytest.mark.parametrize("query", ["", "?q=AP", "?q=없는말"])
def test_a_fixed_number_of_queries(staff_client, django_assert_num_queries, query):
    staff_client.get("/glossary/")
    with django_assert_num_queries(6):  # where each is used is remembered
        staff_client.get(f"/glossary/{query}")


def test_without_a_glossary_in_force_the_page_says_so(staff_client):
    Source.objects.filter(scope="glossary").update(state="withdrawn")
    response = staff_client.get("/glossary/")
    assert response.status_code == 200
    assert "이 기준일에는 용어 자료가 없습니다." in text_of(response)


def test_a_script_in_a_definition_stays_text(staff_client):
    Definition.objects.filter(term__slug="access-point").update(text="▪ <script>alert(1)</script>")
    page = staff_client.get("/glossary/").content.decode()
    assert "&lt;script&gt;alert(" in page and "<script>alert(" not in page


def test_the_linker_of_templates_asks_the_database_only_when_used(
    rf, seeded, staff, django_assert_num_queries
):
    from core.snapshot import Snapshot
    from glossary.context import linker

    request = rf.get("/")
    request.snapshot = Snapshot.from_query(staff, {})
    with django_assert_num_queries(0):
        context = linker(request)
    with django_assert_num_queries(1):
        drawn = Template(
            "{{ linked }}{% for term in linker.used %} {{ term.name }} {{ term.page_printed }} {{ term.url }}{% endfor %}"
        ).render(Context({"linked": context["linker"].link("AP대수"), **context}))
    assert (
        drawn
        == '<a class="term" href="#term-access-point">AP</a>대수 AP 업무보고 p.9 /glossary/#term-access-point'
    )


def test_numbers_of_definitions_lead_to_what_they_state(staff_client):
    page = text_of(staff_client.get("/glossary/"))
    assert '<span data-fact="measurement:5g-maximum-speed-ratio">200배</span>' in article(page, "5g")
    assert len(re.findall(r'<span data-fact="text:[\w-]+">(?:20|30미터|100미터)</span>', page)) == 3

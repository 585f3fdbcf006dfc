"""More than one bureau: the way from one to another, and labels that name theirs."""

import pytest

from budgets.models import BudgetImport
from core.bureau_names import bureau_name, naming_bureaus
from core.models import Source
from departments.models import Department, Staffing, User
from tests.core.access.test_bureaus import HOME, OTHER, housing  # noqa: F401 (fixture)
from tests.factories import make_edition, make_member, make_source

SWITCH = 'aria-label="국·정책관"'


@pytest.fixture
def planner_client(client, housing):  # noqa: F811
    client.force_login(make_member("기획 담당", unit="digital-policy"))
    return client


def links_of(page):
    """Name by address of the switcher."""
    part = page.split(SWITCH)[1].split("</nav>")[0]
    pairs = [item.split('"', 1) for item in part.split('<a href="')[1:]]
    return {url.replace("&amp;", "&"): rest.split(">")[1].split("<")[0] for url, rest in pairs}


@pytest.mark.parametrize(
    ("page", "other"),
    [
        ("/", "/?bureau=housing-bureau"),
        ("/projects/", "/projects/?bureau=housing-bureau"),
        ("/projects/public-wifi/", "/projects/?bureau=housing-bureau"),
        ("/departments/data-center/?as_of=2022-09-01", "/departments/?bureau=housing-bureau&as_of=2022-09-01"),
        ("/budgets/expenditure/data-center/", "/budgets/expenditure/?bureau=housing-bureau"),
        ("/budgets/expenditure/?pace=behind", "/budgets/expenditure/?bureau=housing-bureau"),
        ("/search/?q=분양", "/search/?bureau=housing-bureau&q=%EB%B6%84%EC%96%91"),
        ("/reports/", "/reports/?bureau=housing-bureau"),
        ("/compare/?from=2021-11-03&to=2022-08-29", "/compare/?bureau=housing-bureau&from=2021-11-03&to=2022-08-29"),
    ],
)  # fmt: skip
def test_the_switch_leads_to_the_same_page(planner_client, page, other):
    links = links_of(planner_client.get(page).content.decode())
    assert list(links.values()) == ["디지털정책관", "주택정책관"]
    assert links[other] == "주택정책관"
    assert planner_client.get(other).status_code == 200


def test_the_switch_marks_the_bureau_that_is_read(planner_client):
    page = planner_client.get("/?bureau=housing-bureau").content.decode()
    assert 'bureau=housing-bureau" aria-current="true">주택정책관' in page
    assert 'bureau=digital-policy-bureau">디지털정책관' in page


def test_the_switch_writes_names_and_questions_as_text(planner_client, housing):  # noqa: F811
    Department.objects.filter(pk=housing.pk).update(name="<b>주택&정책관")
    page = planner_client.get("/search/", {"q": '"><b>', "as_of": "2022-09-01"}).content.decode()
    link = '<a href="/search/?bureau=housing-bureau&amp;as_of=2022-09-01&amp;q=%22%3E%3Cb%3E">'
    assert f"{link}&lt;b&gt;주택&amp;정책관</a>" in page.split(SWITCH)[1].split("</nav>")[0]


def test_the_switch_of_a_page_in_english_says_that_names_are_korean(planner_client):
    planner_client.cookies["django_language"] = "en"
    User.objects.update(language="en")
    page = planner_client.get("/reports/").content.decode()
    assert '<a href="/reports/?bureau=housing-bureau"><span lang="ko">주택정책관</span></a>' in page


def test_one_bureau_has_no_switch(staff_client):
    assert SWITCH not in staff_client.get("/").content.decode()


def test_a_page_that_is_not_found_keeps_the_switch(planner_client):
    response = planner_client.get("/departments/nowhere/")
    assert response.status_code == 404
    assert SWITCH in response.content.decode()


# Labels


def test_a_sources_label_names_its_bureau_where_there_are_two(housing):  # noqa: F811
    theirs = Source.objects.get(bureau=housing, scope="staffing")
    home = Source.objects.get(bureau__slug=HOME, scope="staffing", as_of="2022-08-29")
    assert str(theirs) == "인력 (2022. 8. 29.)"
    with naming_bureaus():
        assert (str(theirs), str(home)) == (
            "주택정책관 인력 (2022. 8. 29.)",
            "디지털정책관 인력 (2022. 8. 29.)",
        )
        assert bureau_name(None) == ""


def test_a_sources_label_is_short_where_there_is_one_bureau(seeded):
    with naming_bureaus():
        assert str(Source.objects.get(scope="revenue", as_of="2022-08-29")) == "세입 (2022. 8. 29.)"


def test_the_names_of_bureaus_are_asked_for_once(housing, django_assert_num_queries):  # noqa: F811
    sources = list(Source.objects.all()[:20])
    with naming_bureaus(), django_assert_num_queries(2):
        assert all("정책관 " in str(source) for source in sources)


def test_sources_in_admin_name_their_bureau(client, housing):  # noqa: F811
    client.force_login(make_member("기획 담당"))
    page = client.get("/admin/departments/staffing/").content.decode()
    assert "주택정책관 인력 (2022. 8. 29.)" in page
    assert "디지털정책관 인력 (2022. 8. 29.)" in page
    chosen = {"app_label": "departments", "model_name": "staffing", "field_name": "source"}
    texts = {one["text"] for one in client.get("/admin/autocomplete/", chosen).json()["results"]}
    assert {"주택정책관 인력 (2022. 8. 29.)", "디지털정책관 인력 (2022. 8. 29.)"} <= texts


# Editions


@pytest.fixture
def their_edition(housing):  # noqa: F811
    return make_edition(bureau=OTHER, title="11월 업무보고", state="collecting")


def test_editions_are_those_of_the_bureau_that_is_read(client, their_edition):
    client.force_login(make_member("기획 담당"))
    make_edition(title="디지털 11월 업무보고")
    home = client.get("/reports/").content.decode()
    assert "디지털정책관 디지털 11월 업무보고" in home
    assert "주택정책관 11월 업무보고" not in home
    theirs = client.get("/reports/?bureau=housing-bureau").content.decode()
    assert "주택정책관 11월 업무보고" in theirs
    assert "디지털 11월" not in theirs


def test_an_editions_page_is_read_in_its_bureau(client, their_edition):
    """Also by who came from another one, as by a link of a mail."""
    client.force_login(make_member("기획 담당"))
    page = client.get(f"/reports/{their_edition.pk}/").content.decode()
    assert 'bureau=housing-bureau" aria-current="true">주택정책관' in page
    assert 'href="/reports/?bureau=housing-bureau"' in page
    assert "주택정책관 11월 업무보고" in page


def test_an_edition_before_the_bureaus_first_source_opens_too(client, seeded):
    new = Department.objects.create(slug="new", name="새 정책관", kind="bureau")
    make_source(new, "organisation", "2022-11-01", "draft")
    client.force_login(make_member("기획 담당"))
    edition = make_edition(bureau="new")
    assert client.get(f"/reports/{edition.pk}/").status_code == 200


# Search


def test_search_says_which_other_bureau_has_it(planner_client):
    page = " ".join(planner_client.get("/search/?q=분양").content.decode().split())
    assert "디지털정책관에는 ‘분양’에 맞는 내용이 없습니다." in page
    assert '<a href="/search/?bureau=housing-bureau&amp;q=%EB%B6%84%EC%96%91">주택정책관에서 1건</a>' in page
    page = " ".join(planner_client.get("/search/?bureau=housing-bureau&q=분양").content.decode().split())
    assert "주택정책관에는 ‘분양’에 맞는 내용이 1건 있습니다: 용어 1건." in page
    assert "다른 국·정책관에도" not in page
    assert "<small>주택정책관</small>" in page


def test_search_of_one_bureau_speaks_of_no_other(staff_client):
    page = staff_client.get("/search/?q=공공와이파이").content.decode()
    assert "다른 국·정책관" not in page
    assert "디지털정책관에는" not in page


# History


def test_history_names_the_bureau(client, housing):  # noqa: F811
    client.force_login(make_member("기획 담당"))
    row = Staffing.objects.get(source__bureau=housing)
    row.authorized = 31
    row.save()
    source = Source.objects.get(bureau=housing, scope="glossary")
    source.notes = "x"
    source.save()
    make_edition(bureau=OTHER)
    page = client.get("/history/").content.decode()
    for label in ("주택정책관 인력", "주택정책관 자료", "주택정책관 업무보고 회차"):
        assert f"<small>{label}</small>" in page
    assert "<small>부서</small>" in page  # what lasts is no bureau's
    line = client.get("/history/?download=changes&format=csv").content.decode().splitlines()
    assert any("주택정책관 인력" in one for one in line)


def test_history_of_one_bureau_names_none(client, seeded):
    client.force_login(make_member("기획 담당"))
    row = Staffing.objects.first()
    row.authorized += 1
    row.save()
    assert "<small>인력</small>" in client.get("/history/").content.decode()


# Files


def test_budget_files_name_their_bureau(client, housing):  # noqa: F811
    client.force_login(make_member("예산 담당"))
    BudgetImport.objects.create(bureau=housing, file_name="x.xlsx", token="x", sha256="x", size=1)
    assert "주택정책관 -" in client.get("/budgets/import/").content.decode()

"""What holds of every page: dates, drafts, bureaus, sign-in, what people type."""

import sys

import pytest
from django.core.cache import caches
from django.urls import URLPattern, get_resolver, reverse

from core.models import Source
from departments.models import Department, Duty
from glossary.models import Definition, Term
from projects.models import Brief, Project, Strategy
from tests.factories import (
    earn,
    make_bureau,
    make_expenditure,
    make_source,
    make_staffing,
    make_unit,
    place,
    spend,
)
from tests.samples import each

ARGUMENTS = {
    "departments:detail": [
        ["digital-policy-bureau"],
        ["ict-security"],
        ["seoul-digital-foundation"],
        ["public-wifi-team"],
    ],
    "budgets:lines": [["ict-security"]],
    "projects:detail": [["public-wifi"], ["internet-of-things"]],
}
PLAIN = ["home", "departments:list", "budgets:revenue", "budgets:expenditure", "budgets:cross-tab", "projects:list", "projects:timeline", "projects:indicators", "glossary:list", "search"]  # fmt: skip
PAGES = [reverse(name) for name in PLAIN] + [
    reverse(name, args=args) for name, every in ARGUMENTS.items() for args in every
]
PAGES.append("/search/?q=와이파이")
BEFORE = "2019-12-31"
# What is answered without a sign-in, and how: signing out is a POST, admin has no sign-in of its own.
OPEN = {"accessibility": 200, "login": 200, "logout": 405, "health": 200, "session": 200, "metrics": 404, "admin:login": 302, "admin:logout": 302}  # fmt: skip


def at(url, **query):
    mark = "&" if "?" in url else "?"
    return url + mark + "&".join(f"{name}={value}" for name, value in query.items())


def routes(patterns, prefix="", namespace=""):
    """Every route as (name with namespace, pattern text, pattern)."""
    for pattern in patterns:
        text = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", text, pattern
        else:
            yield from routes(
                pattern.url_patterns, text, namespace + (f"{pattern.namespace}:" if pattern.namespace else "")
            )


ROUTES = list(routes(get_resolver().url_patterns))


def test_every_reading_page_is_tested():
    ours = {
        name
        for name, *_ in ROUTES
        if name.split(":")[0] in {"departments", "budgets", "projects", "glossary", "home", "search"}
    }
    files = {
        name for name in ours if name.startswith("budgets:import")
    }  # for the few who bring files in: tests/budgets/imports
    assert ours - files == {*PLAIN, *ARGUMENTS}


# Sign-in


@pytest.mark.parametrize(
    ("name", "route", "pattern"), [pytest.param(*route, id=route[1]) for route in ROUTES]
)
def test_every_route_asks_for_a_sign_in(client, db, name, route, pattern):
    path = "/" + route.replace("^", "").replace("$", "")
    for argument, converter in pattern.pattern.converters.items():
        path = path.replace(f"<{type(converter).__name__.removesuffix('Converter').lower()}:{argument}>", "1")
    path = path.replace("<path:object_id>", "1").replace("(?P<url>.*)", "nowhere/")
    response = client.get(path)
    if name in OPEN:
        assert response.status_code == OPEN[name]
        return
    assert response.status_code == 302, path
    assert response["Location"].startswith(("/accounts/login/?next=", "/admin/login/?next="))


@pytest.mark.parametrize("url", PAGES)
def test_pages_send_strangers_to_the_sign_in(client, db, url):
    response = client.get(at(url, download="expenditure", format="csv"))
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=")


# Dates


@pytest.mark.engine
@pytest.mark.parametrize("url", PAGES)
def test_pages_open(staff_client, url):
    assert staff_client.get(url).status_code == 200


@pytest.mark.parametrize(
    "url", ["/budgets/cross-tab/", *each(3, [url for url in PAGES if url != "/budgets/cross-tab/"])]
)
def test_pages_load_no_pandas(staff_client, monkeypatch, url):
    """What a page would import fails here; what the start imports is looked at in test_toolchain.py. The cross-tab asks another process."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    caches["charts"].clear()
    assert staff_client.get(url).status_code == 200


@pytest.mark.parametrize("url", PAGES)
def test_a_date_before_all_data_is_an_honest_empty_page(staff_client, url):
    response = staff_client.get(at(url, as_of=BEFORE))
    content = response.content.decode()
    assert response.status_code == 200
    assert "2019. 12. 31. 기준으로는 자료가 없습니다" in content
    assert "143,204,842" not in content
    assert 'as_of=2022-08-29"' in content  # the known dates are offered


@pytest.mark.parametrize("url", PAGES)
def test_a_date_that_cannot_be_read_is_said(staff_client, url):
    response = staff_client.get(at(url, as_of="<b>"))
    assert response.status_code == 400
    assert (
        "기준일 ‘&lt;b&gt;’를 읽을 수 없습니다. 2022. 8. 29.처럼 연, 월, 일을 적어 주세요."
        in response.content.decode()
    )


@pytest.mark.parametrize(
    ("as_of", "reason"),
    [
        ("2022-02-30", "달력에 없는 날짜입니다."),
        ("9999-12-31", "1900년부터 2999년까지의 날짜를 적어 주세요."),
    ],
)
def test_a_date_that_cannot_be_has_its_reason(staff_client, as_of, reason):
    response = staff_client.get(f"/?as_of={as_of}")
    assert response.status_code == 400
    assert f"기준일 ‘{as_of}’을 읽을 수 없습니다. {reason}" in response.content.decode()


@pytest.mark.parametrize("url", each(3, PAGES))
def test_the_first_and_the_last_date_open(staff_client, url):
    for as_of in ("1900-01-01", "2999-12-31"):
        assert staff_client.get(at(url, as_of=as_of)).status_code == 200


@pytest.mark.parametrize("url", PAGES)
def test_an_unknown_bureau_is_not_found(staff_client, url):
    response = staff_client.get(at(url, bureau="<script>"))
    assert response.status_code == 404
    content = response.content.decode()
    assert "<script>&" not in content
    assert "143,204,842" not in content


def test_an_unknown_bureau_is_named(staff_client):
    content = staff_client.get("/budgets/expenditure/?bureau=<script>").content.decode()
    assert "‘&lt;script&gt;’라는 국·정책관의 자료가 없습니다." in content


@pytest.mark.parametrize("url", each(2, PAGES))
def test_without_any_source_pages_stay_calm(staff_client, url):
    """A project is known by what is in force of it; all else says that there is nothing."""
    Source.objects.update(state="withdrawn")
    response = staff_client.get(url)
    is_project = url in {"/projects/public-wifi/", "/projects/internet-of-things/"}
    assert response.status_code == (404 if is_project else 200)
    word = "찾으시는 화면이 없습니다" if is_project else "아직 자료가 없습니다"
    assert word in response.content.decode()


# Drafts


@pytest.fixture
def drafts(seeded):
    """Of every scope a newer draft, full of a word that nobody may read."""
    bureau = Department.objects.get(slug="digital-policy-bureau")
    unit = make_unit("secret-unit", "비밀부서")
    source = {
        scope: make_source(bureau, scope, "2022-08-29", "draft", "2022-12-31")
        for scope in Source.Scope
        if scope != "expenditure"
    }
    for fact in (*Brief.objects.filter(number=1), *Duty.objects.filter(department__slug="ict-security")[:1]):
        fact.pk, fact.source = None, source[fact.scopes[0]]
        fact.title = fact.purpose = fact.text = "비밀"
        fact.save()
    place(source["organisation"], unit, bureau)
    make_staffing(source["staffing"], unit, 9_876, 9_876)
    earn(source["revenue"], "비밀수입", {2022: 98_765_432})
    spend(
        make_expenditure(bureau, "2022-08-29", state="draft", received="2022-12-31"),
        unit,
        98_765_432,
        98_765_432,
    )
    term = Term.objects.create(slug="secret", name="비밀용어")
    Definition.objects.create(source=source["glossary"], term=term, text="▪ 비밀", order=99)


def test_drafts_never_leak(staff_client, drafts):
    for url in (*PAGES, "/search/?q=비밀", "/budgets/expenditure/?download=expenditure&format=csv"):
        response = staff_client.get(url)
        content = response.content.decode(errors="replace")
        assert response.status_code == (403 if "download" in url else 200), url
        for word in ("비밀부서", "비밀수입", "비밀용어", "9,876", "98,765,432", "98765432"):
            assert word not in content, (url, word)
        left = content.replace("비밀번호", "").replace('value="비밀"', "").replace("‘비밀’", "")
        assert "비밀" not in left, url


# Another bureau


@pytest.fixture
def housing(seeded):
    """A second bureau with a division, staff, revenue, expenditure and a project of its own."""
    bureau, unit = make_bureau(), make_unit("housing-policy", "주택정책담당관")
    sources = {
        scope: make_source(bureau, scope, "2023-02-28")
        for scope in ("organisation", "duties", "staffing", "revenue", "projects")
    }
    place(sources["organisation"], bureau)
    place(sources["organisation"], unit, bureau)
    Duty.objects.create(source=sources["duties"], department=unit, order=1, text="주거종합계획 수립")
    make_staffing(sources["staffing"], unit, 77, 70)
    earn(sources["revenue"], "주택임대료", {2023: 1_234_567, 2022: 1_000_000})
    spend(make_expenditure(bureau, "2023-02-28", 2023), unit, 7_654_321, 765_432)
    project = Project.objects.create(slug="housing-repair", name="집수리 지원")
    Brief.objects.create(
        source=sources["projects"],
        project=project,
        number=1,
        title="집수리 지원",
        lead_department=unit,
        purpose="노후 주택 개선",
    )
    return bureau


@pytest.fixture
def housing_client(housing, client, django_user_model):
    unit = Department.objects.get(slug="housing-policy")
    client.force_login(django_user_model.objects.create_user(username="housing", department=unit))
    return client


HOUSING_PAGES = [reverse(name) for name in PLAIN] + [
    "/departments/housing-bureau/",
    "/departments/housing-policy/",
    "/budgets/expenditure/housing-policy/",
    "/projects/housing-repair/",
    "/search/?q=주택",
]
OURS = ("공공와이파이 확충", "데이터센터", "143,204,842", "17,370,899", "임시적세외수입", "미래 스마트도시")
THEIRS = ("주택정책담당관", "집수리", "7,654,321", "1,234,567", "주택임대료")


def test_members_of_another_bureau_read_theirs_alone(housing_client):
    for url in HOUSING_PAGES:
        response = housing_client.get(url)
        assert response.status_code == 200, url
        content = response.content.decode()
        assert "<title>" in content, url
        assert "주택정책관 업무보고" in content, url
        for word in OURS:
            assert word not in content, (url, word)


def test_nothing_of_another_bureau_is_read_here(housing, staff_client):
    for url in PAGES:
        response = staff_client.get(url)
        assert response.status_code == 200, url
        content = response.content.decode()
        assert "디지털정책관 업무보고" in content, url
        for word in THEIRS:
            assert word not in content, (url, word)


def test_another_bureau_is_read_by_asking_for_it(housing, staff_client):
    content = staff_client.get("/budgets/expenditure/?bureau=housing-bureau").content.decode()
    assert "7,654,321" in content
    assert 'href="/?bureau=housing-bureau"' in content
    assert 'href="/budgets/expenditure/housing-policy/?bureau=housing-bureau"' in content


# What people type


@pytest.mark.parametrize("url", PAGES)
def test_what_is_typed_into_the_address_stays_text(staff_client, url):
    evil = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    query = dict.fromkeys(
        (
            "q",
            "account",
            "pace",
            "order",
            "page",
            "department",
            "status",
            "strategy",
            "index",
            "rows",
            "columns",
            "measure",
            "from",
        ),
        evil,
    )
    url = url.partition("?")[0]
    response = staff_client.get(at(url, **query))
    assert response.status_code == 200
    content = response.content.decode()
    assert "디지털정책관 업무보고" in content
    assert "<script>alert(1)" not in content


def test_malicious_names_stay_text_everywhere(staff_client):
    evil = "<script>alert(1)</script>"
    for model, field in (
        (Department, "name"),
        (Strategy, "name"),
        (Term, "name"),
        (Brief, "title"),
        (Duty, "text"),
    ):
        model.objects.update(**{field: f"{evil}가나다"})
    for url in PAGES:
        content = staff_client.get(url).content.decode()
        assert "&lt;script&gt;alert(1)" in content, url
        assert evil not in content, url

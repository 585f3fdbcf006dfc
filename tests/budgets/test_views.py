from urllib.parse import urlencode

import pytest
from django.db.models import F

from budgets.models import BudgetFigure, BudgetLine
from core.models import Source
from departments.models import Department
from tests.factories import earn, make_expenditure, make_source, spend, spend_lines
from tests.report.seen import Page

EXPENDITURE, REVENUE, LINES = (
    "/budgets/expenditure/",
    "/budgets/revenue/",
    "/budgets/expenditure/ict-security/",
)


def page(client, url, status=200, **query):
    response = client.get(f"{url}?{urlencode(query)}" if query else url)
    assert response.status_code == status
    return Page(response.content.decode())


def rows(client, **query):
    """First cells of the expenditure table."""
    table = client.get(EXPENDITURE, query).context["tables"]["expenditure"]
    return [row.cells[0].value for row in table.rows]


@pytest.fixture
def bureau(seeded):
    return Department.objects.get(slug="digital-policy-bureau")


def test_expenditure_shows_the_report(staff_client):
    seen = page(staff_client, EXPENDITURE)
    assert seen.shows("2022년도 세출 총괄")
    assert seen.shows("예산현액 1,432.0억 원 가운데 66.9%를 집행(원인행위)해 진도선보다 0.9%p 앞섭니다.")
    assert seen.shows_in_row(
        ["계", "143,204,842", "121,405,762", "+21,799,080", "+18.0%", "95,839,632", "66.9%"]
    )
    assert seen.shows_in_row(["특별회계", "10,764,413", "1,968,275", "18.3%"])
    assert seen.shows("※ 집행액은 원인행위 기준")


def test_expenditure_is_filtered_and_ordered(staff_client):
    assert rows(staff_client, account="special") == ["계", "정보통신보안담당관"]
    assert rows(staff_client, pace="behind") == [
        "계",
        "정보통신보안담당관",
        "일반회계",
        "특별회계",
        "데이터센터",
    ]
    assert rows(staff_client, order="size")[:3] == ["계", "데이터센터", "정보통신보안담당관"]
    assert len(rows(staff_client, account="<x>", order="'")) == 11


@pytest.mark.usefixtures("pages_made_anew")
def test_the_whole_page_follows_the_account(staff_client):
    seen = page(staff_client, EXPENDITURE, account="special")
    assert seen.shows("2022년도 세출 총괄(특별회계)")
    assert seen.shows(
        "특별회계만 보면 예산현액 107.6억 원 가운데 18.3%를 집행(원인행위)해 진도선보다 47.7%p 뒤처집니다."
    )
    assert seen.shows("1개 부서가 모두 진도선에 못 미칩니다.")
    assert seen.shows_in_row(["계", "10,764,413", "2,963,927", "+7,800,486", "+263.2%", "1,968,275", "18.3%"])
    context = staff_client.get(EXPENDITURE, {"account": "special"}).context
    labels = [row.cells[0] for row in context["figures"]["changes"].table.rows]
    assert labels == ["계", "정보통신보안담당관"]
    columns = context["figures"]["rates"].build().layout.meta["mosaic"]
    assert [(column["text"], column["missing"]) for column in columns] == [
        ("정보통신보안담당관", "51.4억 원")
    ]
    titles = [context["figures"][name].title for name in ("rates", "changes")]
    assert titles == ["107.6억 원, 어디에 얼마가 쓰였나(특별회계)", "전년 대비 예산 증감(특별회계)"]


def test_nothing_meets_the_filters(staff_client):
    BudgetFigure.objects.filter(source__fiscal_year=2022).update(committed=F("current"))
    seen = page(staff_client, EXPENDITURE, pace="behind")
    assert seen.shows("조건에 맞는 부서가 없습니다.")
    assert not seen.shows("어디에 얼마가 쓰였나")


def test_the_filters_keep_what_was_asked_for(staff_client):
    content = staff_client.get(EXPENDITURE, {"as_of": "2022-09-01", "pace": "behind"}).content.decode()
    assert '<input type="hidden" name="as_of" value="2022-09-01">' in content
    assert '<option value="behind" selected>진도선 미달</option>' in content
    assert 'href="/budgets/expenditure/data-center/?as_of=2022-09-01"' in content


def test_revenue_shows_the_report(staff_client):
    seen = page(staff_client, REVENUE)
    assert seen.shows("2022년도 세입 총괄")
    assert seen.shows_in_row(["계", "17,370,899", "16,817,627", "+553,272", "+3.3%"])
    assert seen.shows_in_row(["주차요금수입", "+642,720", "순증"])
    assert seen.shows_in_row(["임시적세외수입", "954,794", "5,878,506", "893,020", "2,422,479"])
    assert seen.shows("원문에 적힌 ‘임시적세외수입’ 소계가 아래 항목의 합과 다릅니다.")


def test_a_departments_lines(staff_client):
    seen = page(staff_client, LINES)
    assert seen.shows("정보통신보안담당관 세출")
    assert seen.shows("예산현액 337.2억 원 가운데 56.5%를 집행(원인행위)해 진도선보다 9.5%p 뒤처집니다.")
    assert seen.shows_in_row(["일반회계", "22,952,023", "17,088,618", "74.5%", "5,863,405"])
    assert seen.shows_in_row(["특별회계", "10,764,413", "1,968,275", "18.3%", "8,796,138"])


def test_tiles_and_total_of_a_departments_lines_lead_to_their_sheets(staff_client):
    page = staff_client.get("/budgets/expenditure/ict-security/").content.decode()
    for measure in ("current", "previous", "change", "committed", "rate"):
        assert f'data-fact="expenditure:ict-security/{measure}"' in page


def test_an_unknown_department_is_not_found(staff_client):
    page(staff_client, "/budgets/expenditure/nowhere/", status=404)


def test_a_unit_without_a_budget_of_its_own(staff_client):
    assert page(staff_client, "/budgets/expenditure/public-wifi-team/").shows(
        "이 기준일에는 이 부서의 세출 자료가 없습니다."
    )


@pytest.mark.parametrize(
    ("scope", "url", "message"),
    [
        ("revenue", REVENUE, "이 기준일에는 세입 자료가 없습니다."),
        ("expenditure", EXPENDITURE, "이 기준일에는 세출 자료가 없습니다."),
        ("expenditure", LINES, "이 기준일에는 이 부서의 세출 자료가 없습니다."),
    ],
)
def test_without_its_source_a_page_says_so(staff_client, scope, url, message):
    Source.objects.filter(scope=scope).update(state="withdrawn")
    assert page(staff_client, url).shows(message)


def test_a_book_alone_is_shown_without_execution(staff_client, bureau):
    unit = Department.objects.get(slug="data-center")
    spend(make_expenditure(bureau, "2022-11-11", 2023, "book"), unit, 50_000_000)
    seen = page(staff_client, EXPENDITURE)
    assert seen.shows("예산현액은 500.0억 원이고, 집행액은 이 자료에 없습니다.")
    assert seen.shows_in_row(["데이터센터", "50,000,000"])
    seen = page(staff_client, "/budgets/expenditure/data-center/")
    assert seen.shows("예산현액은 500.0억 원이고, 집행액은 이 자료에 없습니다.")
    assert not seen.shows("원인행위액")
    assert page(staff_client, EXPENDITURE, as_of="2022-11-10").shows("66.9%")


@pytest.mark.parametrize("url", [EXPENDITURE, "/"])
def test_without_last_year_a_sentence_stands_in_place_of_its_chart(staff_client, bureau, url):
    assert 'data-figure="spec-changes"' in staff_client.get(url).content.decode()
    spend(make_expenditure(bureau, "2024-11-11", 2024), Department.objects.get(slug="data-center"), 50_000)
    content = staff_client.get(url).content.decode()
    assert 'data-figure="spec-changes"' not in content
    assert 'data-figure="spec-rates"' in content
    assert "2023 최종예산은 이 자료에 없습니다." in content


def test_revenue_without_last_year_has_no_chart_of_changes(staff_client, bureau):
    assert 'data-figure="spec-changes"' in staff_client.get(REVENUE).content.decode()
    earn(make_source(bureau, "revenue", "2022-11-11"), "수수료", {2022: 5_000})
    content = staff_client.get(REVENUE).content.decode()
    assert 'data-figure="spec-changes"' not in content
    assert "2021 최종예산은 이 자료에 없습니다." in content


@pytest.fixture
def many_lines(bureau):
    """250 lines of the data center, in a file of that department alone."""
    unit = Department.objects.get(slug="data-center")
    spend_lines(make_expenditure(bureau, "2022-08-31", department=unit), unit, 250)


@pytest.mark.usefixtures("pages_made_anew")
def test_long_lists_come_in_pages_and_download_whole(manager_client, many_lines):
    url = "/budgets/expenditure/data-center/"

    def shown(**query):
        return [row.cells[0] for row in manager_client.get(url, query).context["tables"]["lines"].rows]

    assert (len(shown()), shown()[0], shown()[-1]) == (200, "사업 000", "사업 199")
    assert (len(shown(page=2)), shown(page=2)[-1]) == (50, "사업 249")
    assert shown(page="x") == shown()
    assert shown(page=99) == shown(page=2)
    assert len(manager_client.get(url, {"download": "lines", "format": "csv"}).getvalue().splitlines()) == 251
    assert manager_client.get(EXPENDITURE).context["summary"].department("data-center").current == 250_000


def test_pages_link_on_with_what_was_asked_for(staff_client, many_lines):
    content = staff_client.get("/budgets/expenditure/data-center/", {"as_of": "2022-09-01"}).content.decode()
    assert 'href="?as_of=2022-09-01&amp;page=2"' in content
    assert "1 / 2" in content


@pytest.mark.parametrize(("url", "queries"), [(REVENUE, 4), (EXPENDITURE, 4), (LINES, 8)])
def test_pages_ask_the_database_so_often(staff_client, django_assert_num_queries, url, queries):
    staff_client.get(url)
    with django_assert_num_queries(queries):
        staff_client.get(url)


def test_lines_do_not_ask_more_for_more(staff_client, many_lines, django_assert_num_queries):
    with django_assert_num_queries(10):
        staff_client.get("/budgets/expenditure/data-center/")


def test_malicious_names_stay_text(staff_client):
    evil = "<script>alert(1)</script>"
    Department.objects.filter(slug="data-center").update(name=evil)
    BudgetLine.objects.filter(department__slug="data-center").update(
        detailed="</script><img src=x onerror=alert(2)>"
    )
    for url in (EXPENDITURE, "/budgets/expenditure/data-center/"):
        content = staff_client.get(url).content.decode()
        assert "alert(1)" in content
        assert evil not in content
        assert "<img src=x" not in content


ALONE = "추이를 그릴 앞선 기준일의 집행 자료가 없습니다."


def test_execution_has_a_trend_where_two_dates_tell_it(staff_client, bureau):
    assert page(staff_client, EXPENDITURE).shows(ALONE)
    unit = Department.objects.get(slug="ict-security")
    spend(make_expenditure(bureau, "2022-06-30"), unit, 1_000, 410)
    seen = page(staff_client, EXPENDITURE)
    assert seen.shows("집행률은 2022. 6. 30.에 41.0%, 2022. 8. 29.에 66.9%입니다.")
    assert not seen.shows(ALONE)
    assert page(staff_client, "/departments/ict-security/").shows("집행률은 2022. 6. 30.에 41.0%")
    assert page(staff_client, "/departments/data-center/").shows(ALONE)

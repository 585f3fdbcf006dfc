import pytest

from budgets.cross_tab.filters import CrossTabFilters
from budgets.cross_tab.page import Limits, cross_tab_page
from tests.factories import make_bureau, make_expenditure, make_unit, print_total, snapshot_of, spend, succeed


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def unit(db):
    return make_unit("policy", "주택정책담당관")


def page(bureau, limits=None, **query):
    snapshot = snapshot_of(bureau)
    filters = CrossTabFilters.from_query(
        {name.rstrip("_"): value for name, value in query.items()}, snapshot.as_of
    )
    return cross_tab_page(snapshot, filters, *([limits] if limits else []))


@pytest.mark.parametrize(
    ("measure", "lead"),
    [
        ("current", "예산현액 2.0억 원을 부서와 회계로 나누어 봅니다."),
        ("committed", "집행액(원인행위) 5,000만 원을 부서와 회계로 나누어 봅니다."),
        ("rate", "집행률(원인행위) 25.0%를 부서와 회계로 나누어 봅니다."),
        ("unexecuted", "집행잔액(원인행위 기준) 1.5억 원을 부서와 회계로 나누어 봅니다."),
    ],
)
def test_lead_names_the_total(bureau, unit, measure, lead):
    spend(make_expenditure(bureau, "2022-08-29"), unit, 200_000, 50_000)
    assert page(bureau, measure=measure).lead == lead


def test_lead_says_that_execution_is_unknown(bureau, unit):
    spend(make_expenditure(bureau, "2022-08-29"), unit, 200_000)
    assert page(bureau, measure="rate").lead == "집행률(원인행위)은 이 자료에 없습니다."


def test_lead_names_the_total_as_printed(bureau, unit):
    source = make_expenditure(bureau, "2022-08-29")
    spend(source, unit, 200_000, 50_000)
    print_total(source, "current_budget", 300_000_000, "300,000", year=2022)
    assert page(bureau).lead == "예산현액 3.0억 원을 부서와 회계로 나누어 봅니다."


@pytest.mark.parametrize(
    ("measure", "change"),
    [
        ("current", "예산현액이 1.0억 원 늘었습니다."),
        ("committed", "집행액(원인행위)이 5,000만 원 줄었습니다."),
        ("rate", "집행률(원인행위)이 50.0%p 낮아졌습니다."),
    ],
)
def test_lead_of_two_dates_says_how_the_total_changed(bureau, unit, measure, change):
    spend(make_expenditure(bureau, "2022-03-31"), unit, 200_000, 200_000)
    spend(make_expenditure(bureau, "2022-08-29"), unit, 300_000, 150_000)
    lead = page(bureau, measure=measure, from_="2022-04-01").lead
    assert lead == f"2022. 3. 31.에서 2022. 8. 29. 사이에 {change}"


def test_lead_of_two_dates_without_a_change(bureau, unit):
    spend(make_expenditure(bureau, "2022-03-31"), unit, 200_000)
    spend(make_expenditure(bureau, "2022-08-29"), unit, 200_000)
    assert page(bureau, from_="2022-04-01").lead.endswith("사이에 예산현액이 그대로입니다.")


def test_page_names_departments_that_became_others(bureau, unit):
    old = make_unit("old", "옛주택과")
    spend(make_expenditure(bureau, "2022-03-31"), old, 100)
    spend(make_expenditure(bureau, "2022-08-29"), unit, 200)
    found = page(bureau, from_="2022-03-31")
    assert [row.cells[0].value for row in found.table.rows] == ["계", "옛주택과", "주택정책담당관"]
    succeed(old, unit)
    found = page(bureau, from_="2022-03-31")
    assert [row.cells[0].value for row in found.table.rows] == ["계", "주택정책담당관"]
    assert "※ 이름이 바뀐 부서는 이어진 부서에 더했습니다: 옛주택과 → 주택정책담당관." in found.table.notes


def test_page_without_an_earlier_source_shows_one_date(bureau, unit):
    spend(make_expenditure(bureau, "2022-08-29"), unit, 200)
    found = page(bureau, from_="2021-01-01")
    assert found.errors == ["2021. 1. 1. 기준으로는 세출 자료가 없어 견줄 수 없습니다."]
    assert not found.result.has_two_dates


def test_page_without_expenditure(bureau):
    assert page(bureau) is None


def test_page_has_fewer_columns_for_two_dates(bureau, unit):
    for as_of in ("2022-03-31", "2022-08-29"):
        source = make_expenditure(bureau, as_of)
        for number in range(4):
            spend(source, unit, 1, object_name=f"0{number} 목", order=number)
    limits = Limits(rows=10, columns=4, columns_of_two_dates=3)
    one, two = (
        page(bureau, limits, columns="object_name"),
        page(bureau, limits, columns="object_name", from_="2022-03-31"),
    )
    assert (len(one.result.columns), len(two.result.columns)) == (5, 4)
    assert two.result.columns[-1].label == "그 밖의 통계목 2개"

import pytest

from core.search import search_entries
from core.snapshot import Snapshot
from tests.factories import (
    NOBODY,
    earn,
    make_bureau,
    make_expenditure,
    make_source,
    make_unit,
    print_total,
    snapshot_of,
    spend,
)

pytestmark = pytest.mark.engine


@pytest.fixture
def bureau(db):
    return make_bureau()


def bodies(snapshot):
    """Body and address under kind and title, of what the budget's app offers."""
    return {
        (text.kind, text.title): (text.body, text.url)
        for text in search_entries(snapshot)
        if text.kind in {"세입", "세출"}
    }


def test_the_reports_revenue(seeded):
    found = bodies(Snapshot.from_query(NOBODY, {}))
    body, url = found["세입", "공유재산임대료"]
    assert url == "/budgets/revenue/"
    assert {"2022년 예산현액 7,876,967천원", "2021년 예산현액 8,203,979천원", "2022년 증감률 △4.0%"} <= set(
        body.split(", ")
    )
    body, _ = found["세입", "임시적세외수입"]
    assert {"2022년 예산현액 954,794천원(◆ 계산 5,878,506천원)"} | {
        "2021년 예산현액 893,020천원(◆ 계산 2,422,479천원)"
    } <= set(body.split(", "))
    body, _ = found["세입", "세입 총괄"]
    assert {"2022년 예산현액 17,370,899천원", "2021년 예산현액 16,817,627천원", "2022년 증감률 3.3%"} <= set(
        body.split(", ")
    )


def test_the_reports_expenditure(seeded):
    found = bodies(Snapshot.from_query(NOBODY, {}))
    assert {"2022년 예산현액 143,204,842천원", "2022년 집행률 66.9%"} <= set(
        found["세출", "세출 총괄"][0].split(", ")
    )
    body, url = found["세출", "정보통신보안담당관 특별회계 세출"]
    assert url == "/budgets/expenditure/ict-security/"
    assert found["세출", "정보통신보안담당관 세출"][0].startswith(
        "2022년 예산현액 33,716,436천원, 2022년 집행액(원인행위) 19,056,893천원"
    )
    assert "※ 집행액은 원인행위 기준" in found["세출", "세출 총괄"][0]
    assert body.startswith("부서 합계(사업 구분 없음) 2022년 예산현액 10,764,413천원, 집행액 1,968,275천원")
    assert body.endswith("2022년 집행률 18.3%")


def test_only_what_counts_is_found(bureau):
    unit = make_unit("policy", "주택정책담당관")
    spend(make_expenditure(bureau, "2022-03-31"), unit, 1, detailed="옛 사업")
    spend(
        make_expenditure(bureau, "2022-06-30"),
        unit,
        2,
        1,
        "special",
        account_name="주택사업특별회계",
        policy="주거안정",
        detailed="새 사업",
    )
    spend(make_expenditure(bureau, "2022-08-29", state="draft"), unit, 3, detailed="작성 중")
    lines = {
        title: body for (_, title), (body, _) in bodies(snapshot_of(bureau)).items() if title != "세출 총괄"
    }
    assert lines == {
        "주택정책담당관 주택사업특별회계 새 사업": "주거안정 › 새 사업 2022년 예산현액 2천원, 집행액 1천원"
    }


def test_nothing_is_found_where_there_is_nothing(bureau):
    make_source(bureau, "duties", "2022-06-30")
    assert bodies(snapshot_of(bureau)) == {}


def test_what_another_bureau_prints_is_not_found(seeded, bureau):
    source = make_source(bureau, "revenue", "2022-06-30")
    parent = earn(source, "주택수입", {})
    earn(source, "주택임대료", {2022: 5, 2021: 0}, parent)
    print_total(source, "current_budget", 6_000, "6", "주택수입", 2022)
    assert bodies(snapshot_of(bureau)) == {
        ("세입", "주택수입"): ("2022년 예산현액 6천원(◆ 계산 5천원)", "/budgets/revenue/"),
        ("세입", "주택임대료"): ("2022년 예산현액 5천원", "/budgets/revenue/"),
    }
    assert ("세입", "주택임대료") not in bodies(Snapshot.from_query(NOBODY, {}))

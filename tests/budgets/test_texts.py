import pytest

from budgets.texts import expenditure_texts, revenue_texts
from departments.reading import read
from seoul_digital.texts import Text
from tests.factories import NOBODY, earn, make_bureau, make_expenditure, make_source, make_unit, reading_of, spend


@pytest.fixture
def bureau(db):
    return make_bureau()


def test_the_reports_revenue(seeded):
    found = list(revenue_texts(read(NOBODY, {})))
    assert len(found) == 19
    assert found[0].title == "세입 총괄" and "2022년 예산현액 17,370,899" in found[0].body
    leaf = "2022년 7,876,967천원, 2021년 8,203,979천원, 2022년 증감액 △327,012, 2022년 증감률 △4.0%"
    assert Text("세입", "공유재산임대료", "/budgets/revenue/", leaf) in found


def test_subtotals_are_found_as_printed(seeded):
    found = {text.title: text.body for text in revenue_texts(read(NOBODY, {}))}
    assert "2022년 예산현액 954,794" in found["임시적세외수입"]
    assert "2022년 증감률 28.6%" in found["세외수입"]
    assert found["주차요금수입"] == "2022년 642,720천원, 2022년 증감액 642,720, 2022년 증감률 순증"


def test_the_reports_expenditure(seeded):
    found = list(expenditure_texts(read(NOBODY, {})))
    assert [text.title for text in found][-4:] == [
        "정보통신보안담당관 일반회계 세출", "정보통신보안담당관 특별회계 세출", "데이터센터 세출", "서울기록원 세출",
    ]  # fmt: skip
    assert found[-2] == Text(
        "세출",
        "데이터센터 세출",
        "/budgets/expenditure/data-center/",
        "부서 합계(사업 구분 없음) 2022년 예산현액 46,706,677천원, 집행액 25,640,449천원, "
        "2022년 증감액 20,783,676, 2022년 증감률 80.2%, 2022년 집행률 54.9%",
    )
    assert found[0].title == "세출 총괄" and "2022년 집행액(원인행위) 95,839,632" in found[0].body


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
    assert list(expenditure_texts(reading_of(bureau))) == [
        Text(
            "세출",
            "주택정책담당관 주택사업특별회계 세출",
            "/budgets/expenditure/policy/",
            "주거안정 › 새 사업 2022년 예산현액 2천원, 집행액 1천원",
        )
    ]


def test_nothing_is_found_where_there_is_nothing(bureau):
    make_source(bureau, "duties", "2022-06-30")
    assert list(expenditure_texts(reading_of(bureau))) == []
    assert list(revenue_texts(reading_of(bureau))) == []


def test_revenue_of_another_bureau_is_not_found(seeded, bureau):
    earn(make_source(bureau, "revenue", "2022-06-30"), "주택임대료", {2022: 5})
    assert [text.title for text in revenue_texts(reading_of(bureau))] == ["주택임대료"]
    assert "주택임대료" not in [text.title for text in revenue_texts(read(NOBODY, {}))]

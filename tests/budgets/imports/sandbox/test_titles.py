import pytest

from budgets.imports.sandbox import titles


def above(*texts):
    return [(number, ["", text]) for number, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2022년도 세출예산 집행현황", 2022),
        ("2022회계연도 예산서", 2022),
        ("회계연도 : 2022", 2022),
        ("2022년 제1회 추경예산", 2022),
        ("2022년 세입", 2022),
        ("기준일자 : 2022-09-30", None),
        ("2022년 9월 30일 기준", None),
        ("출력일시: 2022. 9. 30.", None),
        ("사업번호 12022년도", None),
    ],
)
def test_fiscal_year(text, year):
    assert titles.values_in_titles(above(text)).get("fiscal_year") == year


def test_two_years_say_none():
    assert titles.values_in_titles(above("2022년도 예산", "2023년도 예산")) == {}
    assert titles.values_in_titles(above("2022년도 예산", "2022년도 집행")) == {"fiscal_year": 2022}


def test_department():
    assert titles.values_in_titles(above("부서 : 디지털정책관 > 데이터센터")) == {"department": "데이터센터"}
    assert titles.values_in_titles(above("부서별 현황")) == {}


def test_heading_and_units():
    assert titles.heading(above("  세출예산   집행현황", "(단위: 천원)")) == "세출예산 집행현황"
    assert titles.units(above("세출", "(단위 : 천원)")) == {"2행": "천원"}

from datetime import date

import pytest

from budgets.cross_tab.filters import CrossTabFilters

AS_OF = date(2022, 8, 29)


def filters(**query):
    return CrossTabFilters.from_query({name.rstrip("_"): value for name, value in query.items()}, AS_OF)


def test_filters_without_a_query():
    assert filters() == CrossTabFilters("department", "account", "current", None, ())
    assert not filters().is_any


def test_filters_as_asked():
    asked = filters(rows="policy", columns="object_group", measure="rate", from_="2022-03-31")
    assert asked == CrossTabFilters("policy", "object_group", "rate", date(2022, 3, 31))
    assert (asked.row_label, asked.column_label, asked.measure_label) == (
        "정책사업",
        "편성목",
        "집행률(원인행위)",
    )
    assert asked.is_any


def test_filters_name_every_dimension_and_measure():
    labels = {name: list(options.values()) for name, _, options, _ in filters().fields}
    dimensions = ["부서", "회계", "정책사업", "단위사업", "세부사업", "편성목", "통계목"]
    assert labels["rows"] == labels["columns"] == dimensions
    assert labels["measure"] == [
        "예산현액",
        "집행액(원인행위)",
        "집행률(원인행위)",
        "집행잔액(원인행위 기준)",
    ]


@pytest.mark.parametrize(
    ("query", "expected", "error"),
    [
        ({"rows": "<b>"}, ("department", "account", "current"), "‘<b>’라는 행은 없어 ‘부서’로 보입니다."),
        ({"columns": "x"}, ("department", "account", "current"), "‘x’라는 열은 없어 ‘회계’로 보입니다."),
        (
            {"measure": "disbursed"},
            ("department", "account", "current"),
            "‘disbursed’라는 값은 없어 ‘예산현액’으로 보입니다.",
        ),
        (
            {"rows": "policy", "columns": "policy"},
            ("policy", "account", "current"),
            "행과 열은 서로 달라야 하므로 열을 ‘회계’로 바꾸었습니다.",
        ),
        (
            {"rows": "account", "columns": "account"},
            ("account", "department", "current"),
            "행과 열은 서로 달라야 하므로 열을 ‘부서’로 바꾸었습니다.",
        ),
    ],
)
def test_filters_fall_back_and_say_so(query, expected, error):
    found = filters(**query)
    assert (found.rows, found.columns, found.measure) == expected
    assert found.errors == (error,)


def test_filters_give_accounts_as_rows_other_columns_without_a_word():
    found = filters(rows="account")
    assert (found.columns, found.errors) == ("department", ())


def test_filters_cut_a_long_value_short():
    assert filters(rows="x" * 99).errors == (f"‘{'x' * 40}’라는 행은 없어 ‘부서’로 보입니다.",)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("어제", "앞의 날 ‘어제’를 읽을 수 없습니다. 2022. 8. 29.처럼 연, 월, 일을 적어 주세요."),
        ("2022-02-30", "앞의 날 ‘2022-02-30’을 읽을 수 없습니다. 달력에 없는 날짜입니다."),
        ("2022-08-29", "앞의 날은 기준일(2022. 8. 29.)보다 앞서야 합니다."),
        ("2022-12-31", "앞의 날은 기준일(2022. 8. 29.)보다 앞서야 합니다."),
    ],
)
def test_filters_leave_out_an_earlier_date_that_cannot_be(text, error):
    found = filters(from_=text)
    assert (found.earlier, found.errors) == (None, (error,))


def test_filters_without_a_date_of_the_page():
    assert CrossTabFilters.from_query({"from": "2022-01-01"}, None).earlier == date(2022, 1, 1)

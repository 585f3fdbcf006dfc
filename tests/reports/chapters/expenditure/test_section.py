import pytest
from django.utils.html import strip_tags

from reports.comparison.compare import compare
from reports.comparison.page import page_of
from tests.reports.plain import (
    expenditure,
    two,
)


def lead(before, after):
    return [strip_tags(sentence) for sentence in page_of(compare(before, after)).lead]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            (100_000, 10_000),
            (200_000, 50_000),
            "세출 예산현액은 1.0억 원에서 2.0억 원으로 바뀌었고, 집행률은 10.0%에서 25.0%가 되었습니다.",
        ),
        (
            (100_000, 10_000),
            (100_000, 50_000),
            "세출 예산현액은 1.0억 원으로 같고, 집행률은 10.0%에서 50.0%가 되었습니다.",
        ),
        (
            (100_000, 10_000),
            (100_000, 10_001),
            "세출 예산현액은 1.0억 원으로 같고, 집행률은 10.0%로 같습니다.",
        ),
        ((100_000, None), (200_000, 50_000), "세출 예산현액은 1.0억 원에서 2.0억 원으로 바뀌었습니다."),
        ((100_000, None), (100_000, 50_000), "세출 예산현액은 1.0억 원으로 같습니다."),
    ],
)
def test_the_budget_leads(before, after, expected):
    assert lead(
        *two("expenditure", expenditure(2022, ("", "", *before)), expenditure(2022, ("", "", *after)))
    ) == [expected]

from datetime import date

import pytest
from django.utils import translation

from budgets.expenditure import execution, sentences
from core.snapshot import Snapshot
from departments.models import Department
from departments.staffing import summary
from tests.budgets.plain import ARCHIVES, BIG_DATA, CENTER, SECURITY, row, summary_of
from tests.factories import NOBODY

BOOK = summary_of(row("주택정책담당관", 100_000), row("주거정비담당관", 50_000))


@pytest.fixture
def report(seeded):
    return execution.summary(Snapshot.from_query(NOBODY, {}))


def test_the_reports_sentences(report):
    assert sentences.lead(report) == (
        '<span>예산현액 1,432.0억 원 가운데 <span class="nb"><b>66.9%</b>를</span> 집행(원인행위)해 진도선보다 <b>0.9%p</b> 앞섭니다.</span>'
    )
    assert sentences.remainder_sentence(report) == (
        '<span>남은 473.7억 원의 <span class="nb"><b>75.4%</b>는</span> 데이터센터와 정보통신보안담당관에 있습니다.</span>'
    )
    assert sentences.table_sentence(report) == (
        "8개 부서 가운데 6곳이 진도선 이상이고, 예산의 56.2%를 차지하는 2곳이 진도선에 못 미칩니다."
    )
    assert sentences.change_sentence(report) == (
        "2021 최종예산보다 218.0억 원 늘었고, 가장 많이 늘어난 곳은 데이터센터(+207.8억 원)입니다."
    )
    assert sentences.missing_sentence(report) == (
        "진도선까지 모자란 돈은 계산으로 103.4억 원이고, 데이터센터에 52.0억 원, 정보통신보안담당관 특별회계에 51.4억 원입니다. "
        "한 변은 예산현액, 다른 변은 집행률, 색칠한 넓이는 집행액(958.4억 원)입니다."
    )


def test_a_department_against_the_pace():
    assert sentences.department_lead(summary_of(SECURITY), SECURITY) == (
        '<span>예산현액 337.2억 원 가운데 <span class="nb"><b>56.5%</b>를</span> 집행(원인행위)해 진도선보다 <b>9.5%p</b> 뒤처집니다.</span>'
    )


def test_a_department_on_the_pace():
    even = row("가", 365_000_000, committed=241_000_001)
    assert sentences.department_lead(summary_of(even), even).endswith(
        "집행(원인행위)해 <b>진도선과 같습니다.</b></span>"
    )


def test_without_execution_the_budget_is_said():
    assert (
        sentences.lead(summary_of(row("가", 143_204_842)))
        == "<span>예산현액은 <b>1,432.0억 원</b>이고, 집행액은 이 자료에 없습니다.</span>"
    )
    assert sentences.table_sentence(BOOK) == "집행액은 이 자료에 없습니다."
    assert sentences.missing_sentence(BOOK) == "크기는 예산현액입니다. 집행액은 이 자료에 없습니다."
    assert sentences.remainder_sentence(BOOK) == ""
    assert sentences.change_sentence(BOOK) == "2021 최종예산은 이 자료에 없습니다."


@pytest.mark.parametrize(
    "departments",
    [
        (CENTER, SECURITY),  # of two departments the two largest are all
        (
            row("가", 10, committed=10),
            row("나", 10, committed=10),
            row("다", 10, committed=5),
        ),  # one alone has money left
        (row("가", 10, committed=10), row("나", 10, committed=10), row("다", 10, committed=10)),
    ],
)
def test_where_the_rest_lies_is_said_only_where_it_tells_something(departments):
    assert sentences.remainder_sentence(summary_of(*departments)) == ""


def test_names_in_sentences_are_escaped():
    odd = row("<b>가</b>", 1_000_000_000, committed=0)
    assert "&lt;b&gt;가&lt;/b&gt;와" in sentences.remainder_sentence(summary_of(odd, CENTER, BIG_DATA))


def test_all_on_or_above_the_pace():
    assert sentences.table_sentence(summary_of(BIG_DATA, ARCHIVES)) == "2개 부서가 모두 진도선 이상입니다."
    assert sentences.missing_sentence(summary_of(BIG_DATA, ARCHIVES)) == (
        "진도선에 못 미치는 곳은 없습니다. 한 변은 예산현액, 다른 변은 집행률, 색칠한 넓이는 집행액(167.2억 원)입니다."
    )


def test_of_many_behind_the_two_with_the_most_missing_are_named():
    late = [
        row(name, 365_000_000, committed=committed)
        for name, committed in zip("가나다", (0, 41_000, 0), strict=True)
    ]
    assert sentences.missing_sentence(summary_of(*late)).startswith(
        "진도선까지 모자란 돈은 계산으로 7,229.6억 원이고, 가에 2,410.0억 원, 다에 2,410.0억 원 등입니다."
    )


@pytest.mark.parametrize(
    ("departments", "previous", "sentence"),
    [
        (
            [row("가", 80, 100), row("나", 60, 50)],
            ...,
            "2021 최종예산보다 1만 원 줄었고, 가장 많이 줄어든 곳은 가(△2만 원)입니다.",
        ),
        ([row("가", 90, 100), row("나", 60, 50)], ..., "2021 최종예산과 총액이 같습니다."),
        ([row("가", 100, 100)], ..., "2021 최종예산과 총액이 같습니다."),
        ([row("가", 100, 100), row("새 부서", 30)], 100, "2021 최종예산보다 3만 원 늘었습니다."),
        ([row("가", 95, 100), row("새 부서", 30)], 100, "2021 최종예산보다 3만 원 늘었습니다."),
    ],
)
def test_the_change_from_last_year(departments, previous, sentence):
    assert sentences.change_sentence(summary_of(*departments, previous=previous)) == sentence


def test_a_reader_of_a_later_day_is_told_the_day_of_the_figures(report):
    assert sentences.lead(report, date(2022, 12, 31)).startswith(
        "<span>2022. 8. 29. 기준 자료입니다.</span> <span>예산현액"
    )
    assert sentences.lead(report, date(2022, 8, 29)) == sentences.lead(report)


def test_english_says_whole_sentences_and_marks_names():
    with translation.override("en"):
        assert sentences.table_sentence(summary_of(BIG_DATA, ARCHIVES)) == (
            "All units (2) are at or above the pace line."
        )
        assert sentences.table_sentence(summary_of(BIG_DATA, CENTER)) == (
            "Of 2 units, 1 at or above the pace line and 1, with 75.9% of the budget, below it."
        )
        rest = sentences.remainder_sentence(summary_of(BIG_DATA, CENTER, ARCHIVES))
        assert (
            '</span> lies with <span lang="ko">데이터센터</span> and <span lang="ko">빅데이터담당관</span>.'
            in rest
        )


def test_a_snapshot_has_a_summary_for_each_language(seeded):
    snapshot = Snapshot.from_query(NOBODY, {})
    with translation.override("en"):
        assert execution.summary(snapshot).total.label == "Total"
    assert execution.summary(snapshot).total.label == "계"


def test_units_have_their_english_names_in_english(seeded):
    Department.objects.filter(slug="data-center").update(name_english="Data Center")
    snapshot = Snapshot.from_query(NOBODY, {})
    with translation.override("en"):
        labels = [row.label for row in execution.summary(snapshot).departments]
        assert "Data Center" in labels and "Data Center" in [unit.name for unit in summary(snapshot).units]
    assert "Data Center" not in [row.label for row in execution.summary(snapshot).departments]

from datetime import date

import pytest
from django.utils import translation

from core.models import ControlTotal
from departments.models import Department, JobSeries
from departments.staffing import figure, lead, places_sentence, summarize, table, vacancy_sentence
from seoul_digital.lib.tables import Cell
from tests.factories import plain_staffing as row

BUREAU = Department(pk=1, slug="bureau", name="디지털정책관", kind="bureau")
CENTER = Department(pk=2, slug="data-center", name="데이터센터", kind="office")
BIG_DATA = Department(pk=3, slug="big-data", name="빅데이터담당관", kind="division")
ARCHIVES = Department(pk=4, slug="seoul-archives", name="서울기록원", kind="office")


SERIES = [
    JobSeries(pk=number, name=name, order=number)
    for number, name in enumerate(["일반직", "임기제", "관리운영직", "별정직"], 1)
]


def summary_of(rows, totals):
    return summarize(rows, totals, SERIES)


def total(measure, value, subject=""):
    return ControlTotal(measure=measure, value=value, subject=subject, printed=str(value))


CENTER_ROW = row(CENTER, 69, 51, 9, 3)
BIG_DATA_ROW = row(BIG_DATA, 28, 23, 5, 1)
ARCHIVES_ROW = row(ARCHIVES, 24, 20, 3)
STAFF = summary_of([CENTER_ROW, BIG_DATA_ROW, ARCHIVES_ROW], [])


def test_sums_over_the_units():
    assert (STAFF.total.authorized, STAFF.total.headcount, STAFF.total.shortage) == (121, 115, 6)
    assert summary_of([], []) is None


def test_the_printed_total_wins_and_shows_what_it_adds_up_to():
    staff = summary_of(
        [CENTER_ROW], [total("authorized", 70), total("variance", -6), total("headcount", 62, "data-center")]
    )
    assert staff.total.cell("authorized") == Cell(70, computed=69, warn=True)
    assert staff.total.cell("variance") == Cell(-6)
    assert staff.of(CENTER).cell("headcount") == Cell(62, computed=63, warn=True)


def test_a_bureau_has_the_total_and_an_unknown_unit_nothing():
    assert STAFF.of(BUREAU) == STAFF.total
    assert STAFF.of(CENTER).headcount == 63
    assert STAFF.of(Department(slug="team", kind="team")) is None


def test_the_table_has_the_columns_of_the_report():
    shown = table(STAFF, date(2022, 8, 29), lambda slug: f"/departments/{slug}/")
    assert [column.full_label for column in shown.columns] == [
        "구분",
        "정원",
        "현원",
        "과부족",
        "직종별 현원 소계",
        "직종별 현원 일반직",
        "직종별 현원 임기제",
        "직종별 현원 관리운영직",
    ]
    rows = [[cell.text for cell in one.cells] for one in shown.body]
    assert rows[0] == ["계", "121", "115", "△6", "115", "94", "17", "4"]
    assert rows[1] == ["데이터센터", "69", "63", "△6", "63", "51", "9", "3"]
    assert rows[3] == ["서울기록원", "24", "23", "△1", "23", "20", "3", "-"]
    assert [one.href for one in shown.rows] == [
        "",
        "/departments/data-center/",
        "/departments/big-data/",
        "/departments/seoul-archives/",
    ]


def test_without_staff_the_table_is_empty():
    assert table(None, None, str).rows == []


def figure_of(staff):
    return figure(staff, date(2022, 8, 29), lambda slug: f"/departments/{slug}/")


def test_the_figure_has_a_mark_for_each_place():
    chart = figure_of(STAFF)
    assert chart.title == "121자리 가운데 7자리가 비었고, 1명이 더 있습니다"
    assert chart.summary.endswith("빅데이터담당관(+1)입니다. 표지 하나는 한 자리입니다.")
    assert chart.details == "table-staffing"
    _, *series, empty, _ = chart.build().data
    assert [len(trace.x) for trace in series] == [94, 17, 4]
    assert len(empty.x) == 7


def test_the_figure_says_a_units_staff_on_hover_and_leads_to_it():
    drawn = figure_of(STAFF).build()
    assert drawn.data[0].customdata[0] == (
        "데이터센터<br>정원 69명, 현원 63명, 과부족 △6<br>일반직 51명, 임기제 9명, 관리운영직 3명"
    )
    assert [row["href"] for row in drawn.layout.meta["rows"]][0] == "/departments/data-center/"


def test_the_figure_of_many_says_how_many_places_a_mark_is():
    chart = figure_of(summary_of([row(CENTER, 700, 690, 8)], []))
    assert chart.summary.endswith("표지 하나는 10자리이고, 남는 자리는 작게 그렸습니다.")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([ARCHIVES_ROW], "24자리 가운데 1자리가 비었습니다"),
        ([row(CENTER, 10, 10)], "10자리가 모두 찼습니다"),
        ([row(CENTER, 10, 12)], "10자리가 모두 찼고, 2명이 더 있습니다"),
    ],
)
def test_how_many_places_are_empty(rows, sentence):
    assert places_sentence(summary_of(rows, [])) == sentence


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [CENTER_ROW, BIG_DATA_ROW, ARCHIVES_ROW],
            "2개 부서에 결원이 7명 있고, 가장 많은 곳은 데이터센터(△6)입니다. 정원보다 현원이 많은 곳은 빅데이터담당관(+1)입니다.",
        ),
        ([ARCHIVES_ROW], "결원은 서울기록원에만 1명 있습니다."),
        ([row(CENTER, 10, 10)], "모든 부서가 정원을 채웠습니다."),
    ],
)
def test_where_the_vacancies_are(rows, sentence):
    assert vacancy_sentence(summary_of(rows, [])) == sentence


@pytest.mark.parametrize(
    ("authorized", "general", "sentence"),
    [
        (
            266,
            258,
            '<span>디지털정책관은 6담당관 2사업소에 정원 266명, 현원 258명으로 <span class="nb"><b>8명</b>이</span> 모자랍니다.</span>',
        ),
        (
            28,
            29,
            '<span>디지털정책관은 6담당관 2사업소에 정원 28명, 현원 29명으로 <span class="nb"><b>1명</b>이</span> 더 많습니다.</span>',
        ),
        (
            35,
            35,
            "<span>디지털정책관은 6담당관 2사업소에 정원 35명, 현원 35명으로 정원과 현원이 같습니다.</span>",
        ),
    ],
)
def test_the_leading_sentence(authorized, general, sentence):
    count = summary_of([row(CENTER, authorized, general)], []).total
    assert lead("디지털정책관", "6담당관 2사업소", count) == sentence


def test_the_leading_sentence_of_a_unit_without_structure():
    assert lead("서울기록원", "", STAFF.of(ARCHIVES)).startswith(
        "<span>서울기록원은 정원 24명, 현원 23명으로"
    )


def test_english_says_whole_sentences_and_marks_names():
    staff = summary_of([CENTER_ROW, BIG_DATA_ROW, ARCHIVES_ROW], [])
    with translation.override("en"):
        assert places_sentence(staff) == "121 posts: 7 vacant, 1 above the authorised number"
        assert lead("데이터센터", "2과", staff.of(CENTER)) == (
            '<span><span lang="ko">데이터센터</span> (<span lang="ko">2과</span>) has 63 people in post and '
            '69 people authorised: <span class="nb"><b>6 people</b> short</span>.</span>'
        )
        assert vacancy_sentence(staff) == (
            '2 units have 7 vacancies, the most in <span lang="ko">데이터센터</span> (−6). '
            'More staff in post than authorised: <span lang="ko">빅데이터담당관</span> (+1).'
        )
        assert [cell.text for cell in next(table(staff, None, str).body).cells][:2] == ["Total", "121"]

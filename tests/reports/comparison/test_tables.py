"""The cells, notes and tables of a comparison, by plain values."""

from datetime import date

import pytest

from core.unit_matches import Match
from reports.comparison.changes import Counts, FieldChange, FigureChange, Kind
from reports.comparison.section import Section
from reports.comparison.tables import (
    ComparedDates,
    diff_table,
    field_table,
    figure_cells,
    hidden_note,
    succession_notes,
    summary_table,
)
from reports.comparison.text import diff_outlines
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import Column, Row, Table, as_cell
from tests.reports.plain import succession

DATES = ComparedDates(date(2020, 1, 31), date(2022, 8, 29))


def values(row):
    return [as_cell(cell).value for cell in row.cells]


def test_dates_head_the_columns():
    columns = DATES.columns("count", "signed", "정원")
    assert [(column.label, column.kind, column.group) for column in columns] == [
        ("’20. 1. 31.", "count", "정원"),
        ("’22. 8. 29.", "count", "정원"),
        ("차이", "signed", "정원"),
    ]


def test_table_bears_both_dates_and_no_empty_note():
    table = DATES.table("staffing", "인력", [], [], unit="명", notes=["", "※ 참고"])
    assert (table.since, table.as_of, table.unit) == (date(2020, 1, 31), date(2022, 8, 29), "명")
    assert table.notes == ["※ 참고"]


@pytest.mark.parametrize(
    ("same", "what", "counter", "note"),
    [
        (5, "부서", "곳", "그대로인 부서 5곳은 뺐습니다."),
        (1, "과목", "개", "그대로인 과목 1개는 뺐습니다."),
        (0, "부서", "곳", ""),
    ],
)
def test_hidden_note_counts_what_stayed_the_same(same, what, counter, note):
    assert hidden_note(same, what, counter) == note


def test_figure_cells_of_both_sides_have_a_difference():
    cells = figure_cells(FigureChange(ReportedFigure(69), ReportedFigure(72)))
    assert [cell.value for cell in cells] == [69, 72, 3]


def test_figure_cells_of_what_is_not_there_have_no_difference():
    added = figure_cells(FigureChange(None, ReportedFigure(7)), Kind.ADDED)
    removed = figure_cells(FigureChange(ReportedFigure(7)), Kind.REMOVED)
    assert [cell.value for cell in added] == ["없음", 7, "새로 생김"]
    assert [cell.value for cell in removed] == [7, "없음", "없어짐"]


def test_figure_cells_of_the_unknown_stay_empty():
    cells = figure_cells(FigureChange(ReportedFigure(), ReportedFigure(7)))
    assert [cell.value for cell in cells] == [None, 7, None]


def test_figure_that_only_one_report_prints_is_set_aside_and_shown_below():
    figure = FigureChange(ReportedFigure(143_204_842_000, 150_000_000_000), ReportedFigure(46_706_678_000))
    cells = figure_cells(figure)
    assert [cell.value for cell in cells] == [143_204_842_000, 46_706_678_000, -96_498_164_000]
    columns = [Column("구분"), *DATES.columns("thousand", "signed_thousand", "2022 예산현액")]
    assert DATES.table("expenditure", "세출", columns, [Row(["계", *cells])]).notes == [
        "※ 한쪽 보고에만 적힌 값은 견주지 않고, 계산한 값끼리 견주었습니다: "
        "계 2022 예산현액 ’20. 1. 31. 원문 150,000,000 ≠ 계산 143,204,842."
    ]


def test_figures_that_agree_or_that_both_reports_print_are_not_set_aside():
    rounded = FigureChange(ReportedFigure(10, 11, terms=2), ReportedFigure(12))
    both = FigureChange(ReportedFigure(10, 20), ReportedFigure(12, 13))
    columns = [Column("구분"), *DATES.columns("count", "signed")]
    rows = [Row(["계", *figure_cells(figure)]) for figure in (rounded, both)]
    assert DATES.table("staffing", "인력", columns, rows).notes == []


def test_succession_note_tells_which_units_are_one_line():
    old, new = {"smart-city": "스마트도시담당관"}, {"digital-policy": "디지털정책담당관"}
    became = Match(old, new, (succession("smart-city", "digital-policy", note="이름에서 읽음"),))
    unexplained = Match(old, new, (succession("smart-city", "digital-policy"),))
    begins = "※ ‘스마트도시담당관 → 디지털정책담당관’은 이어진 부서로 보고 한 줄로 견주었습니다"
    assert succession_notes([None, Match(old, old), became, unexplained]) == [
        f"{begins}(이름에서 읽음).",
        f"{begins}(부서 승계).",
    ]


def test_field_table_says_what_is_not_there():
    table = field_table(
        "cover", "표지", [FieldChange("제목", "업무보고", ""), FieldChange("회기", "", "제314회")], DATES
    )
    assert [values(row) for row in table.rows] == [["제목", "업무보고", "없음"], ["회기", "없음", "제314회"]]


def test_diff_table_has_a_row_for_each_line_that_differs():
    diff = diff_outlines("개요", "ㅇ 하나\nㅇ 공유기 12대 설치\nㅇ 둘", "ㅇ 하나\nㅇ 공유기 15대 설치")
    table = diff_table("texts", "글", "사업", [("공공와이파이", diff)], DATES)
    assert [column.label for column in table.columns] == ["사업", "글", "변화", "’20. 1. 31.", "’22. 8. 29."]
    assert [values(row) for row in table.rows] == [
        ["공공와이파이", "개요", "고침", "ㅇ 공유기 12대 설치", "ㅇ 공유기 15대 설치"],
        ["공공와이파이", "개요", "삭제", "ㅇ 둘", ""],
    ]


def test_summary_leads_to_sections_that_changed():
    filled = Table("staffing", "인력", [Column("부서")], [Row(["데이터센터"])])
    changed = Section("staff", "인력", counts=Counts(changed=1, same=9), tables=[filled], days=(date(2020, 1, 31), date(2022, 8, 29)))  # fmt: skip
    same = Section("duties", "주요업무", counts=Counts(same=4), days=(date(2022, 8, 29), date(2022, 8, 29)))
    missing = Section("vision", "비전", missing="자료가 없습니다.")
    table = summary_table([changed, same, missing], DATES)
    assert [values(row) for row in table.rows] == [
        ["인력", 0, 0, 1, 9, date(2020, 1, 31), date(2022, 8, 29)],
        ["주요업무", 0, 0, 0, 4, date(2022, 8, 29), date(2022, 8, 29)],
    ]
    assert [row.cells[0].href for row in table.rows] == ["#staff", ""]

from reports.chapters.duties.data import DutiesRow
from reports.workbook import to_xlsx
from tests.reports.books import opened
from tests.reports.plain import park_report


def test_duties_stand_below_each_other_beside_their_unit():
    duties = (DutiesRow("parks", "공원담당관", ("나무 심기", "호수 관리")), DutiesRow("none", "빈 과", ()))
    sheet = opened(to_xlsx(park_report(duties=duties)))["주요업무"]
    assert [[cell.value for cell in row] for row in sheet["A3:B6"]] == [
        ["부서(기관)별", "주요업무"],
        ["공원담당관", "나무 심기"],
        [None, "호수 관리"],
        [None, None],
    ]
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A4:A5"}

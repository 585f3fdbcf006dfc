from dataclasses import replace

from reports.chapters.organisation.data import UnitCount
from reports.workbook import to_xlsx
from tests.reports.books import opened, row_of, words
from tests.reports.plain import park_report, unit


def test_units_stand_under_the_one_above_and_are_counted_live():
    bureau = replace(unit("park-bureau", "공원국", "bureau", "", "국"), note="19과")
    units = (bureau, unit("parks", "공원담당관", parent="park-bureau"))
    counts = (UnitCount("division", "담당관", 2, "2담당관"),)
    report = park_report(units=units, unit_counts=counts)
    sheet = opened(to_xlsx(report))["조직"]
    assert words(row_of(sheet, "공원담당관")) == ["공원담당관", "담당관", "공원국", None]
    assert words(row_of(sheet, "공원국"))[3] == "19과"
    counted = row_of(sheet, "담당관")
    assert words(counted) == ["담당관", 2, f"=COUNTIF(B$4:B$5,A{counted[0].row})", "2담당관"]
    cached = opened(to_xlsx(report), data_only=True)["조직"]
    assert row_of(cached, "담당관")[2].value == 1


def test_report_without_units_has_no_such_sheet():
    assert "조직" not in opened(to_xlsx(park_report())).sheetnames

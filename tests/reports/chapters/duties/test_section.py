"""What changed in the duties, unit by unit."""

from datetime import date

from reports.chapters.duties import section
from reports.chapters.duties.data import DutiesRow
from reports.comparison.compare import compare
from reports.comparison.tables import ComparedDates
from tests.reports.plain import two, unit

DATES = ComparedDates(date(2022, 3, 31), date(2022, 9, 30))


def test_units_whose_duties_differ_are_shown():
    units = (unit("parks", "공원과"), unit("lakes", "호수과"))
    before = (DutiesRow("parks", "공원과", ("나무 심기",)), DutiesRow("lakes", "호수과", ("물 관리",)))
    after = (DutiesRow("parks", "공원과", ("나무 심기", "꽃 심기")), before[1])
    found = section.section(compare(*two("duties", before, after, units=units)).changes["duties"], DATES)
    assert [group.title for group in found.diffs] == ["공원과"]
    (table,) = found.files
    assert [row.cells for row in table.rows] == [["공원과", "공원과", "추가", "", "꽃 심기"]]

"""Staff of the seeded report; expected values are the report's own."""

from seoul_digital.lib.reported import ReportedFigure
from tests.reports.plain import by_slug


def test_staff(report):
    total = report.chapters["staffing"].total
    assert [total.authorized.shown, total.headcount.shown, total.variance.shown] == [266, 258, -8]
    data_center = by_slug(report.chapters["staffing"].units)["data-center"]
    assert data_center.name == "데이터센터"
    assert [(one.name, one.count.shown) for one in data_center.series] == [
        ("일반직", 51),
        ("임기제", 9),
        ("관리운영직", 3),
    ]
    assert data_center.headcount == ReportedFigure(63, 63)

"""Revenue of the seeded report; expected values are the report's own."""

from seoul_digital.lib.reported import ReportedFigure
from tests.reports.plain import by_slug


def test_revenue_with_what_is_printed_otherwise(report):
    rows = by_slug(report.chapters["revenue"].rows)
    assert (report.chapters["revenue"].fiscal_year, len(rows)) == (2022, 19)
    assert (rows[""].name, rows[""].current.shown, rows[""].previous.shown) == (
        "계",
        17_370_899_000,
        16_817_627_000,
    )
    temporary = rows["temporary-non-tax-revenue"]
    assert temporary.current == ReportedFigure(5_878_506_000, 954_794_000, 5, 1_000)
    assert (temporary.level, temporary.parent, temporary.is_leaf) == (2, "non-tax-revenue", False)
    assert rows["public-property-rent"].is_leaf
    assert [row.name for row in report.chapters["revenue"].rows if row.rate.shown == "순증"] == [
        "주차요금수입",
        "자체보조금등반환수입",
    ]

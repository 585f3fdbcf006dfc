"""Indicators of the seeded report; expected values are the report's own."""

from decimal import Decimal

from seoul_digital.lib.periods import PartialDate
from tests.reports.plain import by_slug


def test_indicators(report):
    aps = by_slug(report.chapters["indicators"].indicators)["public-wifi-ap"]
    (said,) = aps.series
    assert (said.on, said.value, said.printed, aps.parts_add_up) == (
        PartialDate(2022, 7, 1),
        Decimal(28006),
        "28,006대",
        True,
    )
    fixed = by_slug(report.chapters["indicators"].indicators)["public-wifi-ap-fixed"]
    assert (fixed.parent, fixed.level, fixed.project) == ("public-wifi-ap", 1, "public-wifi")
    others = [
        (one.name, [(other.printed, other.value) for said in one.series for other in said.others])
        for one in report.chapters["indicators"].indicators
    ]
    assert {printed for _, told in others for printed, _ in told} == {"20배"}
    assert sum(len(one.targets) for one in report.chapters["indicators"].indicators) == 5

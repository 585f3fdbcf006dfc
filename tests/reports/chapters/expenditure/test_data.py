"""Expenditure of the seeded report; expected values are the report's own."""

from decimal import Decimal
from fractions import Fraction

from seoul_digital.lib.reported import ReportedFigure


def test_expenditure(report):
    total, *rows = report.chapters["expenditure"].rows
    assert (report.chapters["expenditure"].fiscal_year, report.chapters["expenditure"].pace) == (
        2022,
        Fraction(241, 365),
    )
    assert (total.current.shown, total.executed) == (
        143_204_842_000,
        ReportedFigure(95_839_631_000, 95_839_632_000, 9, 1_000),
    )
    assert total.execution_rate.printed == Decimal("66.90")
    security = [(row.name, row.account, row.executed.shown) for row in rows if row.slug == "ict-security"]
    assert security == [
        ("정보통신보안담당관", "", 19_056_893_000),
        ("일반회계", "general", 17_088_618_000),
        ("특별회계", "special", 1_968_275_000),
    ]
    assert report.chapters["expenditure"].notes == (
        "※ ´22년 당초예산 + 이월액 + 이체 = ´22년 예산현액",
        "※ 집행액은 원인행위 기준",
    )

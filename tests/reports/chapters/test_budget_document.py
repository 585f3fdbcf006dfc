"""The texts that the two tables of money share."""

from decimal import Decimal
from fractions import Fraction

import pytest

from reports.chapters.budget_document import rate_text
from seoul_digital.lib.reported import ReportedFigure, reported_rate

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


@pytest.mark.parametrize(
    ("rate", "printed"),
    [
        (reported_rate(Fraction(2, 3), Decimal("0.60")), "0.6%"),
        (reported_rate(Fraction(200, 3)), "66.7%"),
        (reported_rate("순증"), "순증"),
        (ReportedFigure(), "-"),
    ],
)
def test_rate_text(rate, printed):
    assert rate_text(rate) == printed

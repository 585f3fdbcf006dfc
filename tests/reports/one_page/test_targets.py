"""Targets and the last values."""

from fractions import Fraction

import pytest

pytestmark = pytest.mark.django_db  # the seeded report


def test_targets_of_the_seeded_report(sheet):
    assert sheet.targets_title == "목표 5개"
    assert sheet.targets[0].share == Fraction(270, 7393) and sheet.targets[1].share is None

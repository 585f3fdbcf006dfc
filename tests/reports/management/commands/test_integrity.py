"""Findings in a terminal: in lines, or as JSON for programs."""

import json
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from core.integrity import Finding, Level
from reports.findings import Explained
from reports.management.commands.integrity import as_json, as_text

WRONG = Finding(
    "staffing.sum",
    Level.ERROR,
    "데이터센터",
    "현원 = 합",
    99,
    38,
    "명",
    hint="다시 세십시오.",
    app="departments",
)


def test_line_has_both_numbers_and_what_to_do():
    assert as_text([Explained(WRONG)], [Explained(WRONG)]).splitlines()[:2] == [
        "[오류] 데이터센터: 현원 = 합 적힌 값 99, 계산한 값 38, 차이 △61 (명)",
        "  다시 세십시오.",
    ]


def test_line_ends_with_the_explanation():
    explained = Explained(WRONG, SimpleNamespace(reason="파견 포함"))
    assert as_text([explained], [explained]).splitlines()[0].endswith("(명) [설명: 파견 포함]")


def test_json_has_plain_numbers():
    found = Finding("x", Level.INFO, "세출", "집행률", Decimal("66.9"), Fraction(669, 10), "%")
    (entry,) = json.loads(as_json([Explained(found)]))
    assert (entry["printed"], entry["computed"], entry["difference"]) == (66.9, 66.9, 0)
    assert (entry["level"], entry["explanation"]) == (Level.INFO.value, None)


def test_date_that_is_none_is_told(db):
    with pytest.raises(CommandError, match="기준일"):
        call_command("integrity", "--as-of", "어제")

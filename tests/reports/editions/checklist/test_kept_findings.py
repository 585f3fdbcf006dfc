"""Findings as they are kept with a published edition."""

from datetime import UTC, datetime
from fractions import Fraction
from types import SimpleNamespace

from core.integrity import Finding, Level
from reports.editions.checklist.kept_findings import from_json, to_json
from reports.findings import Explained

WRONG = Finding(
    "staffing.headcount/a",
    Level.ERROR,
    "과",
    "현원 = 합",
    printed=Fraction(7, 2),
    computed=3,
    unit="명",
    url="/x/",
)


def test_what_was_found_and_said_of_it_comes_back():
    said = SimpleNamespace(
        reason="파견 포함",
        explained_by=SimpleNamespace(display_name="김하나"),
        explained_at=datetime(2022, 11, 2, tzinfo=UTC),
    )
    holds = Finding("a/b", Level.HOLDS, "과", "맞음")
    kept = from_json(to_json([Explained(WRONG, said), Explained(holds)]))
    (row,) = kept.found
    assert kept.summary == "점검한 식 2개 가운데 1개가 맞고, 오류 1건이 있습니다."
    assert (row.finding.difference, row.finding.level, row.finding.url) == (Fraction(-1, 2), Level.ERROR, "")
    assert (row.explanation.reason, row.explanation.explained_by.display_name) == ("파견 포함", "김하나")
    assert row.explanation.explained_at == datetime(2022, 11, 2, tzinfo=UTC)


def test_an_edition_that_kept_nothing_has_none():
    assert from_json("").found == ()

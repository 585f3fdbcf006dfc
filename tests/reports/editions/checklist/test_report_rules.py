"""Rules on what the report says, each with the findings that are its own; test_rules.py trips each in a whole edition."""

from types import SimpleNamespace

import pytest

from core.integrity import Finding, Level
from reports.editions.checklist import report_rules
from reports.findings import Explained

REASON = SimpleNamespace(reason="파견 포함")


def explained(key, level=Level.WARNING, explanation=None, **fields):
    return Explained(Finding(key, level, "인력", "현원 = 합", **fields), explanation)


def prepared(*findings, errors=()):
    collection = SimpleNamespace(findings=list(findings))
    return SimpleNamespace(edition=SimpleNamespace(pk=3), collection=collection, errors=list(errors))


@pytest.mark.parametrize(
    ("rule", "key"),
    [
        (report_rules.warnings, "staffing.sum"),
        (report_rules.checks_vanished, report_rules.VANISHED + "x"),
        (report_rules.numbers_unaccounted, report_rules.UNBOUND + "x"),
        (report_rules.numbers_stale, report_rules.STALE + "x"),
    ],
)
def test_each_warning_stands_under_one_rule(rule, key):
    rules = (
        report_rules.warnings,
        report_rules.checks_vanished,
        report_rules.numbers_unaccounted,
        report_rules.numbers_stale,
    )
    found = prepared(explained(key))
    assert [other for other in rules if list(other(found))] == [rule]


def test_explained_warnings_are_no_longer_open():
    assert list(report_rules.warnings(prepared(explained("staffing.sum", explanation=REASON)))) == []


def test_errors_explained_are_printed_with_their_reason():
    found = prepared(
        explained("a", Level.ERROR, REASON, printed=99, computed=38, unit="명"), explained("b", Level.ERROR)
    )
    assert [item.words for item in report_rules.errors_explained(found)] == [
        "인력: 현원 = 합 (적힌 값 99명, 계산한 값 38명) 설명: 파견 포함"
    ]


def test_errors_of_sources_leave_out_those_of_the_edition():
    own, other = explained("a", Level.ERROR), explained("b", Level.ERROR, hint="")
    found = prepared(own, other, explained("c"), errors=[own])
    assert len(list(report_rules.errors(found))) == 1
    assert len(list(report_rules.errors_of_sources(found))) == 1


def test_glyphs_that_no_font_has_are_listed_once():
    found = list(report_rules.glyphs(SimpleNamespace(edition=SimpleNamespace(pk=3), texts=["가😀", "😀나"])))
    assert [item.words for item in found] == ["😀"]


def test_chapters_lost_are_those_of_the_report_before():
    now, before = (
        SimpleNamespace(chapters={"staffing": 1}),
        SimpleNamespace(chapters={"staffing": 1, "vision": 1}),
    )
    edition = SimpleNamespace(pk=3)
    lost = report_rules.chapters_lost(SimpleNamespace(edition=edition, report=now, before=before))
    assert [item.words for item in lost] == ["‘비전·전략’ 장에 실을 자료가 없습니다"]
    assert list(report_rules.chapters_lost(SimpleNamespace(edition=edition, report=now, before=None))) == []

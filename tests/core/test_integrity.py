from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from core import integrity
from core.data_version import Memory
from core.integrity import Finding, Level
from core.models import Source
from core.snapshot import Snapshot
from departments.models import Duty, Staffing
from tests.factories import NOBODY, snapshot_of

ABOUT = {"id": "x", "subject": "계", "formula": "계 = 합"}


def test_a_sum_holds_differs_by_rounding_or_is_wrong():
    assert integrity.sum_holds(10, 10, terms=3, **ABOUT).level is Level.HOLDS
    rounding = integrity.sum_holds(95_839_632, 95_839_631, terms=9, **ABOUT)
    assert (rounding.level, rounding.difference) == (Level.INFO, -1)
    assert rounding.hint == "단수 차이입니다. 고치지 않아도 됩니다."
    wrong = integrity.sum_holds(954_794, 5_878_506, terms=5, **ABOUT)
    assert (wrong.level, wrong.difference) == (Level.ERROR, 4_923_712)


def test_the_tolerance_is_half_a_unit_a_term():
    assert integrity.sum_holds(100, 101, terms=4, **ABOUT).level is Level.INFO
    doubtful = integrity.sum_holds(100, 102, terms=4, **ABOUT)
    assert (doubtful.level, doubtful.hint) == (
        Level.WARNING,
        "단수 차이로 보기에는 큽니다. 더한 값을 하나씩 확인하십시오.",
    )
    assert integrity.sum_holds(100, 103, terms=4, **ABOUT).level is Level.ERROR
    assert integrity.sum_holds(100, 101, **ABOUT).level is Level.ERROR


def test_a_rate_is_rounded_once_to_one_decimal():
    assert integrity.rate_holds(Decimal("66.9"), Fraction(6692, 100), **ABOUT).level is Level.HOLDS
    assert integrity.rate_holds(Decimal("66.9"), Fraction(6696, 100), **ABOUT).level is Level.ERROR
    assert integrity.rate_holds(Decimal("0.0"), Fraction(-4, 100), **ABOUT).level is Level.HOLDS
    assert integrity.rate_holds(Decimal("34.0"), Fraction(-34), **ABOUT).level is Level.ERROR
    assert integrity.rate_holds(Decimal("34.0"), None, **ABOUT).level is Level.ERROR


def test_a_condition_fails_at_its_own_level():
    assert integrity.condition_holds(True, **ABOUT).level is Level.HOLDS
    assert integrity.condition_holds(False, **ABOUT).level is Level.ERROR
    assert integrity.condition_holds(False, otherwise=Level.WARNING, **ABOUT).level is Level.WARNING


def test_the_fingerprint_changes_with_the_numbers_only():
    finding = Finding(level=Level.ERROR, printed=200, computed=20, **ABOUT)
    same = Finding(level=Level.ERROR, printed=200, computed=20, hint="다른 말", **ABOUT)
    other = Finding(level=Level.ERROR, printed=200, computed=21, **ABOUT)
    assert finding.fingerprint == same.fingerprint != other.fingerprint


def test_nothing_is_subtracted_from_nothing():
    assert Finding(level=Level.ERROR, printed=1, **ABOUT).difference is None


def test_checks_run_by_the_scopes_that_they_read_and_errors_come_first(monkeypatch, seeded):
    snapshot = Snapshot.from_query(NOBODY, {})
    monkeypatch.setattr(integrity, "_checks", [])

    @integrity.register_check("one", scope="staffing")
    def info(snapshot):
        yield Finding(level=Level.INFO, **{**ABOUT, "id": str(snapshot.as_of)})

    @integrity.register_check("two", "duties", "glossary")
    def error(snapshot):
        yield Finding(level=Level.ERROR, **{**ABOUT, "id": "broken"})

    assert [(finding.app, finding.id) for finding in integrity.run(snapshot)] == [
        ("two", "broken"),
        ("one", "2022-08-29"),
    ]
    assert [finding.app for finding in integrity.run(snapshot, ["staffing"])] == ["one"]
    assert [finding.app for finding in integrity.run(snapshot, ["glossary", "vision"])] == ["two"]
    assert integrity.count_by_level(integrity.run(snapshot)) == {
        Level.ERROR: 1,
        Level.WARNING: 0,
        Level.INFO: 1,
        Level.HOLDS: 0,
    }


@pytest.fixture
def runs(monkeypatch, seeded):
    """The snapshots that a check was run on; it says what is authorised in 데이터센터."""
    seen = []
    monkeypatch.setattr(integrity, "_checks", [])
    monkeypatch.setattr(integrity, "_remembered", Memory(2))
    monkeypatch.setattr(integrity, "_remembered_of_scopes", Memory(2))

    @integrity.register_check("departments", scope="staffing")
    def authorized(snapshot):
        seen.append(snapshot)
        source = snapshot.source("staffing")
        row = Staffing.objects.get(source=source, department__slug="data-center")
        yield Finding(level=Level.INFO, printed=row.authorized, **ABOUT)

    return seen


def test_findings_are_worked_out_once_for_a_version_of_the_data(runs):
    bureau = Source.objects.first().bureau
    first, again = (integrity.run_once(snapshot_of(bureau)) for _ in range(2))
    assert (len(runs), first) == (1, again)
    Staffing.objects.filter(department__slug="data-center").update(authorized=72)
    assert [finding.printed for finding in integrity.run_once(snapshot_of(bureau))] == [72]
    assert len(runs) == 2


def test_findings_of_another_choice_are_others(runs):
    snapshot = snapshot_of(Source.objects.first().bureau)
    integrity.run_once(snapshot)
    integrity.run_once(replace(snapshot, query={"bureau": "x"}, _cache={}))
    integrity.run_once(replace(snapshot, executed_after=snapshot.as_of, _cache={}))
    integrity.run_once(snapshot.at(snapshot.as_of, is_asked=not snapshot.is_asked))
    assert len(runs) == 4


def test_findings_that_are_remembered_are_few(runs):
    snapshot = snapshot_of(Source.objects.first().bureau)
    for number in (1, 2, 3, 1, 3):
        integrity.run_once(replace(snapshot, query={"page": str(number)}, _cache={}))
    assert (len(runs), len(integrity._remembered.kept)) == (4, 2)


def test_findings_of_sources_that_have_not_changed_are_recalled(runs):
    bureau = Source.objects.first().bureau
    integrity.run(snapshot_of(bureau))
    Duty.objects.filter(department__slug="data-center").update(text="ㅇ 새 업무")
    assert len(integrity.run(snapshot_of(bureau))) == 1
    assert len(runs) == 1


def test_findings_on_what_was_read_before_the_version_are_not_kept(runs):
    snapshot = snapshot_of(Source.objects.first().bureau)
    snapshot._cache["read"] = "earlier"
    integrity.run(snapshot)
    integrity.run(snapshot)
    assert (len(runs), integrity._remembered_of_scopes.kept) == (2, {})

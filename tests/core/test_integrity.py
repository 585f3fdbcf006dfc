from decimal import Decimal
from fractions import Fraction

from core import integrity
from core.integrity import Finding, Level

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


def test_checks_run_by_app_and_errors_come_first(monkeypatch):
    monkeypatch.setattr(integrity, "_checks", [])

    @integrity.register_check("one")
    def info(snapshot):
        yield Finding(level=Level.INFO, **{**ABOUT, "id": snapshot})

    @integrity.register_check("two", reads=["three"])
    def error(snapshot):
        yield Finding(level=Level.ERROR, **{**ABOUT, "id": "broken"})

    assert [(finding.app, finding.id) for finding in integrity.run("r")] == [("two", "broken"), ("one", "r")]
    assert [finding.app for finding in integrity.run("r", apps=["one"])] == ["one"]
    assert [finding.app for finding in integrity.run("r", apps=["three"])] == ["two"]
    assert integrity.count_by_level(integrity.run("r")) == {
        Level.ERROR: 1,
        Level.WARNING: 0,
        Level.INFO: 1,
        Level.HOLDS: 0,
    }

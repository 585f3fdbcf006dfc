import pytest

from core.audit import verification
from core.audit.verification import Discrepancy, register_verifier, verify


@pytest.mark.parametrize(
    ("discrepancy", "text"),
    [
        (Discrepancy("부서", "데이터센터", "다릅니다."), "부서 ‘데이터센터’: 다릅니다."),
        (Discrepancy("부서", "데이터센터", "다릅니다.", "이름"), "부서 ‘데이터센터’의 이름: 다릅니다."),
        (Discrepancy("업무", "가" * 61, "다릅니다."), f"업무 ‘{'가' * 60}…’: 다릅니다."),
    ],
    ids=["row", "field", "long"],
)
def test_discrepancy_in_a_sentence(discrepancy, text):
    assert str(discrepancy) == text


def test_verify_counts_as_it_goes(monkeypatch):
    monkeypatch.setattr(verification, "_verifiers", {})

    def units(verified):
        for name in ("하나", "둘"):
            verified.number += 1
            yield Discrepancy("부서", name, "없습니다.")

    register_verifier("부서", units)
    ((verified, found),) = verify()
    assert (verified.title, verified.number) == ("부서", 0)
    assert [discrepancy.name for discrepancy in found] == ["하나", "둘"]
    assert verified.number == 2

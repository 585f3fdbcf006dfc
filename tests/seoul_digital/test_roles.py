"""The six roles."""

from core.access.roles import all_roles


def test_the_roles_are_these():
    assert list(all_roles()) == ["열람", "간부", "부서 담당", "예산 담당", "기획 담당", "관리자"]

"""`manage.py verify` names what is not as it was written, and ends with 1."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from departments.models import Department
from tests.tampering import tamper


@pytest.fixture(autouse=True)
def chain_ends(settings, tmp_path):
    settings.CHAIN_ENDS = tmp_path / "chain"


def run():
    out, err = StringIO(), StringIO()
    call_command("verify", stdout=out, stderr=err)
    return out.getvalue()


def test_what_stands_as_it_was_written_is_said_with_the_end_of_the_chain(seeded):
    said = run()
    assert "모두 적힌 대로입니다." in said
    assert "기록 사슬의 끝: 제" in said
    assert "저장된 사실: " in said


def test_what_differs_is_named_and_ends_with_1(seeded):
    unit = Department.objects.get(slug="data-center")
    tamper(Department, unit.pk, name="딴 센터")
    err = StringIO()
    with pytest.raises(CommandError, match="적힌 대로가 아닌 것이 1건") as error:
        call_command("verify", stdout=StringIO(), stderr=err)
    assert error.value.returncode == 1
    assert err.getvalue().startswith(
        "부서 ‘데이터센터’의 이름: 바뀐 내역에는 ‘데이터센터’, 지금은 ‘딴 센터’입니다."
    )

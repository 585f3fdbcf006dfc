"""`seed` says what it did."""

from io import StringIO

import pytest
from django.core.management import call_command

from core.models import Source
from tests.core.test_seeding import REPORT

pytestmark = pytest.mark.engine


def test_the_command_says_what_it_did(seeded):
    output = StringIO()
    call_command("seed", stdout=output)
    assert output.getvalue() == "새로 넣을 자료가 없습니다.\n"
    Source.objects.get(slug=f"{REPORT}/staffing").delete()
    output = StringIO()
    call_command("seed", stdout=output)
    assert (
        output.getvalue()
        == "자료 1건을 넣었습니다.\n인력 8건을 넣었습니다.\n직종별 현원 24건을 넣었습니다.\n원문의 합계 22건을 넣었습니다.\n"
    )

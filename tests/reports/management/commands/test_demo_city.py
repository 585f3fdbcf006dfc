"""`manage.py demo_city`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from budgets.models import BudgetFigure
from departments.models import User


def test_a_city_of_a_given_size(seeded):
    out = StringIO()
    call_command("demo_city", bureaus=2, divisions=1, years=1, figures=24, pages=2, stdout=out)
    assert "2/2 대변인: 예산액 24줄" in out.getvalue()
    assert "시범 도시를 만들었습니다: 예산액 24줄." in out.getvalue()
    assert BudgetFigure.objects.filter(source__slug__startswith="demonstration-city/").count() == 24


@pytest.mark.parametrize(
    "sizes", [{"bureaus": 1}, {"divisions": 41}, {"years": 0}, {"figures": 0}, {"pages": 0}]
)
def test_a_size_that_makes_no_city_is_refused(seeded, sizes):
    with pytest.raises(CommandError, match="국·정책관은 둘부터"):
        call_command("demo_city", **sizes)


def test_a_database_in_use_is_refused(seeded):
    User.objects.create(username="planner")
    with pytest.raises(CommandError, match="자료가 이미 있는 데이터베이스입니다"):
        call_command("demo_city", bureaus=2, divisions=1)

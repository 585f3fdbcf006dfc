"""Who changes something, why, and whether it leaves a record: for what is done inside alone."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest

from core.audit import context
from core.management.commands.shell import Operator
from departments.models import User

HANA = User(pk=1, username="hana")


def test_change_reason_is_one_line_and_not_too_long():
    with context.change_reason("  정원\n조정  "):
        assert context.current_reason() == "정원 조정"
    with context.change_reason("가" * 1_000):
        assert len(context.current_reason()) == 1_000
    with pytest.raises(BadRequest), context.change_reason("가" * 1_001):
        pass
    assert context.current_reason() == ""


def test_acting_names_the_user_and_is_one_act():
    outside = context.current_act()
    with context.acting(lambda: HANA):
        inside = context.current_act()
        assert context.current_user() == HANA
        assert context.current_act() is inside
    assert inside.id != outside.id
    assert context.current_act() is outside


def test_nobody_is_who_has_not_signed_in():
    with context.acting(AnonymousUser):
        assert context.current_user() is None
    assert context.current_user() is None


def test_whoever_is_no_user_acts_by_name_alone():
    operator = Operator("kim (서버 셸)")
    with context.acting(lambda: operator):
        assert context.current_actor() == operator
        assert context.current_user() is None


def test_history_disabled_ends_with_an_error_too():
    assert not context.is_disabled()
    try:
        with context.history_disabled():
            assert context.is_disabled()
            raise ValueError
    except ValueError:
        pass
    assert not context.is_disabled()

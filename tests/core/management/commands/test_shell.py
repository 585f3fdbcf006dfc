"""What the shell changes carries who ran it and why."""

import getpass
import os

import pytest
from django.core.management import CommandError, call_command

from core.management.commands import shell
from core.models import ChangeRecord
from departments.models import Department

CHANGE = "unit = Department.objects.get(slug='data-center'); unit.name = '새 센터'; unit.save()"


def record_after(command, **options):
    call_command("shell", command=f"from departments.models import Department; {command}", **options)
    return ChangeRecord.objects.of(Department.objects.get(slug="data-center")).first()


def test_a_change_carries_who_ran_the_shell_and_why(seeded, monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "kim")
    record = record_after(CHANGE, reason="이름을 바로잡음")
    assert (record.user, record.user_name, record.reason) == (
        None,
        "kim (서버 셸)",
        "manage.py shell: 이름을 바로잡음",
    )


def test_without_a_reason_the_command_is_the_reason(seeded):
    assert record_after(CHANGE).reason.startswith(
        "manage.py shell: from departments.models import Department; unit"
    )


def test_who_sits_at_it_is_asked(monkeypatch):
    monkeypatch.setattr(shell.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: "까닭" if "왜 바꿉니까" in question else "")
    assert shell._reason({"reason": "", "command": None}) == "까닭"


def test_too_long_a_reason_is_refused():
    with pytest.raises(CommandError, match="까닭이 너무 깁니다. 983자까지"):
        call_command("shell", command="1 / 0", reason="가" * 984)


def test_a_number_without_a_name_is_who_ran_it(monkeypatch):
    def unknown():
        raise OSError("No username set in the environment")

    monkeypatch.setattr(getpass, "getuser", unknown)
    assert shell._account() == f"uid {os.getuid()}"

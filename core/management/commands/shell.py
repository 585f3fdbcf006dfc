import getpass
import os
import sys
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.core.management.base import CommandError
from django.core.management.commands import shell

from ...audit.context import acting, change_reason
from ...models.changes import LONGEST_REASON

QUESTION = "무엇을 왜 바꿉니까? 바뀐 내역에 남습니다(보기만 하면 Enter): "
PREFIX = "manage.py shell: "
TOO_LONG = f"바꾸는 까닭이 너무 깁니다. {LONGEST_REASON - len(PREFIX):,}자까지 적고 다시 실행하십시오. 아무것도 실행하지 않았습니다."
LONGEST_COMMAND = 200  # characters of it that stand in the reason


@dataclass(frozen=True)
class Operator:
    """Whoever is signed in to the server: in the history by name alone, for he is no user of the system."""

    display_name: str
    pk: None = None
    is_authenticated: bool = True


class Command(shell.Command):
    """Django's `shell`: what is changed in it carries who ran it, and why."""

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument("--reason", default="", help="바꾸는 까닭. 바뀐 내역에 남습니다.")

    def handle(self, **options: Any) -> None:
        operator = Operator(f"{_account()} (서버 셸)")
        try:
            reason = change_reason(f"{PREFIX}{_reason(options)}")
        except BadRequest:
            raise CommandError(TOO_LONG) from None
        with acting(lambda: operator), reason:
            super().handle(**options)


def _account() -> str:
    """A container may run as a number that has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def _reason(options: dict[str, Any]) -> str:
    if options["reason"]:
        return str(options["reason"])
    if options["command"]:
        return str(options["command"])[:LONGEST_COMMAND]
    return input(QUESTION) if sys.stdin.isatty() else "표준 입력으로 받은 명령"

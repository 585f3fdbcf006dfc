"""Takes the second factor off an account: for the last administrator, whom nobody else can help."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from departments.accounts.second_factor import remove
from departments.models import User
from seoul_digital.lib.hangul import quoted

LONGEST = 200  # characters of a reason, as in administration


class Command(BaseCommand):
    help = "계정의 2단계 인증을 해제합니다. 휴대전화와 복구 코드를 모두 잃었고 해제해 줄 다른 관리자가 없을 때 씁니다."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="사용자 이름")
        parser.add_argument("--reason", required=True, help="바뀐 내역에 남길 까닭")

    def handle(self, *, username: str, reason: str, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"사용자 {quoted(username, '이/가')} 없습니다. 이름을 확인하십시오.")
        if len(reason) > LONGEST:
            raise CommandError(f"까닭이 {len(reason)}자입니다. {LONGEST}자까지 적으십시오.")
        if not remove(user, reason):
            raise CommandError(f"{username} 계정에는 등록된 2단계 인증이 없습니다.")
        self.stdout.write(f"{username} 계정의 2단계 인증을 해제했습니다. 다음 로그인 때 새로 등록하십시오.")

import os
import secrets

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

NAME = "admin"


class Command(BaseCommand):
    help = "관리자가 아직 없으면 admin 계정을 만들고 비밀번호를 한 번 보여 줍니다. 있으면 아무것도 하지 않습니다."

    def handle(self, **options):
        users = get_user_model().objects
        if users.filter(is_superuser=True).exists() or users.filter(username=NAME).exists():
            return
        chosen = os.environ.get("ADMIN_PASSWORD")
        password = chosen or secrets.token_urlsafe(12)
        try:
            validate_password(password, get_user_model()(username=NAME))
        except ValidationError as error:
            raise CommandError(
                f"ADMIN_PASSWORD로 정한 비밀번호를 쓸 수 없습니다. {' '.join(error.messages)} 다른 값으로 다시 실행하십시오."
            ) from error
        users.create_superuser(username=NAME, password=password)
        shown = "(ADMIN_PASSWORD로 정한 값)" if chosen else password
        self.stdout.write(f"관리자 계정을 만들었습니다. 이름: {NAME}  비밀번호: {shown}")

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from core import backup
from core.audit import seen_end


class Command(BaseCommand):
    help = "백업을 확인하고 빈 데이터베이스에 되살립니다. 서비스를 먼저 끝내십시오."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="되살릴 백업 폴더")
        parser.add_argument(
            "--replace", action="store_true", help="지금 있는 것을 옆으로 옮겨 두고 되살립니다."
        )

    def handle(self, **options: Any) -> None:
        try:
            manifest = backup.restore(
                options["folder"], connection, replace=options["replace"], tell=self.stdout.write
            )
        except backup.BackupError as error:
            raise CommandError(str(error)) from error
        seen_end.path().unlink(missing_ok=True)
        for problem in manifest.chain_problems:
            self.stderr.write(f"주의: {problem}")
        self.stdout.write(
            f"{manifest.created_at}의 백업을 되살렸습니다. `manage.py migrate`를 한 다음 서비스를 시작하십시오."
        )

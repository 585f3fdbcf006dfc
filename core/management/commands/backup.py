from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from core import backup
from core.audit import seen_end


class Command(BaseCommand):
    help = "서비스가 도는 동안에도 모든 자료를 폴더 하나로 백업합니다. verify_backup으로 확인하고 restore로 되살립니다."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, help="백업을 만들 새 폴더 (--keep이 있으면 백업들을 모아 두는 폴더)"
        )
        parser.add_argument(
            "--keep", type=int, help="폴더 아래에 날짜 이름으로 만들고 새것부터 이만큼만 남깁니다."
        )

    def handle(self, **options: Any) -> None:
        folder, keep = options["folder"].absolute(), options["keep"]
        try:
            if keep:
                folder, manifest = backup.create_dated(folder, "backup", keep, connection)
            else:
                manifest = backup.create(folder, connection)
        except backup.BackupError as error:
            raise CommandError(str(error)) from error
        for problem in manifest.chain_problems:
            self.stderr.write(f"주의: {problem}")
        if keep and manifest.chain_problems:
            self.stderr.write("주의: 온전한 백업이 지워지지 않도록 옛 백업을 지우지 않았습니다.")
        if not manifest.chain_problems:
            seen_end.write(manifest.chain)
        rows = sum(model["rows"] for model in manifest.models.values())
        self.stdout.write(f"{folder}에 백업했습니다: 표 {len(manifest.models)}개, 줄 {rows:,}개.")

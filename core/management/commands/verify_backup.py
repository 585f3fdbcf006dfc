from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import backup


class Command(BaseCommand):
    help = "백업이 온전한지 봅니다: 파일의 SHA-256, 데이터베이스의 쪽마다, 모델마다 줄 수와 합계, 발행본의 SHA-256."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="확인할 백업 폴더")

    def handle(self, **options: Any) -> None:
        try:
            manifest = backup.verify(options["folder"])
        except backup.BackupError as error:
            raise CommandError(str(error)) from error
        for problem in manifest.chain_problems:
            self.stderr.write(f"주의: {problem}")
        rows = sum(model["rows"] for model in manifest.models.values())
        published = sum(len(hashes) for hashes in manifest.hashes.values())
        self.stdout.write(
            f"온전한 백업입니다: {manifest.created_at}, {manifest.engine}, 판 {manifest.release}, "
            f"표 {len(manifest.models)}개, 줄 {rows:,}개, 발행한 내용 {published}개"
            + (f", 기록 사슬 제{manifest.chain[0]:,}호까지." if manifest.chain else ".")
        )

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from ...seeding import fixture_files, seed


class Command(BaseCommand):
    help = "보고서의 자료(fixtures/)를 데이터베이스에 넣습니다. 이미 있는 자료는 고치지 않습니다."

    def handle(self, *args: Any, **options: Any) -> None:
        seeded = seed(fixture_files(settings.BASE_DIR / "fixtures"))
        if not seeded.total:
            self.stdout.write("새로 넣을 자료가 없습니다.")
        for name, count in seeded.added.items():
            self.stdout.write(f"{name} {count}건을 넣었습니다.")

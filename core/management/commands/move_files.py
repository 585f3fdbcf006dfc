import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from seoul_digital.lib.file_errors import StoreUnavailableError

from ...models import StoredFile
from ...storage import FileDamagedError, moving

PLACES = StoredFile.FilePlace
NAMES = {"database": (PLACES.DATABASE, "데이터베이스"), "store": (PLACES.OBJECTS, "객체 저장소")}
NO_STORE = "FILES_STORE가 비어 있습니다. 옮길 저장소, 또는 지금 파일이 있는 저장소의 주소를 FILES_STORE에 적고 다시 실행하십시오."
SILENT = "객체 저장소(FILES_STORE)가 답하지 않습니다({}). 옮긴 것은 옮긴 대로, 나머지는 있던 자리에 있습니다. 다시 실행하면 이어서 옮깁니다."
LOST = "{}: {} 옮기지 않았습니다. manage.py verify로 무엇인지 보십시오."
DAMAGED, ABSENT = "내용이 적어 둔 SHA-256과 다릅니다.", "객체 저장소에 내용이 없습니다."
CLEARED = "객체 저장소에 남은 옛 사본을 지웠습니다({:,}개를 데이터베이스에서 확인)."
LEFT_BEHIND = (
    "객체 저장소의 옛 사본은 그대로 있습니다. 백업이 돌고 있지 않을 때 --to database --clear로 지우십시오."
)
EVERY = 2.0  # seconds between two words of progress


class Command(BaseCommand):
    help = (
        "저장한 파일(올린 파일, 발행한 파일)을 데이터베이스와 객체 저장소(FILES_STORE) 사이에서 옮깁니다. 옮긴 사본을 다시 읽어 SHA-256이 "
        "맞은 다음에야 옛 것을 버립니다. 서비스가 도는 동안 돌려도 되고, 끊기면 다시 실행하십시오."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", choices=NAMES, default="store", help="옮길 곳. 없으면 객체 저장소")
        parser.add_argument(
            "--clear", action="store_true", help="데이터베이스로 옮긴 뒤, 객체 저장소에 남은 옛 사본을 지움"
        )

    def handle(self, *, to: str, clear: bool, **options: Any) -> None:
        if not settings.FILES_STORE:
            raise CommandError(NO_STORE)
        if clear and to != "database":
            raise CommandError("--clear는 --to database와 함께 씁니다.")
        place, name = NAMES[to]
        try:
            moved = self._each(moving.left(place), lambda file: moving.move(file, place), f"{name}에 옮김")
            self.stdout.write(f"파일 {moved:,}개를 {name}에 옮겼습니다.")
            if clear:
                there = StoredFile.objects.whole().filter(place=place).order_by("pk")
                self.stdout.write(CLEARED.format(self._each(there, moving.clear, "확인하고 지움")))
            elif moved and to == "database":
                self.stdout.write(LEFT_BEHIND)
        except StoreUnavailableError as error:
            raise CommandError(SILENT.format(error)) from error
        if self.lost:
            raise CommandError(f"옮기지 못한 파일이 {self.lost:,}개 있습니다.", returncode=1)

    lost = 0

    def _each(self, files: Any, act: Any, words: str) -> int:
        """Does it with each; gives with how many. Those that are not what was saved are told and left."""
        keys, done, size, next_word = list(files.values_list("pk", flat=True)), 0, 0, time.monotonic() + EVERY
        for number, key in enumerate(keys, 1):
            file = StoredFile.objects.whole().filter(pk=key).first()
            if file is None:
                continue
            try:
                if act(file) is not False:
                    done, size = done + 1, size + file.size
            except FileDamagedError:
                self._tell_lost(file, DAMAGED)
            except FileNotFoundError:
                self._tell_lost(file, ABSENT)
            if time.monotonic() >= next_word:
                next_word = time.monotonic() + EVERY
                self.stdout.write(f"{number:,}/{len(keys):,}개, {size / 1e6:,.0f} MB {words}")
        return done

    def _tell_lost(self, file: StoredFile, why: str) -> None:
        self.lost += 1
        self.stderr.write(LOST.format(file, why))

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...audit import seals, seen_end
from ...audit.verification import verify


class Command(BaseCommand):
    help = (
        "적힌 것이 적힌 대로인지 봅니다: 줄마다 가장 새 바뀐 내역과, 내역마다 그 봉인과, 봉인마다 기록 사슬과, "
        "발행본마다 경과·파일·다시 만든 파일과 견줍니다. 다른 것이 있으면 하나하나 적고 1로 끝납니다."
    )

    def handle(self, **options: Any) -> None:
        wrong = 0
        if cut := seen_end.missing():
            wrong += 1
            self.stderr.write(cut)
        for verified, discrepancies in verify():
            for discrepancy in discrepancies:
                wrong += 1
                self.stderr.write(str(discrepancy))
            self.stdout.write(f"{verified.title}: {verified.number:,}건을 보았습니다.")
        end = seals.link()
        self.stdout.write(f"기록 사슬의 끝: {end}")
        if wrong:
            raise CommandError(f"적힌 대로가 아닌 것이 {wrong:,}건 있습니다.", returncode=1)
        seen_end.write([end.position, end.value])
        self.stdout.write("모두 적힌 대로입니다.")

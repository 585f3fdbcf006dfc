from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core.snapshot import snapshots_at
from seoul_digital.lib import query_params
from seoul_digital.lib.tables import day

from ...assembly import reports_of
from ...editions.snapshot import reports_of as edition_reports
from ...editions.snapshot import snapshot_of
from ...formats import FORMATS
from ...models import Edition, PublishedFile
from ...render.fonts import FontMissing
from ...text_size import ReportTooLargeError


class Command(BaseCommand):
    help = "기준일의, 또는 한 회차의 업무보고를 파일로 씁니다. 발행한 회차는 발행한 파일 그대로입니다."

    def add_arguments(self, parser):
        parser.add_argument(
            "--as-of", default="", help="기준일 (2022. 8. 29. 또는 2022-08-29). 없으면 가장 새로운 기준일"
        )
        parser.add_argument("--edition", type=int, help="회차의 번호. 기준일 대신 적습니다")
        parser.add_argument("--bureau", default="", help="국·정책관의 이름. 하나뿐이면 없어도 됩니다")
        parser.add_argument("--format", choices=FORMATS, default="pdf", help="파일 형식 (적지 않으면 pdf)")
        parser.add_argument("-o", "--output", type=Path, required=True, help="쓸 파일")

    def handle(self, *, as_of, edition, bureau, format: str, output, **options):
        if edition is not None and (as_of or bureau):
            raise CommandError("--edition은 --as-of, --bureau와 함께 쓰지 않습니다.")
        try:
            what, content = (
                self.edition(edition, format) if edition is not None else self.live(as_of, bureau, format)
            )
            output.write_bytes(content)
        except (FontMissing, OSError, ReportTooLargeError) as error:
            raise CommandError(f"{output}에 쓰지 못했습니다. {error}") from error
        self.stdout.write(f"{what} 업무보고를 {output}에 썼습니다({len(content):,}바이트).")

    def live(self, as_of, bureau, format):
        snapshot = self.snapshot(as_of, bureau)
        return f"{snapshot.bureau.name} {day(snapshot.as_of)}", FORMATS[format].write(*reports_of(snapshot))

    def edition(self, number, format):
        """What was handed out; of an edition that is not published, its draft as it stands."""
        found = Edition.objects.select_related("bureau").filter(pk=number).first()
        if found is None:
            raise CommandError(f"{number}번 회차가 없습니다.")
        if found.is_published:
            kept = PublishedFile.objects.filter(published_report__edition=found, extension=format).first()
            if kept is None:
                raise CommandError(f"이 회차는 {format} 파일 없이 발행했습니다.")
            return f"{found}", kept.bytes
        snapshot = snapshot_of(found)
        if snapshot.is_empty:
            raise CommandError("이 기준일에는 자료가 없습니다.")
        return f"{found} 초안", FORMATS[format].write(*edition_reports(found, snapshot))

    def snapshot(self, as_of, bureau):
        """The one bureau's; an empty one is an error."""
        asked = query_params.asked_date(as_of)
        if asked.error:
            raise CommandError(asked.error)
        every = snapshots_at(asked)
        snapshots = [
            snapshot for snapshot in every if bureau in ("", snapshot.chosen.name, snapshot.chosen.slug)
        ]
        if len(snapshots) != 1:
            known = ", ".join(snapshot.chosen.name for snapshot in every) or "없음"
            raise CommandError(f"--bureau로 국·정책관 하나를 고르십시오: {known}")
        if snapshots[0].is_empty:
            raise CommandError("이 기준일에는 자료가 없습니다.")
        return snapshots[0]

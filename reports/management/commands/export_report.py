from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from departments.reading import readings_at
from reports.documents.fonts import FontMissing
from reports.documents.formats import FORMATS
from reports.documents.live import reports_of
from seoul_digital import asof


class Command(BaseCommand):
    help = "기준일의 업무보고를 파일로 씁니다."

    def add_arguments(self, parser):
        parser.add_argument("--as-of", default="", help="기준일 (2022-08-29). 없으면 가장 새로운 기준일")
        parser.add_argument("--bureau", default="", help="국·정책관의 이름표. 하나뿐이면 없어도 됩니다")
        parser.add_argument("--format", choices=FORMATS, default="pdf", help="파일 형식")
        parser.add_argument("-o", "--output", type=Path, required=True, help="쓸 파일")

    def handle(self, *, as_of, bureau, format: str, output, **options):
        reading = self.reading(as_of, bureau)
        try:
            content = FORMATS[format].write(*reports_of(reading))
            output.write_bytes(content)
        except (FontMissing, OSError) as error:
            raise CommandError(f"{output}에 쓰지 못했습니다. {error}") from error
        self.stdout.write(f"{reading.bureau.name} {reading.as_of} 업무보고를 {output}에 썼습니다({len(content):,}바이트).")

    def reading(self, as_of, bureau):
        """The one bureau's; an empty one is an error."""
        asked = asof.asked_date(as_of)
        if asked.error:
            raise CommandError(asked.error)
        readings = [one for one in readings_at(asked) if not bureau or one.chosen.slug == bureau]
        if len(readings) != 1:
            known = ", ".join(one.chosen.slug for one in readings_at(asked)) or "없음"
            raise CommandError(f"--bureau로 국·정책관 하나를 고르십시오: {known}")
        if readings[0].is_empty:
            raise CommandError("이 기준일에는 자료가 없습니다.")
        return readings[0]

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime

from core.import_export.names import Names
from core.tasks.backend import QueueFull
from core.tasks.leases import abandon_dead_commands, beating, begin_own
from departments.models import Department
from seoul_digital.lib import query_params
from seoul_digital.lib.file_errors import FileRefused
from seoul_digital.lib.tables import day
from seoul_digital.lib.upload_validation import validate_upload

from ...imports import file_limits, jobs
from ...imports.fields import KINDS
from ...imports.options import Options
from ...imports.report import lines_of
from ...imports.sandbox import pipeline
from ...imports.sandbox.sandbox_protocol import SCALES
from ...models import BudgetImport

BAR = 30
REFUSED, UNDECIDED = 1, 3
LIMITED = "이 파일에는 {}의 줄만 있어 나머지는 그대로 둡니다. 전체 자료로 보려면 --whole을 적어 주십시오."


class Command(BaseCommand):
    help = "재정시스템(e호조)에서 받은 예산 파일을 읽어 확정합니다. 잘못이 있으면 아무것도 바꾸지 않고 1로, 물음이 남으면 3으로 끝납니다."

    next_tenth, is_stopped = 0.1, False

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="집행현황, 예산서, 세입 파일 (.xlsx, .csv)")
        parser.add_argument("--as-of", help="기준일 (2022. 8. 29. 또는 2022-08-29)")
        parser.add_argument(
            "--unit", choices=list(SCALES), default="", help="파일의 금액 단위 (파일에 적혀 있지 않을 때)"
        )
        parser.add_argument("--year", type=int, help="회계연도 (파일에 열이 없을 때)")
        parser.add_argument(
            "--kind",
            choices=list(KINDS.values()),
            default="",
            help="파일의 종류 (적지 않으면 머리글로 알아냄)",
        )
        parser.add_argument(
            "--account", default="", help="파일 전체의 회계: 일반회계, 특별회계 또는 특별회계의 이름"
        )
        parser.add_argument("--department", default="", help="파일 전체의 부서")
        parser.add_argument("--sheet", default="", help="시트 이름")
        parser.add_argument("--header-row", type=int, help="머리글 행의 번호")
        parser.add_argument("--include-hidden", action="store_true", help="숨긴 행도 읽음")
        parser.add_argument("--bureau", default="", help="국·정책관. 하나뿐이면 적지 않음")
        scope = parser.add_mutually_exclusive_group()
        scope.add_argument(
            "--limited",
            dest="limited",
            action="store_true",
            default=None,
            help="파일에 있는 부서나 회계만 바꿈 (적지 않으면 이렇게 함)",
        )
        scope.add_argument(
            "--whole", dest="limited", action="store_false", help="파일에 없는 부서와 회계는 없어진 것으로 봄"
        )
        parser.add_argument(
            "--accept-unit", default="", metavar="까닭", help="지난 자료와 천 배쯤 다른 금액이 맞는 까닭"
        )
        parser.add_argument("--dry-run", action="store_true", help="읽고 견주기만 하고 아무것도 남기지 않음")

    def handle(self, **given):
        incoming, options, run = self._registered(given)
        with beating(run), jobs.refusing_what_fails(incoming, run):
            self._read(incoming, given["file"].resolve(), run)
        if self.is_stopped:
            raise CommandError("그만두었습니다. 읽은 것은 모두 지웠습니다.", returncode=130)
        self._settle(incoming, options, given["dry_run"])

    def _read(self, incoming, path, run):
        try:
            pipeline.read(incoming, path, self._show_progress, run)
        except KeyboardInterrupt:
            self.is_stopped = True
            raise

    def _registered(self, given):
        path = given["file"]
        if not (path and given["as_of"]):
            raise CommandError(
                "파일과 --as-of를 모두 적어 주십시오. 예: import_budget 집행현황.xlsx --as-of 2022-08-29 --unit 천원"
            )
        if not path.is_file():
            raise CommandError(f"[{path}] 파일이 없습니다.")
        asked = query_params.asked_date(given["as_of"])
        if asked.error:
            raise CommandError(asked.error)
        try:
            with path.open("rb") as file:
                validate_upload(file, path.name, largest=None)
        except FileRefused as error:
            raise CommandError("\n".join(error.sentences(path.name)), returncode=REFUSED) from error
        department = self._department(given["department"])
        options = Options(
            as_of=asked.on.isoformat(),
            unit=given["unit"],
            kind=next((key for key, word in KINDS.items() if word == given["kind"]), ""),
            sheet=given["sheet"],
            header_row=given["header_row"],
            fiscal_year=given["year"],
            account=given["account"],
            department=department.slug if department else "",
            limited=given["limited"],
            hidden=given["include_hidden"],
            accepted_unit=given["accept_unit"],
        )
        abandon_dead_commands()
        jobs.cleanup_interrupted()
        return self._begun(self._bureau(given["bureau"]), path, options)

    def _begun(self, bureau, path, options):
        """All at once: an import that nobody is to read is cleared away."""
        try:
            with transaction.atomic():
                incoming = jobs.register(bureau, path.name, path, options)
                return incoming, options, begin_own(jobs.read_uploaded, incoming.pk)
        except QueueFull:
            raise CommandError(f"{jobs.CROWDED.message} {jobs.CROWDED.remedy}", returncode=REFUSED) from None

    def _department(self, name):
        if not name:
            return None
        try:
            unit = Department.objects.filter(slug=Names(Department).key_of(name)).first()
        except ValueError as error:
            raise CommandError(f"--department: {error}") from error
        if unit is None:
            raise CommandError(f"--department ‘{name}’: 그런 부서가 없습니다.")
        return unit

    def _bureau(self, name):
        all_bureaus = Department.objects.filter(kind=Department.Kind.BUREAU)
        found = (
            all_bureaus.filter(Q(name=name) | Q(slug=name)) if name else Department.objects.present_bureaus()
        )
        bureaus = list(found)
        if len(bureaus) != 1:
            known = ", ".join(all_bureaus.order_by("name").values_list("name", flat=True))
            raise CommandError(f"어느 국·정책관의 파일인지 --bureau에 적어 주십시오. 있는 것: {known}")
        return bureaus[0]

    def _show_progress(self, message):
        """A bar; where nobody watches, a line every tenth."""
        if "progress" not in message:
            return
        if sys.stderr.isatty():
            done = round(BAR * message["progress"])
            self.stderr.write(f"\r[{'█' * done}{'·' * (BAR - done)}] {message['read']:,}행", ending="")
        elif message["progress"] >= self.next_tenth:
            self.next_tenth = int(message["progress"] * 10 + 1) / 10
            self.stderr.write(f"{message['read']:,}행까지 읽음 ({message['progress']:.0%})")

    def _settle(self, incoming, options, dry_run):
        """Brings what was read into force, unless something speaks against it; else leaves nothing behind."""
        if sys.stderr.isatty():
            self.stderr.write("")
        words = file_limits.words(incoming)
        limits = [LIMITED.format(words["name"])] if words.get("limited") else []
        self.stdout.write("\n".join([*lines_of(incoming), *limits]))
        if incoming.state not in (BudgetImport.State.STAGED, BudgetImport.State.SPLIT):
            code = UNDECIDED if incoming.state == BudgetImport.State.ASKING else REFUSED
            self._leave(incoming)
            raise CommandError("아무것도 바꾸지 않았습니다.", returncode=code)
        if duplicate := jobs.find_duplicate(jobs.parts_of(incoming)[0]):
            jobs.discard(incoming)
            self.stdout.write(
                f"같은 파일이 이미 확정되어 있습니다({day(localtime(duplicate.created_at))} 등록). 바뀌는 것이 없습니다."
            )
        elif dry_run:
            jobs.discard(incoming)
            self.stdout.write("견주기만 했습니다. 아무것도 바꾸지 않았습니다.")
        else:
            self._bring(incoming, options)

    def _bring(self, incoming, options):
        try:
            if options.limited is None and incoming.report["account_unclear"]:
                raise jobs.ImportActionError("전체 자료로 보려면 --whole을 적어 주십시오.")
            jobs.put_in_force(incoming)
        except jobs.ImportActionError as error:
            self._leave(incoming)
            raise CommandError(f"{error} 아무것도 바꾸지 않았습니다.", returncode=UNDECIDED) from error
        sources = ", ".join(str(part.source) for part in jobs.parts_of(incoming)[:3])
        self.stdout.write(self.style.SUCCESS(f"확정했습니다. 자료 {sources}"))

    def _leave(self, incoming):
        if incoming.state != BudgetImport.State.REFUSED:
            jobs.discard(incoming)

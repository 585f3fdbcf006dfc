from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from departments.models import Department

from ...editions.forms import NewEditionForm
from ...editions.opening import open_edition
from ...editions.sources import EditionRefused


class Command(BaseCommand):
    help = "업무보고 회차를 열고 지난 자료를 초안으로 이어받습니다."

    def add_arguments(self, parser):
        parser.add_argument("title", help="제목. 표지에 인쇄됩니다")
        parser.add_argument("--as-of", required=True, help="기준일 (2022. 11. 1. 또는 2022-11-01)")
        parser.add_argument("--deadline", required=True, help="제출 마감 (2022. 11. 8. 또는 2022-11-08)")
        parser.add_argument("--session", default="", help="의회 회기")
        parser.add_argument("--bureau", default="", help="국·정책관의 이름. 하나뿐이면 없어도 됩니다")
        parser.add_argument("--confirm", action="store_true", help="드문 날짜가 맞음")

    def handle(self, *, title, as_of, deadline, session, bureau, confirm, **options):
        form = NewEditionForm(
            {"title": title, "as_of": as_of, "deadline": deadline, "council_session": session},
            asks=not confirm,
        )
        if not form.is_valid():
            errors = (
                f"{form[name].label}: {' '.join(map(str, texts))}"
                if name in form.fields
                else " ".join(map(str, texts))
                for name, texts in form.errors.items()
            )
            hint = " 맞으면 --confirm을 붙여 주십시오." if form.asked else ""
            raise CommandError(" ".join(errors) + hint)
        try:
            edition, drafts = open_edition(bureau=self.bureau(bureau), **form.cleaned_data)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except EditionRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{edition.pk}번 회차를 열고 초안 {len(drafts)}건을 만들었습니다.")

    def bureau(self, name):
        present = list(Department.objects.present_bureaus())
        bureaus = [row for row in present if name in ("", row.name, row.slug)]
        if len(bureaus) != 1:
            known = ", ".join(map(str, present)) or "없음"
            raise CommandError(f"--bureau로 국·정책관 하나를 고르십시오: {known}")
        return bureaus[0]

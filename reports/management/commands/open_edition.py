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
        parser.add_argument("--as-of", required=True, help="기준일 (2022-11-01)")
        parser.add_argument("--deadline", required=True, help="제출 마감 (2022-11-08)")
        parser.add_argument("--session", default="", help="의회 회기")
        parser.add_argument("--bureau", default="", help="국·정책관의 이름표. 하나뿐이면 없어도 됩니다")

    def handle(self, *, title, as_of, deadline, session, bureau, **options):
        form = NewEditionForm(
            {"title": title, "as_of": as_of, "deadline": deadline, "council_session": session}
        )
        if not form.is_valid():
            errors = (
                f"{form[name].label}: {' '.join(map(str, texts))}" for name, texts in form.errors.items()
            )
            raise CommandError(" ".join(errors))
        try:
            edition, drafts = open_edition(bureau=self.bureau(bureau), **form.cleaned_data)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except EditionRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"회차 {edition.pk}을(를) 열고 초안 {len(drafts)}건을 만들었습니다.")

    def bureau(self, slug):
        bureaus = [row for row in Department.objects.present_bureaus() if slug in ("", row.slug)]
        if len(bureaus) != 1:
            known = ", ".join(Department.objects.present_bureaus().values_list("slug", flat=True)) or "없음"
            raise CommandError(f"--bureau로 국·정책관 하나를 고르십시오: {known}")
        return bureaus[0]

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.tasks.backend import QueueFull
from core.tasks.leases import own_run

from ...editions import reminders

STOPPED = "그만두었습니다. 이미 보낸 메일은 경과에 적었고, 나머지는 보내지 않습니다."
BUSY = "다른 회차의 독려 메일을 보내는 중이라 이 회차부터는 보내지 않았습니다."


class Command(BaseCommand):
    help = "취합 중이거나 검토 중인 회차마다, 들어오지 않은 부분을 맡은 사람에게 독려 메일을 보냅니다. 날마다 돌려 둘 수 있습니다."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, help="마감까지 이만큼 남은 회차만 (지난 회차도). 없으면 모두")

    def handle(self, *, days, **options):
        if not settings.SITE_URL:
            raise CommandError(
                "메일에 적을 주소를 모릅니다. 환경 변수 SITE_URL에 이 시스템의 주소를 적으십시오."
            )
        for edition, url in reminders.due_editions(days):
            if reminders.are_under_way(edition.pk):
                self.stdout.write(f"{edition}: {reminders.UNDER_WAY}")
                continue
            try:
                with own_run(reminders.send_reminders, edition.pk, url, None) as run:
                    sentences = reminders.send_reminders.func(run, edition.pk, url, None)
            except KeyboardInterrupt:
                raise CommandError(f"{edition}: {STOPPED}", returncode=130) from None
            except QueueFull:  # a worker sends those of another edition
                raise CommandError(f"{edition}: {BUSY}") from None
            self.stdout.write(f"{edition}: {' '.join(sentences)}")

from dataclasses import fields

from django.core.management.base import BaseCommand, CommandError

from ...demo_city.making import CityRefusedError, make_city
from ...demo_city.plan import CityPlan

HELP = {
    "bureaus": "국·정책관의 수(업무보고의 디지털정책관을 더해서)",
    "divisions": "과의 수",
    "years": "회계연도의 수",
    "figures": "예산액의 수",
    "pages": "사업 보고의 수(모든 회차)",
    "seed": "무작위의 씨앗. 같으면 같은 도시가 됩니다",
}


class Command(BaseCommand):
    help = "업무보고 둘레에 시범 도시를 만듭니다. migrate만 한 데이터베이스에 만들며, 모든 화면과 문서에 시범 자료라고 적힙니다."

    def add_arguments(self, parser):
        for field in fields(CityPlan):
            parser.add_argument(
                f"--{field.name}",
                type=int,
                default=field.default,
                help=f"{HELP[field.name]} ({field.default:,})",
            )

    def handle(self, **options):
        city = CityPlan(**{field.name: options[field.name] for field in fields(CityPlan)})
        if (
            min(city.years, city.figures, city.pages) < 1
            or city.bureaus < 2
            or city.divisions < city.bureaus - 1
        ):
            raise CommandError("국·정책관은 둘부터, 과는 국·정책관마다 하나부터, 나머지는 1부터 적으십시오.")
        try:
            figures = make_city(city, self.stdout.write)
        except CityRefusedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"시범 도시를 만들었습니다: 예산액 {figures:,}줄. 서버가 떠 있으면 다시 시작하십시오."
        )

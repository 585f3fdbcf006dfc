"""Making a small demonstration city, and what then says that it is one."""

from io import StringIO

import pytest
from django.core.management import call_command

from budgets.models import BudgetFigure
from core.models import ChangeRecord, Source
from core.seeding import SEED
from departments.models import Department
from projects.models import Brief
from reports.assembly import assemble
from reports.demo_city.making import CityRefusedError, make_city
from reports.demo_city.plan import CityPlan
from reports.one_page.sheet import sheet_of
from tests.factories import snapshot_of

pytestmark = pytest.mark.engine


def test_the_city_is_there(city):
    assert city == 480
    assert BudgetFigure.objects.filter(source__slug__startswith="demonstration-city/").count() == 480
    assert {bureau.name for bureau in Department.objects.present_bureaus()} == {
        "디지털정책관",
        "대변인",
        "서울혁신기획관",
    }
    assert Brief.objects.filter(source__slug__startswith="demonstration-city/").count() == 8


def test_every_change_is_recorded(city):
    assert set(ChangeRecord.objects.exclude(model="core.threshold").values_list("reason", flat=True)) == {
        SEED,
        "시범 도시",
    }
    out = StringIO()
    call_command("verify", stdout=out)
    assert "모두 적힌 대로입니다." in out.getvalue()


def test_the_seeded_bureau_says_what_it_says_alone(city):
    bureau = Department.objects.get(slug="digital-policy-bureau")
    assert Source.objects.filter(bureau=bureau).count() == 10
    assert Brief.objects.filter(source__bureau=bureau).count() == 11


def test_a_city_is_made_once(city):
    with pytest.raises(CityRefusedError, match="자료가 이미 있는 데이터베이스입니다"):
        make_city(CityPlan())


def test_the_same_seed_makes_the_same_city(city):
    figure = BudgetFigure.objects.filter(
        source__bureau__slug="demonstration-city-001", source__as_of="2022-12-31"
    )[0]
    assert (figure.current, figure.committed) == (2_152_000_000, 1_353_577_000)


BAND = "지어낸 것입니다."


@pytest.mark.parametrize(
    "address", ["/", "/glossary/", "/search/?q=예산", "/accounts/password/", "/admin/", "/admin/core/source/"]
)
def test_every_page_says_that_it_is_a_demonstration(city, admin_client, address):
    page = admin_client.get(address, follow=True).content.decode()
    assert page.count('class="demonstration"') == 1 and BAND in page


def test_paper_and_readers_of_english_are_told_too(city, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader", language="en"))
    page = client.get("/").content.decode()
    assert "are made up." in page and 'data-print-label="Demonstration data · ' in page


def test_nobody_has_signed_in_and_is_told(city, client):
    assert BAND in client.get("/accounts/login/").content.decode()


def test_documents_say_it_on_their_covers(city):
    report = assemble(snapshot_of(Department.objects.get(slug="demonstration-city-001")))
    assert report.cover_notes == (
        "시범 자료입니다. 디지털정책관 밖의 국·정책관, 금액과 사업은 지어낸 것입니다.",
    )
    assert sheet_of(report).title == "대변인 업무보고 (시범 자료)"

"""A bureau of one division and one project, whose next edition no rule of the checklist has anything to say of."""

from datetime import date

import pytest

from budgets.models import BudgetFigure
from core.mentions.mention import Kind
from core.mentions.states import State, states
from core.mentions.writing import confirm
from departments.models import Department, Duty, User
from glossary.models import Definition, Term
from projects.models import (
    Brief,
    Contact,
    Indicator,
    Measurement,
    Milestone,
    Project,
    Strategy,
    Vision,
    VisionStrategy,
)
from reports.editions.opening import open_edition
from reports.editions.snapshot import snapshot_of
from reports.models import Edition
from tests.databases import kept_for_tests
from tests.factories import (
    earn,
    make_bureau,
    make_expenditure,
    make_member,
    make_source,
    make_staffing,
    make_unit,
    place,
    spend,
)
from tests.reports.editions.conftest import confirm_all

BEFORE, AS_OF = "2022-06-01", "2022-11-01"
SCOPES = ("organisation", "duties", "staffing", "revenue", "vision", "projects", "indicators", "glossary")


def report_before():
    """What is in force on 2022-06-01."""
    bureau, unit = make_bureau(), make_unit("housing", "주택정책과")
    make_member("기획 담당", unit=bureau.slug, username="housing-planner")
    sources = {scope: make_source(bureau, scope, BEFORE, slug=f"housing/{scope}") for scope in SCOPES}
    place(sources["organisation"], bureau)
    place(sources["organisation"], unit, bureau)
    make_staffing(sources["staffing"], unit, 40, 30, 8)
    Duty.objects.create(source=sources["duties"], department=unit, order=1, text="주택 정책 총괄")
    earn(sources["revenue"], "임대료 수입", {2022: 5_000, 2021: 4_000})
    spend(make_expenditure(bureau, BEFORE, slug="housing/expenditure"), unit, 9_000, 3_000)
    write_projects(sources, unit)
    term = Term.objects.create(slug="jeonse", name="전세임대")
    words = {"heading": "전세임대", "text": "ㅇ 전세로 빌려 다시 빌려줌", "page": 1}
    Definition.objects.create(source=sources["glossary"], term=term, order=1, **words)


def write_projects(sources, unit):
    strategy = Strategy.objects.create(slug="homes", name="살 집을 늘린다")
    vision = Vision.objects.create(source=sources["vision"], statement="누구나 살 만한 서울")
    VisionStrategy.objects.create(vision=vision, strategy=strategy, order=1)
    project = Project.objects.create(slug="rental-homes", name="전세임대 공급")
    brief = Brief.objects.create(
        source=sources["projects"], project=project, number=1, title="전세임대 공급", lead_department=unit,
        strategy=strategy, purpose="살 집을 늘림", overview="ㅇ 120호 공급, 80호 계약", achievements="ㅇ 입주자 모집 공고",
    )  # fmt: skip
    Contact.objects.create(
        brief=brief, order=1, role="주택정책과장", names="김주택", phone="02-2133-7000", department=unit
    )
    Milestone.objects.create(
        brief=brief, key="move-in", order=1, listing="schedule", title="입주 시작", start="2022-12", end="2022-12",
        period_printed="’22.12.",
    )  # fmt: skip
    for slug, name, value in (("homes-let", "공급 호수", 120), ("leases-signed", "계약 호수", 80)):
        indicator = Indicator.objects.create(
            slug=slug, name=name, project=project, unit="호", kind="cumulative"
        )
        given = {"measured_on": BEFORE, "value": value, "printed": f"{value}호"}
        Measurement.objects.create(source=sources["indicators"], indicator=indicator, **given)


def write_next():
    """The edition of 2022-11-01 with all that its people have to write."""
    report_before()
    planner = User.objects.get(username="housing-planner")
    given = {
        "title": "주택정책관 업무보고",
        "council_session": "제315회 정례회",
        "deadline": date(2022, 11, 8),
    }
    bureau = Department.objects.get(slug="housing-bureau")
    edition, _ = open_edition(bureau=bureau, as_of=date.fromisoformat(AS_OF), user=planner, **given)
    words = {"overview": "ㅇ 300호 공급, 200호 계약", "achievements": "ㅇ 입주자 선정"}
    Brief.objects.filter(source__as_of=AS_OF).update(**words)
    Milestone.objects.filter(brief__source__as_of=AS_OF).update(title="입주 시작 확대")
    for slug, value in (("homes-let", 300), ("leases-signed", 200)):
        given = {"measured_on": AS_OF, "value": value, "printed": f"{value}호"}
        Measurement.objects.filter(source__as_of=AS_OF, indicator__slug=slug).update(**given)
    BudgetFigure.objects.filter(source__as_of=AS_OF).update(committed=7_000_000)
    account_for_numbers(edition)
    edition.state = Edition.State.REVIEW
    edition.save()
    confirm_all(edition)
    return edition.pk


def account_for_numbers(edition):
    """Every number of its texts that nobody has accounted for stands there alone."""
    for text in states(snapshot_of(edition)):
        asked = {token.place: Kind.ONLY_HERE for token in text.tokens if token.state == State.UNBOUND}
        if asked:
            confirm(text.row, asked, snapshot_of(edition))


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker):
    yield from kept_for_tests(django_db_blocker, write_next)


@pytest.fixture
def clean(written, db):
    return Edition.objects.select_related("bureau").get(pk=written)


@pytest.fixture
def planner(clean):
    return User.objects.get(username="housing-planner")


@pytest.fixture
def planner_client(client, planner):
    client.force_login(planner)
    return client


@pytest.fixture
def ours(clean):
    """Of a model the row of the edition's drafts."""
    return lambda model, **where: model.objects.get(source__as_of=AS_OF, source__bureau=clean.bureau, **where)

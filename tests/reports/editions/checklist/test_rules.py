"""Each rule of the checklist with an edition that trips it alone."""

from datetime import date

import pytest
from django.utils import timezone

from budgets.models import BudgetFigure, BudgetImport
from core.checklist.rules import rules
from core.mentions.states import states_of
from core.mentions.writing import confirm
from core.models import Source
from core.models.revisions import SourceRevision
from departments.models import Department, Duty
from projects.models import Brief, Contact, Measurement, Milestone, Project, Target, Vision
from reports.editions import publishing
from reports.editions.checklist import edition_rules
from reports.editions.snapshot import reports_of, snapshot_of
from reports.editions.sources import take_in, take_out
from reports.findings import errors_left, findings_of
from reports.models import EditionSource, Explanation, PublishedReport
from reports.models.published import digest
from reports.serial import to_json
from tests.factories import (
    make_edition,
    make_expenditure,
    make_source,
    make_staffing,
    make_unit,
    place,
    print_total,
    spend,
)
from tests.reports.editions.checklist.conftest import AS_OF, BEFORE, account_for_numbers
from tests.reports.editions.conftest import confirm_all
from tests.reports.editions.test_collection import acting
from tests.samples import each

pytestmark = pytest.mark.django_db
TRIPPED = {}  # by key the function that makes an edition trip it, and the words


def trips(key, words):
    def remember(change):
        TRIPPED[key] = (change, words)
        return change

    return remember


def found_in(edition):
    """By key what each rule finds, without those that find nothing."""
    results = publishing.prepare(edition).checklist.results
    return {result.rule.key: [item.words for item in result.items] for result in results if result.items}


def draft_of(edition, scope):
    return Source.objects.get(bureau=edition.bureau, scope=scope, state="draft")


def update(edition, model, path="source", **values):
    rows = model.objects.filter(**{f"{path}__bureau": edition.bureau, f"{path}__state": "draft"})
    assert rows.update(**values)


def unit():
    return Department.objects.get(slug="housing")


def test_nothing_is_found_in_an_edition_that_is_whole(clean):
    assert found_in(clean) == {}


def test_every_rule_has_its_edition():
    assert set(TRIPPED) == {rule.key for rule in rules()}


@pytest.mark.parametrize("key", each(2, [rule.key for rule in rules()]))
def test_a_rule_is_tripped_alone(clean, planner, monkeypatch, key):
    change, words = TRIPPED[key]
    if change.__code__.co_argcount == 3:
        change(clean, planner, monkeypatch)
    else:
        change(clean, planner)
    if key != "reports.numbers-unaccounted":
        account_for_numbers(clean)
    if key not in ("reports.unconfirmed", "reports.confirmed-in-place"):
        confirm_all(clean)
    assert found_in(clean) == {key: [words]}


@trips("projects.achievements-empty", "1. 전세임대 공급: 추진실적이 없습니다")
def _(edition, planner):
    update(edition, Brief, achievements=" ")


@trips(
    "projects.achievements-untouched",
    "1. 전세임대 공급: 추진실적이 지난 보고(2022. 6. 1.)와 글자까지 같습니다",
)
def _(edition, planner):
    update(edition, Brief, achievements="ㅇ 입주자 모집 공고")


@trips("projects.schedule-untouched", "1. 전세임대 공급: ‘향후일정’이 지난 보고와 같습니다")
def _(edition, planner):
    update(edition, Milestone, "brief__source", title="입주 시작")


@trips(
    "projects.schedule-overdue",
    "1. 전세임대 공급: ‘입주 시작 확대’(’22. 9.)의 때가 지났으나 결과가 없습니다",
)
def _(edition, planner):
    period = {"start": "2022-09", "end": "2022-09", "period_printed": "’22. 9."}
    update(edition, Milestone, "brief__source", **period)


@trips(
    "projects.milestone-dropped", "1. 전세임대 공급: 지난 보고의 ‘입주 시작’(’22.12.)에 대한 말이 없습니다"
)
def _(edition, planner):
    update(edition, Milestone, "brief__source", title="하자 점검", key="repairs")


@trips("projects.achievement-to-come", "1. 전세임대 공급: 기준일 뒤에 시작합니다: ‘2차 모집’(’22. 12.)")
def _(edition, planner):
    brief = Brief.objects.get(source=draft_of(edition, "projects"))
    step = {"key": "second", "order": 2, "listing": "achievement", "title": "2차 모집"}
    Milestone.objects.create(brief=brief, start="2022-12", end="2022-12", **step)


@trips(
    "projects.target-passed",
    "공급 호수: 목표 500호의 기한(2022. 10.)이 지났습니다 (가장 새로운 값 300호)",
)
def _(edition, planner):
    update(edition, Brief, overview="ㅇ 300호 공급, 200호 계약, 목표 500호(’22.10.)")
    source = draft_of(edition, "indicators")
    indicator = Measurement.objects.get(source=source, printed="300호").indicator
    Target.objects.create(source=source, indicator=indicator, due="2022-10", value=500, printed="500호")


@trips("projects.contact-missing", "2. 빈집 정비: 담당자가 적히지 않았습니다")
def _(edition, planner):
    first = Brief.objects.get(source=draft_of(edition, "projects"))
    Brief.objects.create(
        source=first.source, project=Project.objects.create(slug="empty-homes", name="빈집 정비"), number=2,
        title="빈집 정비", lead_department=unit(), strategy=first.strategy, purpose="빈집을 고침", achievements="ㅇ 조사",
    )  # fmt: skip


@trips("projects.strategy-missing", "1. 전세임대 공급: 비전의 어느 추진전략에도 들지 않습니다")
def _(edition, planner):
    update(edition, Brief, strategy=None)


@trips("departments.duties-missing", "공공주택과: 주요업무가 적히지 않았습니다")
def _(edition, planner):
    new = make_unit("public-housing", "공공주택과")
    place(draft_of(edition, "organisation"), new, edition.bureau)
    make_staffing(draft_of(edition, "staffing"), new, 5, 5)


@trips(
    "budgets.execution-old",
    "세출 2022 (2022. 9. 1.): 집행액이 보고 기준일(2022. 11. 1.)보다 61일 앞섭니다",
)
def _(edition, planner):
    take_out(edition, draft_of(edition, "expenditure"), reason="파일로 대신함", user=planner)
    delivery = make_expenditure(edition.bureau, "2022-09-01", received="2022-09-02")
    spend(delivery, unit(), 9_000, 6_000)


@trips("reports.unconfirmed", "주택정책과 주요업무: 확인 뒤 고침")
def _(edition, planner):
    update(edition, Duty, text="주택 정책과 공급 총괄")


@trips(
    "reports.errors",
    "주택정책과: 현원 = 일반직 + 임기제 (적힌 값 99명, 계산한 값 38명)",
)
def _(edition, planner):
    print_total(draft_of(edition, "staffing"), "headcount", 99, "99", "housing")


@trips(
    "reports.errors-explained",
    "주택정책과: 현원 = 일반직 + 임기제 (적힌 값 99명, 계산한 값 38명) 설명: 파견 인력 포함",
)
def _(edition, planner):
    print_total(draft_of(edition, "staffing"), "headcount", 99, "99", "housing")
    (error,) = errors_left(findings_of(snapshot_of(edition)))
    finding = {"finding": error.finding.id, "fingerprint": error.finding.fingerprint}
    Explanation.objects.create(
        bureau=edition.bureau, reason="파견 인력 포함", explained_by=planner, **finding
    )


@trips(
    "reports.errors-of-sources",
    "계 2022: 계 2022 = 아래 과목 1개의 합 (적힌 값 1천원, 계산한 값 5,000천원)",
)
def _(edition, planner):
    take_out(edition, draft_of(edition, "revenue"), reason="확정한 자료를 씀", user=planner)
    source = Source.objects.get(bureau=edition.bureau, scope="revenue", state="in_force")
    print_total(source, "current_budget", 1_000, "1", "", 2022)


@trips("reports.warnings", "1. 주택정책과장 김주택: 전화 ‘02-2133-700’은 국번과 네 자리, 또는 뒤 네 자리이다")
def _(edition, planner):
    update(edition, Contact, "brief__source", phone="02-2133-700")


@trips(
    "reports.checks-vanished",
    "계약 호수 (지표의 값): 지난 보고서에서 한 점검을 이 보고서에서도 할 수 있다 (지난 점검 4개, 지금 점검 0개)",
)
def _(edition, planner):
    Measurement.objects.filter(source=draft_of(edition, "indicators"), printed="200호").delete()


@trips("reports.lacking", "집행액 미제출: 표지와 문서에 그대로 적힙니다")
def _(edition, planner):
    update(edition, BudgetFigure, committed=None)


@trips(
    "reports.confirmed-in-place",
    "기획 담당이 대신 확인한 부분: 주택정책과 인력 (담당자 휴직): 표지에 적힙니다",
)
def _(edition, planner):
    edition.submissions.filter(part="staffing", department=unit()).update(in_place=True, note="담당자 휴직")


@trips("reports.past-values", "주택정책과 전세임대 공급: 값 2개가 제 날짜로 실립니다")
def _(edition, planner):
    update(edition, Measurement, measured_on=BEFORE)


@trips("reports.glyphs", "😀")
def _(edition, planner):
    edition.title = "주택정책관 업무보고 😀"
    edition.save()


@trips("reports.chapter-lost", "‘비전·전략’ 장에 실을 자료가 없습니다")
def _(edition, planner):
    Vision.objects.filter(source=draft_of(edition, "vision")).delete()


@trips("reports.two-drafts", "세출 2022 (2022. 11. 1.) / 세출 2022 (2022. 11. 1.), 시험.xlsx")
def _(edition, planner):
    trial = make_expenditure(edition.bureau, AS_OF, state="draft", document="시험.xlsx")
    take_in(edition, trial, user=planner)


@trips(
    "reports.unit-unsettled",
    "예산 파일 ‘’의 단위를 아직 확인하지 않았습니다. 예산 파일 화면에서 확인하거나 버리십시오.",
)
def _(edition, planner):
    given = {"bureau": edition.bureau, "file_name": "집행.xlsx", "token": "x", "sha256": "x", "size": 1}
    BudgetImport.objects.create(
        source=draft_of(edition, "expenditure"), state="staged", report={"objection": "천 배"}, **given
    )


@trips("reports.too-large", "글이 너무 깁니다.")
def _(edition, planner, monkeypatch):
    monkeypatch.setattr(edition_rules, "too_large", lambda texts: "글이 너무 깁니다.")


@trips(
    "reports.drafts-outside",
    "세출 2022 (2022. 11. 1.), 시험.xlsx (housing-planner): 발행해도 확정되지 않고 검토 대기로 남습니다",
)
def _(edition, planner):
    make_expenditure(edition.bureau, AS_OF, state="draft", document="시험.xlsx", brought_by=planner)


@trips(
    "reports.file-not-taken-over",
    "세출 2022 (2022. 10. 15.), 주택정책과, 주택.xlsx: 이어받은 예산 초안을 그 사이 고쳐서 이 파일의 예산 대신 초안의 예산이 실립니다",
)
def _(edition, planner):
    delivery = make_expenditure(edition.bureau, "2022-10-15", department=unit(), document="주택.xlsx")
    spend(delivery, unit(), 9_000, 7_000)


@trips("reports.scope-unwritten", "용어 (2022. 11. 1.): 빈 초안 그대로입니다")
def _(edition, planner):
    draft = make_source(edition.bureau, "glossary", AS_OF, state="draft", received="2022-01-02")
    revision = SourceRevision.objects.get(source=draft).revision
    EditionSource.objects.create(edition=edition, source=draft, carried_revision=revision, is_new=True)


@trips("reports.scope-old", "주요업무: 2022. 6. 1. 기준 자료가 그대로 실립니다")
def _(edition, planner):
    take_out(edition, draft_of(edition, "duties"), reason="고칠 것이 없음", user=planner)


@trips(
    "reports.correction-unexplained",
    "‘주택정책관 첫 업무보고 (2022. 11. 1.)’를 바로잡는 회차인데 무엇을 왜 고쳤는지 적지 않았습니다",
)
def _(edition, planner):
    make_edition(AS_OF, "published", edition.bureau.slug, title="주택정책관 첫 업무보고")


@trips("reports.title-of-another-time", "제목에는 ‘2022년 8월’, 기준일은 2022. 11. 1.입니다")
def _(edition, planner):
    edition.title = "주택정책관 2022년 8월 업무보고"
    edition.save()


@trips("reports.session-missing", "표지에 인쇄할 의회 회기가 없습니다")
def _(edition, planner):
    edition.council_session = ""
    edition.save()


@trips(
    "reports.date-to-come",
    "기준일(2022. 11. 1.)이 오기 전에 발행합니다. 일정의 상태는 그날로 적힙니다",
)
def _(edition, planner, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2022, 10, 31))


@trips(
    "reports.earlier-edition-open",
    "‘주택정책관 9월 업무보고 (2022. 9. 1.)’가 아직 발행되지 않아 그 초안은 이 회차에 없습니다",
)
def _(edition, planner):
    make_edition("2022-09-01", "open", edition.bureau.slug, title="주택정책관 9월 업무보고")


@trips(
    "reports.later-edition-published",
    "‘주택정책관 12월 업무보고 (2022. 12. 1.)’를 이미 발행했습니다. 읽는 이에게는 그 기준일이 먼저 보입니다",
)
def _(edition, planner):
    make_edition("2022-12-01", "published", edition.bureau.slug, title="주택정책관 12월 업무보고")


@trips("reports.edited-since", "이미 확정한 자료에 고친 것이 1건 있어, 지난 발행본과 지금 값이 다릅니다")
def _(edition, planner):
    _, before = reports_of(edition, snapshot_of(edition))
    earlier = make_edition(BEFORE, "review", edition.bureau.slug, title="주택정책관 6월 업무보고")
    text = to_json(before)
    PublishedReport.objects.create(edition=earlier, report=text, sha256=digest(text))
    earlier.state = "published"
    earlier.save()
    with acting(lambda: planner):
        duty = Duty.objects.get(source__as_of=BEFORE, source__bureau=edition.bureau)
        duty.text = "주택 정책"
        duty.save()


@trips(
    "reports.numbers-unaccounted",
    "주택 정책과 7개 단지 공급 총괄 주요업무: 글의 수와 날짜가 무엇을 말하는지 모두 확인했다 (확인하지 않은 수 1개(7개)를 확인하십시오.)",
)
def _(edition, planner):
    update(edition, Duty, text="주택 정책과 7개 단지 공급 총괄")


@trips(
    "reports.numbers-stale",
    "1. 전세임대 공급 사업개요: 글의 ‘약 500호’가 자료의 ‘공급 호수’와 같다 (글의 값 500호, 자료의 값 300호)",
)
def _(edition, planner):
    """A number that was bound to one fact, which then is another."""
    brief = Brief.objects.get(source=draft_of(edition, "projects"))
    brief.overview, brief.mentions = "ㅇ 300호 공급, 200호 계약, 약 300호 준공", []
    brief.save()
    snapshot = snapshot_of(edition)
    (text,) = [text for text in states_of(brief, snapshot) if text.field == "overview"]
    places = {token.place: "measurement:homes-let" for token in text.tokens if token.token.approximate}
    confirm(brief, places, snapshot)
    account_for_numbers(edition)
    Brief.objects.filter(pk=brief.pk).update(overview="ㅇ 300호 공급, 200호 계약, 약 500호 준공")

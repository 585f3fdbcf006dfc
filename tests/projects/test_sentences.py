from datetime import date

from projects import sentences
from projects.budget import Budgets
from projects.indicators.tree import TargetsSummary
from projects.milestones.progress import Next, Progress, milestone_on
from projects.models import Brief, Milestone, Project
from seoul_digital.lib.periods import PartialDate

D = date(2022, 8, 29)
WIFI = Brief(
    pk=1,
    number=1,
    title="공공와이파이",
    strategy_id=1,
    budget=8_617_000_000,
    project=Project(slug="public-wifi"),
)
FORUM = Brief(
    pk=11, number=11, title="리더스포럼", strategy_id=4, budget=200_000_000, project=Project(slug="forum")
)
BOTH = Budgets([WIFI, FORUM])


def lines(safe):
    """Without the markup, a line a `<span>` of the lead."""
    text = safe.replace('<span class="nb">', "").replace("</b>", "").replace("<b>", "")
    return [part.replace("</span>", "") for part in text.split("<span>") if part]


def coming(title, what=""):
    milestone = Milestone(title=title, start="2022-08-31", end="2022-08-31", listing="schedule")
    return Next(PartialDate(2022, 8, 31), what, milestone_on(WIFI, milestone, D))


def test_counts_say_what_is_to_be_looked_at():
    assert (
        sentences.counts(Progress(done=3, in_progress=1, planned=2, warn=1))
        == "완료 3건, 기간 중 1건, 예정 2건(확인 필요 1건)"
    )
    assert sentences.counts(Progress(undetermined=1)) == "미정 1건"


def test_the_list_s_lead():
    lead = sentences.list_lead([WIFI, FORUM], BOTH, Progress(done=2, planned=1))
    assert lines(lead) == [
        "2개 추진전략에 사업 2건, 사업예산은 모두 8,817백만원(88.2억 원)입니다.",
        "실적·일정 3건 가운데 완료 2건, 예정 1건입니다.",
    ]
    assert lines(sentences.list_lead([FORUM], Budgets([]), Progress())) == ["사업 1건이 있습니다."]
    assert lines(sentences.list_lead([], Budgets([]), Progress())) == ["조건에 맞는 사업이 없습니다."]


def test_leads_with_what_comes_next():
    assert lines(sentences.detail_lead(Progress(planned=1), coming("1차 테스트 오픈"))) == [
        "실적·일정 1건 가운데 예정 1건입니다.",
        "다음은 2022. 8. 31. ‘1차 테스트 오픈’입니다.",
    ]
    assert (
        lines(sentences.timeline_lead(Progress(planned=1), coming("구축", "끝")))[1]
        == "다음은 2022. 8. 31. 공공와이파이 ‘구축’ 끝입니다."
    )
    assert (
        lines(sentences.timeline_lead(Progress(done=1), None))[1]
        == "기준일 뒤에 시작하거나 끝나는 것으로 적힌 일정은 없습니다."
    )
    assert lines(sentences.timeline_lead(Progress(), None)) == ["조건에 맞는 실적·일정이 없습니다."]
    assert lines(sentences.detail_lead(Progress(), None)) == [
        "이 사업에는 시점이나 상태가 적힌 실적·일정이 없습니다."
    ]


def test_what_people_typed_stays_text():
    assert "&lt;b&gt;" in sentences.detail_lead(Progress(planned=1), coming("<b>"))


def test_how_milestones_stand():
    assert sentences.progress_sentence(Progress(done=3, planned=2), 0) == "5건 가운데 완료 3건, 예정 2건."
    assert (
        sentences.progress_sentence(Progress(done=1), 1)
        == "1건 가운데 완료 1건. 시점이 적히지 않은 1건은 그림에 없고 표에 있습니다."
    )
    assert sentences.progress_sentence(Progress(), 0) == "적힌 실적·일정이 없습니다."


def test_how_statuses_are_told_names_older_facts():
    told = "상태는 기간과 기준일, 보고서에 적힌 말로만 판정하고 진도(%)는 추정하지 않습니다."
    assert sentences.status_note(D, D) == told
    assert sentences.status_note(None, D) == told
    assert (
        sentences.status_note(D, date(2022, 12, 1))
        == f"{told} 2022. 8. 29.(월) 자료를 2022. 12. 1.(목)에 견주어 판정했습니다."
    )


def test_indicators_and_their_targets():
    assert lines(sentences.indicators_lead(TargetsSummary(116, 5, 1), "사업 11건과 용어 설명")) == [
        "사업 11건과 용어 설명에 지표 116개가 있습니다.",
        "목표가 적힌 지표는 5개이고, 그 가운데 1개가 목표에 이르렀습니다.",
    ]
    assert lines(sentences.indicators_lead(TargetsSummary(10), "용어 설명")) == [
        "용어 설명에 지표 10개가 있습니다.",
        "목표가 적힌 지표는 없습니다.",
    ]
    assert lines(sentences.indicators_lead(TargetsSummary(), "")) == ["조건에 맞는 지표가 없습니다."]
    assert (
        sentences.targets_sentence(TargetsSummary(5, 2, 0))
        == "목표가 적힌 지표는 <b>2개</b>이고, 기준일까지 목표에 이른 것으로 확인된 것은 없습니다."
    )
    assert (
        sentences.targets_sentence(TargetsSummary(5, 2, 2))
        == "목표가 적힌 지표 <b>2개</b>가 모두 목표에 이르렀습니다."
    )


def test_disagreements_are_counted():
    assert (
        sentences.disagreement_sentence(TargetsSummary(disagreeing=1))
        == "같은 값이 다르게 적혔거나 더한 값과 다른 지표가 1개 있습니다(◆)."
    )
    assert sentences.disagreement_sentence(TargetsSummary()) == ""


def test_a_budget_among_the_others():
    assert (
        sentences.budget_sentence(WIFI, BOTH)
        == "주요 사업 2건의 합 8,817백만원(88.2억 원)의 97.7%로 가장 큽니다."
    )
    assert (
        sentences.budget_sentence(FORUM, BOTH)
        == "주요 사업 2건의 합 8,817백만원(88.2억 원)의 2.3%로 2번째로 큽니다."
    )
    assert sentences.budget_sentence(WIFI, Budgets([WIFI])) == "예산이 적힌 사업은 이 사업뿐입니다."
    assert sentences.budget_sentence(Brief(budget=None), BOTH) == "사업예산이 적혀 있지 않습니다."


def test_money_that_is_not_the_city_s_is_named():
    budgets = Budgets([WIFI, FORUM], (("재단", 890_000_000),))
    assert (
        sentences.others_money(budgets) == "합에는 市 예산이 아닌 재단 890백만원(8.9억 원)이 들어 있습니다."
    )
    assert sentences.budget_sentence(WIFI, budgets).endswith(
        "가장 큽니다. 합에는 市 예산이 아닌 재단 890백만원(8.9억 원)이 들어 있습니다."
    )
    assert sentences.others_money(BOTH) == ""

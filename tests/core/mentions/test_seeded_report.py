"""Every number and date in the prose of the seeded reports says what it states, and is held against it."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from unittest.mock import patch

import pytest

from core.mentions.candidates import candidates, only_fit
from core.mentions.mention import Kind
from core.mentions.states import State, context_of, states, token_state
from core.stated_facts import stated_facts
from departments.models import Department
from projects.models import Measurement
from seoul_digital.lib.periods import PartialDate, Period
from tests.factories import make_source, snapshot_of

pytestmark = pytest.mark.engine

REPORTS = [("digital-policy-bureau", ""), ("smart-city-bureau", "2020-01-31")]


@pytest.fixture
def snapshot(seeded):
    return snapshot_of(Department.objects.get(slug="digital-policy-bureau"))


def tokens_of(texts):
    return [(text, token) for text in texts for token in text.tokens]


def test_every_number_of_the_report_is_classified(snapshot):
    found = tokens_of(states(snapshot))
    assert Counter(token.state for _, token in found) == {
        State.BOUND: 195,
        State.NO_FACT: 70,
        State.ONLY_HERE: 16,
        State.DERIVED: 2,
    }
    assert Counter(token.token.is_date for _, token in found) == {False: 239, True: 44}


def test_every_number_of_the_report_before_is_classified(seeded):
    """Its structure line and the note below its bureau."""
    before = snapshot_of(Department.objects.get(slug="smart-city-bureau"), "2020-01-31")
    assert Counter(token.state for _, token in tokens_of(states(before))) == {State.BOUND: 9}


@pytest.mark.parametrize(("bureau", "as_of"), REPORTS)
def test_no_mention_of_the_reports_is_lost(seeded, bureau, as_of):
    snapshot = snapshot_of(Department.objects.get(slug=bureau), as_of)
    assert [mention for text in states(snapshot) for mention in text.lost] == []


def test_seeded_mentions_know_the_words_beside_them(snapshot):
    found = {token.mention.target: token.mention for _, token in tokens_of(states(snapshot))}
    mention = found["measurement:digital-inclusion-device-help"]
    assert (mention.before, mention.after) == ("사용법 지원(", ")")


def test_what_is_said_only_in_a_text_is_listed(snapshot):
    found = {
        (str(text.row), token.token.printed)
        for text, token in tokens_of(states(snapshot))
        if token.state == State.ONLY_HERE
    }
    assert found == {
        ("서울디지털재단 (조직 (2022. 8. 29.))", "1"),  # 1실 1본부 7팀 is where the structure is kept
        ("서울디지털재단 (조직 (2022. 8. 29.))", "7팀"),
        ("2. 사물인터넷 기반 시민체감형 서비스 확산", "30년"),  # 이상 노후 건축물
        ("2022년 빅데이터 서비스 플랫폼(1단계) 운영(계속)", "2022년"),
        ("5. 차세대 업무관리시스템 구축 및 자치구 확산", "’11년"),  # 개발
        ("8. 디지털 기반 공공 아카이브 운영 강화 및 기록정보서비스 확대", "30년"),  # 보존기간
        ("1단계 사업 서비스 구축 및 공공앱 오픈 심의․등록", "약 3주"),
        ("1단계 사업 서비스 구축 및 공공앱 오픈 심의․등록", "2"),  # ~3일
        ("1단계 사업 서비스 구축 및 공공앱 오픈 심의․등록", "3일"),
        ("1단계 사업 서비스 구축 및 공공앱 오픈 심의․등록", "2주"),
        ("1단계 사업 서비스 구축 및 공공앱 오픈 심의․등록", "3주"),
        ("10. 디지털 격차해소로 스마트 포용도시 실현", "100점"),  # 으로 가정
        ("와이파이 (Wi-Fi, Wireless Fidelity)", "20"),  # ~30미터
        ("와이파이 (Wi-Fi, Wireless Fidelity)", "30미터"),
        ("와이파이 (Wi-Fi, Wireless Fidelity)", "100미터"),
    }


def test_every_bound_number_is_the_value_of_its_fact(snapshot):
    """Of the report's own disagreements none is one of a text with what it is bound to: each statement is a fact of its place."""
    facts, approximate, apart = stated_facts(snapshot), [], []
    for _, token in tokens_of(states(snapshot)):
        if token.mention.kind == Kind.BOUND:
            fact = facts[token.mention.target]
            if token.token.approximate:
                approximate.append((token.token.printed, int(fact.value)))
            elif not token.token.is_date and token.token.value != fact.value:
                apart.append((token.token.printed, fact.value))
    assert apart == []
    assert approximate == [("2만여 명", 20000), ("약 3,500명", 3500), ("120여명", 120), ("약 1,000배", 1000)]


def test_two_statements_of_one_quantity_are_bound_each_to_its_own(snapshot):
    found = {
        token.token.printed: token.mention.target
        for _, token in tokens_of(states(snapshot))
        if token.mention.target.startswith("measurement:5g-maximum-speed-ratio")
    }
    assert found == {
        "200배": "measurement:5g-maximum-speed-ratio",
        "20배": "measurement:5g-maximum-speed-ratio@정보화 용어 설명 5G 표",
    }


def another(fact):
    """The fact with another value: more than what an approximate number leaves open."""
    if fact.value is not None:
        return replace(fact, value=fact.value * 2 + 1 if fact.value >= 100 else fact.value + 1)
    later = PartialDate(2031, 1)
    return replace(fact, period=Period(later, later) if isinstance(fact.period, Period) else later)


def test_a_changed_fact_makes_its_mentions_stale_and_no_others(snapshot):
    """Every measurement and target in turn, and whatever else a text is bound to."""
    facts, found = stated_facts(snapshot), [token for _, token in tokens_of(states(snapshot))]
    named = {
        identity: [
            index
            for index, token in enumerate(found)
            if token.mention.target == identity or f"{{{identity}}}" in token.mention.formula
        ]
        for identity in facts
    }
    statements = [identity for identity in facts if identity.startswith(("measurement:", "target:"))]
    assert len(statements) == 125
    for identity in {*statements, *(identity for identity in facts if named[identity])}:
        with patch.dict(facts, {identity: another(facts[identity])}):
            now = [token_state(token.token, token.mention, snapshot, dict).state for token in found]
        assert [index for index, state in enumerate(now) if state == State.STALE] == named[identity], identity
    # `광진, 동작, 강남` is a list without its number
    assert [identity for identity in statements if not named[identity]] == [
        "measurement:work-management-system-opened-districts"
    ]


def test_a_measurement_one_off_makes_its_number_stale(snapshot):
    facts, found = stated_facts(snapshot), [token for _, token in tokens_of(states(snapshot))]
    off = {
        identity: replace(fact, value=fact.value + Decimal(1))
        for identity, fact in facts.items()
        if identity.startswith("measurement:")
    }
    with patch.dict(facts, off):
        now = [token_state(token.token, token.mention, snapshot, dict) for token in found]
    kept = [
        token.token.printed
        for token in now
        if token.mention.target.startswith("measurement:") and token.state != State.STALE
    ]
    assert kept == ["2만여 명", "약 3,500명", "120여명", "약 1,000배"]


def test_a_mention_of_a_time_that_only_an_older_report_states_still_holds(snapshot):
    """15개구(’21년) → 17개구(’22년), once the newest source tells of 2022 alone."""
    source = snapshot.source("indicators")
    Measurement.objects.filter(
        source=source, indicator__slug="intelligent-cctv-safety-net-districts", measured_on="2021"
    ).update(source=make_source(snapshot.bureau, "indicators", "2021-12-31"))
    now = snapshot_of(snapshot.bureau)
    found = {
        (token.token.printed, token.state)
        for _, token in tokens_of(states(now))
        if "safety-net-districts" in token.mention.target
    }
    assert found >= {("15개구", State.BOUND), ("’21년", State.BOUND), ("17개구", State.BOUND)}


@pytest.fixture
def proposals(snapshot):
    """Of every number, its mention taken away: what it was said to be, the one fact that fits, and the candidates."""
    return [
        (
            token.mention,
            only_fit(snapshot, token.token, context),
            [fact.identity for fact in candidates(snapshot, token.token, context)],
        )
        for text, token in tokens_of(states(snapshot))
        for context in [context_of(text.row, text.text, token.token)]
    ]


def test_what_alone_fits_is_what_a_person_said(proposals):
    fitting = [(mention.target, fact.identity) for mention, fact, _ in proposals if fact]
    assert [(meant, found) for meant, found in fitting if meant != found] == []
    assert len(fitting) == 40


def test_what_is_meant_stands_among_the_candidates_mostly_first(proposals):
    places = Counter(
        found.index(mention.target) if mention.target in found else "missing"
        for mention, _, found in proposals
        if mention.kind == Kind.BOUND
    )
    assert (places[0], places["missing"]) == (182, 0)

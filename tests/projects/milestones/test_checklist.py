"""What projects are held against before publishing, rule by rule."""

from datetime import date
from types import SimpleNamespace

import pytest

from projects.milestones import checklist
from projects.models import Brief, Milestone

DRAFT = SimpleNamespace(snapshot="now", snapshot_before="before")


def brief(title="전세임대", steps=(), **fields):
    made = Brief(pk=7, number=1, title=title, project_id=3, **fields)
    made._prefetched_objects_cache = {"milestones": list(steps)}
    return made


def step(title, key="", listing="schedule", **fields):
    return Milestone(title=title, key=key or title, listing=listing, **fields)


@pytest.fixture
def briefs(monkeypatch):
    """Those of the draft, and of the report before."""
    known = {"now": [], "before": []}
    monkeypatch.setattr(checklist, "briefs_of", known.__getitem__)
    return known


def words(rule):
    return [item.words for item in rule(DRAFT)]


@pytest.mark.parametrize(("text", "found"), [(" \n", 1), ("ㅇ 공고", 0)])
def test_achievements_empty(briefs, text, found):
    briefs["now"] = [brief(achievements=text)]
    assert words(checklist.achievements_empty) == ["1. 전세임대: 추진실적이 없습니다"] * found


def test_milestone_dropped_is_neither_a_step_nor_in_the_words(briefs):
    earlier = [step("입주 시작", period_printed="’22.12."), step("하자 점검"), step("2차 모집")]
    briefs["before"] = [brief(steps=earlier)]
    briefs["now"] = [brief(steps=[step("입주 완료", key="입주 시작")], achievements="ㅇ 하자점검 마침")]
    assert words(checklist.milestones_dropped) == [
        "1. 전세임대: 지난 보고의 ‘2차 모집’(때가 적히지 않음)에 대한 말이 없습니다"
    ]


def test_schedule_untouched(briefs):
    briefs["before"] = [brief(steps=[step("입주", start="2022-12")])]
    briefs["now"] = [brief(steps=[step("입주", start="2022-12"), step("모집", listing="achievement")])]
    assert words(checklist.schedule_untouched) == ["1. 전세임대: ‘향후일정’이 지난 보고와 같습니다"]
    briefs["now"] = [brief(steps=[step("입주", start="2023-01")])]
    assert words(checklist.schedule_untouched) == []


def test_achievements_untouched_names_the_day_of_the_report_before(briefs):
    briefs["now"] = [brief(achievements="ㅇ 공고")]
    earlier = brief(achievements="ㅇ 공고")
    Brief.source.field.set_cached_value(earlier, SimpleNamespace(as_of=date(2022, 6, 1)))
    briefs["before"] = [earlier]
    assert words(checklist.achievements_untouched) == [
        "1. 전세임대: 추진실적이 지난 보고(2022. 6. 1.)와 글자까지 같습니다"
    ]


@pytest.mark.parametrize(("strategies", "found"), [([], 0), (["하나"], 1)])
def test_strategy_missing_where_the_vision_has_some(briefs, monkeypatch, strategies, found):
    vision = SimpleNamespace(strategies=SimpleNamespace(all=lambda: strategies))
    monkeypatch.setattr(checklist, "vision_of", lambda snapshot: vision)
    briefs["now"] = [brief(strategy_id=None), brief(strategy_id=5)]
    assert len(words(checklist.strategy_missing)) == found

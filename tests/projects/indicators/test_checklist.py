from datetime import date
from types import SimpleNamespace

import pytest

from projects.indicators import checklist
from projects.models import Target

ON = date(2022, 11, 1)


def entry(targets, latest=None):
    return SimpleNamespace(indicator="공급 호수", missed_on=lambda on: targets, latest=latest)


@pytest.mark.parametrize(
    ("latest", "newest"),
    [(SimpleNamespace(printed="300호"), "가장 새로운 값 300호"), (None, "값 없음")],
)
def test_target_passed_names_the_newest_value(monkeypatch, latest, newest):
    target = Target(pk=1, printed="500호", due="2022-10")
    monkeypatch.setattr(checklist, "indicators_of", lambda snapshot: [])
    monkeypatch.setattr(checklist, "flat", lambda entries: [entry([target], latest), entry([])])
    draft = SimpleNamespace(snapshot=SimpleNamespace(judged_on=lambda scope: ON))
    assert [item.words for item in checklist.targets_passed(draft)] == [
        f"공급 호수: 목표 500호의 기한(2022. 10.)이 지났습니다 ({newest})"
    ]


def test_target_passed_of_no_source_is_none():
    draft = SimpleNamespace(snapshot=SimpleNamespace(judged_on=lambda scope: None))
    assert list(checklist.targets_passed(draft)) == []

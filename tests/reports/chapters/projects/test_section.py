from django.utils.html import strip_tags

from reports.chapters.projects import section as projects_section
from reports.comparison.compare import compare
from reports.comparison.page import page_of
from tests.reports.plain import (
    milestone,
    project,
    two,
)


def lead(before, after):
    return [strip_tags(sentence) for sentence in page_of(compare(before, after)).lead]


def test_projects_lead():
    old = (project("a"), project("b", 2), project("c", 3))
    new = (project("a", title="새 제목"), project("b", 2), project("d", 4))
    said = "주요 사업 4건 가운데 1건이 달라지고 1건이 새로 생기고 1건이 없어졌습니다."
    assert lead(*two("projects", old, new)) == [said]


def test_statuses_that_moved_are_counted():
    before = project(milestones=tuple(milestone(key) for key in "abc"))
    after = project(
        milestones=(
            milestone("a", status="done"),
            milestone("b", status="done"),
            milestone("c", status="in_progress"),
        )
    )
    changes = compare(*two("projects", (before,), (after,))).changes["projects"]
    assert (
        projects_section.sentence(changes)
        == "달라진 것 1건입니다. 상태가 바뀐 실적·일정은 3건입니다(예정 → 완료 2건, 예정 → 기간 중 1건)."
    )

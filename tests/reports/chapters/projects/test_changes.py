from dataclasses import replace

from reports.chapters.projects.data import ContactRow, FundingRow
from reports.comparison.changes import Counts, FieldChange, Kind
from reports.comparison.compare import compare
from reports.report import Name
from seoul_digital.lib.periods import PartialDate, Period
from tests.reports.plain import milestone, project, two


def compared(before, after):
    return compare(*two("projects", tuple(before), tuple(after))).changes["projects"]


def changed(before, after):
    (one,) = compared([before], [after]).shown
    return one


def test_projects_come_go_and_stay():
    changes = compared(
        [project(), project("old", 2, "옛 사업")], [project(), project("new", 2, "새 사업", budget=1_000_000)]
    )
    assert [(one.kind, one.title) for one in changes.shown] == [
        (Kind.ADDED, "새 사업"),
        (Kind.REMOVED, "옛 사업"),
    ]
    assert changes.counts == Counts(added=1, removed=1, same=1)
    new = changes.shown[0]
    assert (new.budget.old, new.budget.new, new.budget.difference) == (None, 1_000_000, None)


def test_its_fields():
    before = project(
        budget=500_000_000,
        budget_printed="500백만원",
        period=Period(PartialDate(2021)),
        contacts=(ContactRow("과장", "김하나", "1234"), ContactRow("담당", "이둘")),
        fundings=(FundingRow("市", 500_000_000),),
    )
    after = replace(
        before,
        number=3,
        title="옥상과 벽면 정원",
        strategy=Name("green", "푸른 도시"),
        lead_department=Name("green", "녹지담당관"),
        budget=700_000_000,
        budget_printed="700백만원",
        period=Period(PartialDate(2021), PartialDate(2023)),
        contacts=(ContactRow("과장", "박셋", "1234"),),
        fundings=(FundingRow("市", 600_000_000), FundingRow("國", 100_000_000)),
    )
    one = changed(before, after)
    assert one.fields == (
        FieldChange("번호", "1", "3"),
        FieldChange("제목", "옥상 정원", "옥상과 벽면 정원"),
        FieldChange("추진전략", "", "푸른 도시"),
        FieldChange("주관 부서", "공원담당관", "녹지담당관"),
        FieldChange("사업기간", "’21년 ~", "’21년 ~ ’23년"),
        FieldChange("사업예산 표기", "500백만원", "700백만원"),
        FieldChange("담당자(과장)", "김하나 1234", "박셋 1234"),
        FieldChange("담당자(담당)", "이둘", ""),
        FieldChange("재원(市)", "500백만원", "600백만원"),
        FieldChange("재원(國)", "", "100백만원"),
    )
    assert one.budget.difference == 200_000_000


def test_a_budget_alone_makes_a_change():
    assert changed(project(budget=1), project(budget=2)).fields == ()


def test_its_texts():
    before = project(purpose="더위를 덜기 위함", overview="ㅇ 정원 3곳\n- 시청", achievements="ㅇ 착공")
    after = replace(before, purpose="더위를 줄이기 위함", overview="ㅇ 정원 5곳\n- 시청")
    texts = changed(before, after).texts
    assert [
        (text.label, [(line.before, line.after) for line in text.lines], text.same) for text in texts
    ] == [
        ("목적", [("더위를 덜기 위함", "더위를 줄이기 위함")], 0),
        ("사업개요", [("정원 3곳", "정원 5곳")], 1),
    ]


def test_milestones_by_their_key():
    before = project(milestones=(milestone(), milestone("plan", "설계"), milestone("same", "점검")))
    after = project(
        milestones=(
            milestone(
                title="첫 개장", end="2022-09", status="in_progress", word="기간 중", note="- 시청부터"
            ),
            milestone("same", "점검"),
            milestone("new", "평가", note="- 외부 평가"),
        )
    )
    one = changed(before, after)
    assert [(step.kind, step.title) for step in one.milestones] == [
        (Kind.CHANGED, "첫 개장"),
        (Kind.ADDED, "평가"),
        (Kind.REMOVED, "설계"),
    ]
    first = one.milestones[0]
    assert (first.before.printed, first.after.printed) == ("’22. 8.", "’22. 8. ~ 9.")
    assert [text.label for text in one.diffs] == ["‘첫 개장’의 아랫줄"]


def test_a_milestone_may_change_its_status_alone():
    one = changed(
        project(milestones=(milestone(),)), project(milestones=(milestone(status="done", word="완료"),))
    )
    assert [(step.before.status, step.after.status) for step in one.milestones] == [("planned", "done")]


def test_the_recorded_words_of_a_milestone_are_compared():
    before, after = milestone(), replace(milestone(), recorded="완료", recorded_in="2022년 업무보고")
    one = changed(project(milestones=(before,)), project(milestones=(after,)))
    assert [(step.before.recorded, step.after.recorded) for step in one.milestones] == [("", "완료")]


def test_a_status_that_the_calendar_moved_is_no_edit():
    before = project(milestones=(milestone(),))
    after = project(milestones=(milestone(status="in_progress", word="추진 중"),))
    (one,) = compare(*two("projects", (before,), (after,)), edits_only=True).changes["projects"].projects
    assert (one.kind, one.milestones) == (Kind.SAME, ())

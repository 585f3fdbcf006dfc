from datetime import date

from projects import data
from projects.budget import budgets_of
from projects.detail import ProjectPage, schedule_text
from projects.milestones.progress import milestone_on, milestones_on
from projects.models import Brief, Milestone
from projects.portfolio import Links, ProjectRows
from projects.strategies import groups_of
from seoul_digital.lib.tables import text_of

D = date(2022, 8, 29)


def test_the_table_counts_milestones_and_indicators(snapshot, briefs, roots):
    links = Links(lambda brief: f"/p/{brief.number}/", lambda slug: f"/d/{slug}/")
    rows = ProjectRows(milestones_on(briefs, D), roots, D, links)
    table = rows.table(groups_of(data.vision_of(snapshot), briefs), D)
    shown = [
        [text_of(column, cell) for column, cell in zip(table.columns, row.cells, strict=True)]
        for row in table.rows
    ]
    assert shown[0] == ["모두 11건", "", "36,248", "19", "29", "15", "5", "3", "", "106", "5", "-"]
    assert shown[2] == ["1. 공공와이파이 확충 및 시민 이용편의 제고", "정보통신보안담당관", "8,617", "3", "1", "2", "-", "-", "2022. 12. 끝", "30", "1", "-"]  # fmt: skip
    assert table.columns[-1].only == "file"  # for nothing is reached
    assert (table.rows[2].href, table.rows[2].cells[1].href) == ("/p/1/", "/d/ict-security/")
    assert table.notes == [
        "7번 사업: 추진전략 그림에는 ‘시민의 알권리 보장을 위한 정보공개제도 운영’이라고 적혀 있습니다.",
        "합에는 市 예산이 아닌 재단 890백만원(8.9억 원)이 들어 있습니다.",
        "확인 필요한 건은 예정에도 들어 있습니다.",
    ]


def test_no_projects_make_no_rows():
    assert ProjectRows([], [], D, Links(str, str)).table([], None).rows == []


def test_budgets_by_size(briefs):
    budgets = budgets_of(briefs)
    assert (budgets.total, budgets.count, budgets.largest) == (36_248_000_000, 11, 8_617_000_000)
    assert [brief.number for brief in budgets.briefs] == [1, 3, 4, 5, 6, 9, 8, 2, 10, 7, 11]
    assert [budgets.rank(brief) for brief in briefs] == [1, 8, 2, 3, 4, 5, 10, 7, 6, 9, 11]
    assert budgets.others == (("재단", 890_000_000),)


def test_a_project_without_a_budget_has_no_rank(briefs):
    briefs[0].budget = None
    budgets = budgets_of(briefs)
    assert budgets.rank(briefs[0]) is None
    assert budgets.count == 10
    assert budgets_of([]).largest == 0


def test_a_page_knows_its_neighbours(briefs):
    pages = [ProjectPage(brief, briefs, [], D) for brief in (briefs[0], briefs[5], briefs[10])]
    found = [(page.before and page.before.number, page.after and page.after.number) for page in pages]
    assert found == [(None, 2), (5, 7), (10, None)]


def test_the_vision_s_other_title_is_told(briefs):
    page = ProjectPage(briefs[6], briefs, [], D)
    assert (
        page.title_sentence
        == "추진전략 그림에는 ‘시민의 알권리 보장을 위한 정보공개제도 운영’이라고 적혀 있습니다."
    )
    assert ProjectPage(briefs[0], briefs, [], D).title_sentence == ""


def test_the_schedule_is_written_as_in_the_report():
    brief = Brief(pk=1)
    listed = [
        Milestone(title="착수", listing="achievement", period_printed="’22.1."),
        Milestone(
            title="확충",
            listing="schedule",
            start="2022-08",
            end="2022-12",
            period_printed="’22.8. ~ 12.",
            note="- 음영지역 개선",
        ),
        Milestone(title="정식 오픈", listing="schedule"),
    ]
    text = schedule_text([milestone_on(brief, one, D) for one in listed])
    assert text == "ㅇ 확충 : ’22.8. ~ 12.\n- 음영지역 개선\nㅇ 정식 오픈"

from datetime import date

import pytest

from projects import data
from projects.filters import select_milestones, select_projects
from projects.milestones.progress import milestones_on
from projects.milestones.schedules import milestone_table, project_figures, strategy_figures, timeline_figures
from projects.strategies import groups_of
from seoul_digital.lib.tables import text_of

D = date(2022, 8, 29)


def link(brief):
    return f"/p/{brief.project.slug}/"


@pytest.fixture
def groups(snapshot, briefs):
    return groups_of(data.vision_of(snapshot), briefs)


def test_strategies_are_numbered_as_in_the_vision(groups, briefs):
    assert [group.heading for group in groups] == [
        "전략 1. 미래 스마트도시 혁신기반 구축",
        "전략 2. 첨단기술 활용 차세대 스마트행정 선도",
        "전략 3. 디지털 기반 적극행정·열린시정 제공",
        "전략 4. 사람 중심 스마트도시 구현",
    ]
    assert [[brief.number for brief in group.briefs] for group in groups] == [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8],
        [9, 10, 11],
    ]
    briefs[0].strategy = None
    without = groups_of(None, briefs)
    assert [group.heading for group in without][:1] == ["미래 스마트도시 혁신기반 구축"]
    assert without[-1].heading == "추진전략에 딸리지 않은 사업"


def test_the_table_says_how_each_status_is_told(briefs):
    table = milestone_table(milestones_on(briefs[8:9], D), D)
    rows = [
        [text_of(column, cell) for column, cell in zip(table.columns, row.cells, strict=True)]
        for row in table.rows
    ]
    assert rows[7] == [
        "메타버스 서울 설계 및 구현, 1차 테스트 오픈",
        "추진실적",
        "’22.8.31.",
        "예정, 확인 필요",
        "추진실적에 적혔으나 기준일 뒤에 시작합니다.",
    ]
    assert rows[8] == [
        "1단계 사업 서비스 구축 및 공공앱 오픈 심의․등록",
        "향후일정",
        "~ ’22. 11.",
        "기간 중, 시작 미정",
        "시작이 적히지 않았고 끝이 기준일 뒤입니다.",
    ]


def test_a_milestone_without_a_time_says_so_and_the_plan_keeps_its_heading(briefs):
    first, *_, last = milestone_table(milestones_on(briefs[6:7], D), D).rows
    assert first.cells[2] == "시점이 적히지 않음"
    assert (last.cells[1], last.cells[2].value) == ("향후계획", "연중")


def test_the_table_of_all_is_grouped_by_project(briefs):
    table = milestone_table(milestones_on(briefs, D), D, link=link)
    assert len(table.rows) == 11 + 68
    assert (table.rows[0].cells[0], table.rows[0].href, table.rows[0].group) == (
        "1. 공공와이파이 확충 및 시민 이용편의 제고",
        "/p/public-wifi/",
        True,
    )


def test_a_project_s_time_line_shows_what_has_a_time(briefs):
    (figure,) = project_figures(milestones_on(briefs[:1], D), D, D)
    assert [row["text"] for row in figure.build().layout.meta["rows"]][
        -1
    ] == "지하철 객차내 5G 와이파이 서비스(2,5,6,7,8호선)"
    assert figure.build().layout.meta["rows"][0]["small"] == "완료 · ’21.11.~’22.4."
    assert (
        figure.summary
        == "6건 가운데 완료 3건, 기간 중 1건, 예정 2건. 시점이 적히지 않은 1건은 그림에 없고 표에 있습니다."
    )
    assert project_figures([], D, D) == []


def test_the_time_line_has_a_figure_a_strategy_on_one_scale(groups, briefs):
    figures = timeline_figures(groups, milestones_on(briefs, D), D, D, link)
    assert [figure.title for figure in figures] == [group.heading for group in groups]
    assert len({figure.build().layout.xaxis.range for figure in figures}) == 1
    assert figures[2].build().layout.meta["rows"][0]["href"] == "/p/information-disclosure-system/"
    assert timeline_figures(groups, [], D, D, link) == []


def test_a_filter_leaves_only_strategies_with_something_to_draw(groups, briefs):
    chosen = select_milestones({"status": "warn"}, briefs, D)
    figures = timeline_figures(groups, chosen.states, D, D, link)
    assert [figure.title[:4] for figure in figures] == ["전략 1", "전략 4"]


def test_strategies_with_their_budgets(groups, briefs):
    (figure,) = strategy_figures(groups, select_projects({}, briefs, D).states, D, D, link)
    (column,) = figure.build().layout.meta["columns"]
    assert column["texts"][:2] == ["17,668", "8,617"]
    assert figure.summary.startswith(
        "68건 가운데 완료 19건, 기간 중 29건, 예정 15건(확인 필요 3건), 미정 5건."
    )
    assert strategy_figures([], [], D, D, link) == []


def test_figures_are_valid(groups, briefs):
    states = milestones_on(briefs, D)
    for figure in (
        *strategy_figures(groups, states, D, D, link),
        *timeline_figures(groups, states, D, D, link),
    ):
        assert figure.build().data

from datetime import date

import pytest

from projects import data
from projects.filters import select_milestones, select_projects
from projects.milestones.progress import milestones_on
from projects.milestones.schedules import milestone_table, overview_figures, strategy_figures, timeline_table
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
    rows = {
        text_of(table.columns[0], row.cells[0]): [
            text_of(column, cell) for column, cell in zip(table.columns, row.cells, strict=True)
        ]
        for row in table.rows
    }
    assert rows["메타버스 서울 설계 및 구현, 1차 테스트 오픈"][1:] == [
        "’22.8.31.",
        "",
        "예정, 확인 필요",
        "추진실적",
        "추진실적에 적혔으나 기준일 뒤에 시작합니다.",
    ]
    assert rows["1단계 사업 서비스 구축 및 공공앱 오픈 심의․등록"][1:] == [
        "~ ’22. 11.",
        "",
        "기간 중, 시작 미정",
        "향후일정",
        "시작이 적히지 않았고 끝이 기준일 뒤입니다.",
    ]


def test_reason_and_place_are_folded_into_the_status(briefs):
    status = milestone_table(milestones_on(briefs[:1], D), D).rows[0].cells[3]
    assert status.more == ["추진실적에 적혔고 기간이 기준일 전에 끝났습니다.", "적힌 곳: 추진실적"]


def test_a_milestone_without_a_time_says_so_comes_last_and_has_no_bar(briefs):
    *_, last = milestone_table(milestones_on(briefs[6:7], D), D).rows
    assert last.cells[0].value == "전문가로 구성된 정보공개심의회 운영 및 정보공개 직원교육 의무화 추진"
    assert (last.cells[1].value, last.cells[2]) == ("시점이 적히지 않음", None)


def test_milestones_of_a_project_stand_by_their_start(briefs):
    table = milestone_table(milestones_on(briefs[:1], D), D)
    assert [row.cells[1].value for row in table.rows] == [
        "’21.11.~’22.4.",
        "’22.6.",
        "’22.8. ~ 12.",
        "’22.12. ~",
        "'24년까지",
        "시점이 적히지 않음",
    ]
    assert all(row.stands for row in table.rows)
    assert table.rows[0].anchor == "milestone-1-first-phase-installation"


def test_the_time_line_has_a_layer_a_strategy_and_a_heading_a_project(groups, briefs):
    table = timeline_table(groups, milestones_on(briefs, D), D, link)
    assert len(table.rows) == 4 + 11 + 68
    strategy, project = table.rows[:2]
    assert (strategy.layer, strategy.anchor, strategy.counts) == (
        True,
        "strategy-1",
        "22건: 완료 5건, 기간 중 9건, 예정 5건(확인 필요 2건), 미정 3건",
    )
    assert strategy.fold == "그 밖의 18건: 완료 5건, 기간 중 8건, 예정 2건, 미정 3건"
    assert (project.cells[0], project.href, project.group) == (
        "1. 공공와이파이 확충 및 시민 이용편의 제고",
        "/p/public-wifi/",
        True,
    )


def test_what_is_near_or_to_be_looked_at_is_never_folded(groups, briefs):
    table = timeline_table(groups, milestones_on(briefs, D), D, link)
    standing = [row for row in table.rows if row.stands]
    assert len(standing) == 16
    assert [row.cells[0].value for row in standing[:4]] == [
        "전기차충전 스마트폴 구축",
        "노후 구조물 및 소방시설 위험관리서비스 실증",
        "어린이 안전지킴이/어린이집15개소",
        "우범지대 로봇 안전순찰",
    ]
    assert {row.cells[3].value for row in table.rows if not row.group and not row.stands} == {
        "done", "in_progress", "planned", "undetermined",
    }  # fmt: skip


def test_all_rows_share_one_axis_with_the_as_of_date(groups, briefs):
    axis = timeline_table(groups, milestones_on(briefs, D), D, link).axis
    assert axis.span == (date(2021, 8, 1), date(2023, 9, 1))
    assert axis.as_of == D


def test_a_filter_leaves_only_strategies_with_something_to_show(groups, briefs):
    chosen = select_milestones({"status": "warn"}, briefs, D)
    table = timeline_table(groups, chosen.states, D, link)
    assert [row.cells[0][:4] for row in table.rows if row.layer] == ["전략 1", "전략 4"]
    assert timeline_table(groups, [], D, link).rows == []


def test_the_overview_has_a_row_a_project_with_all_its_milestones(groups, briefs):
    (figure,) = overview_figures(groups, milestones_on(briefs, D), D, D, link)
    rows = figure.build().layout.meta["rows"]
    assert len(rows) == 11
    assert (rows[8]["text"], rows[8]["href"]) == (
        "9. 메타버스를 활용한 차세대 행정서비스 제공",
        "/p/metaverse-seoul/",
    )
    assert figure.summary == (
        "68건 가운데 완료 19건, 기간 중 29건, 예정 15건(확인 필요 3건), 미정 5건."
        " 시점이 적히지 않은 15건은 그림에 없고 표에 있습니다."
    )
    assert overview_figures(groups, [], D, D, link) == []


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
        *overview_figures(groups, states, D, D, link),
    ):
        assert figure.build().data

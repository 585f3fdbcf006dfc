from datetime import date
from types import SimpleNamespace

import pytest

from core.snapshot import Snapshot
from dashboard import home as page
from projects.milestones.progress import Progress
from seoul_digital.lib.tables import text_of
from tests.factories import (
    NOBODY,
    make_bureau,
    make_expenditure,
    make_source,
    make_staffing,
    make_unit,
    snapshot_of,
    spend,
)


@pytest.fixture
def report(seeded):
    return page.Home(Snapshot.from_query(NOBODY, {}))


def url_of(brief):
    return f"/projects/{brief.project.slug}/"


def test_the_reports_figures(report):
    assert [figure.shown for figure in report.staff_figures.values()] == [266, 258, -8]
    assert report.revenue.root.current.shown == 17_370_899_000
    assert report.budget["committed"].shown == 95_839_632_000
    assert (len(report.briefs), report.strategy_count, report.project_budget) == (11, 4, 36_248_000_000)
    assert round(float(report.execution_pace), 1) == 66.0
    assert round(float(report.execution_gap), 1) == 0.9


def test_the_reports_milestones_are_all_counted(report):
    assert report.progress.total == len(report.states) == 68
    assert report.progress == Progress(done=19, in_progress=29, planned=15, undetermined=5, warn=3)


def test_what_needs_attention_in_the_report(report):
    assert [(group.title, group.status, len(group.items)) for group in report.attention] == [
        ("진도선 미달", "warn", 3), ("자료 불일치", "warn", 2), ("시점을 확인할 일정", "confirm", 8), ("결원", "", 4),
    ]  # fmt: skip
    assert report.attention_count == 17
    assert report.attention[0].items[0].url == "/budgets/expenditure/#row-ict-security-special"
    assert report.attention[3].items[0].url == "/departments/data-center/"


def test_the_three_first_worries_lead_to_the_very_rows(report, client, manager):
    client.force_login(manager)
    urls = [item.url for _, item in report.foremost]
    assert [item.title for _, item in report.foremost] == [
        "정보통신보안담당관 특별회계",
        "임시적세외수입 2022",
        "어린이 안전지킴이/어린이집15개소",
    ]
    for url in urls[:2]:
        address, _, anchor = url.partition("#")
        assert f'id="{anchor}"' in client.get(address).content.decode()
    assert sum(len(group.items) for group in report.further_attention) == 14


def test_red_is_for_what_is_behind_or_disagrees(client, manager):
    client.force_login(manager)
    worries = client.get("/").content.decode().partition("worries")[2].partition("</section>")[0]
    assert worries.count('class="st st-warn"') == worries.count('class="warn"') == 2
    assert worries.count('class="st st-confirm"') == 1


def test_only_what_is_not_urgent_folds(client, manager):
    client.force_login(manager)
    html = client.get("/").content.decode()
    folded = " ".join(part.partition("</details>")[0] for part in html.split('<details class="fold"')[1:])
    assert 'class="warn"' not in folded
    assert "우범지대 로봇 안전순찰" in html and "우범지대 로봇 안전순찰" not in folded
    assert "시점을 확인할 일정 5건 더" in folded


def test_links_of_what_needs_attention_keep_the_date(seeded):
    found = page.Home(Snapshot.from_query(NOBODY, {"as_of": "2022-09-01"}))
    assert (
        found.attention[0].items[0].url == "/budgets/expenditure/?as_of=2022-09-01#row-ict-security-special"
    )


def test_what_comes_up_after_the_report(report):
    assert (report.upcoming.first, report.upcoming.last, report.upcoming.count) == (
        date(2022, 8, 30),
        date(2022, 11, 27),
        14,
    )
    assert [(month.month, len(month.events)) for month in report.upcoming.months] == [
        (8, 1),
        (9, 7),
        (10, 1),
        (11, 5),
    ]


def test_the_schedule_draws_every_dated_milestone_under_its_strategy(report):
    figure = page.schedule_figure(report, url_of)
    assert figure.summary.startswith("시점이 적힌 실적과 일정 53건을 그렸습니다.")
    assert sum(state.milestone.is_dated for state in report.states) == 53


def test_the_table_of_projects(report):
    table = page.projects_table(report, url_of)
    rows = [[text_of(*pair) for pair in zip(table.columns, row.cells, strict=True)] for row in table.rows]
    assert rows[0] == [
        "1. 공공와이파이 확충 및 시민 이용편의 제고",
        "미래 스마트도시 혁신기반 구축",
        "정보통신보안담당관",
        "8,617",
        "3",
        "1",
        "2",
        "-",
    ]
    assert rows[-1] == [
        "11. 서울스마트시티 리더스포럼 개최",
        "사람 중심 스마트도시 구현",
        "디지털정책담당관",
        "200",
        "1",
        "2",
        "1",
        "-",
    ]
    assert len(rows) == 11
    assert table.rows[0].cells[0].href == "/projects/public-wifi/"


def test_the_progress_of_each_strategy(report):
    """완료, 기간 중, 예정, 미정; they add up to the 68 of all."""
    found = [(group.name, len(group.briefs), counts) for group, counts in report.by_strategy]
    assert found == [
        ("미래 스마트도시 혁신기반 구축", 3, [5, 9, 5, 3]),
        ("첨단기술 활용 차세대 스마트행정 선도", 3, [7, 5, 5, 2]),
        ("디지털 기반 적극행정·열린시정 제공", 2, [1, 6, 2, 0]),
        ("사람 중심 스마트도시 구현", 3, [6, 9, 3, 0]),
    ]


def test_the_lead_says_the_execution(report):
    first, second = page.lead(report)[:2]
    assert "66.9%" in first
    assert "데이터센터와 정보통신보안담당관" in second


def test_a_bureau_with_a_budget_alone(db):
    bureau = make_bureau()
    spend(make_expenditure(bureau, "2022-08-29"), make_unit("policy", "주택정책담당관"), 100, 90)
    found = page.Home(snapshot_of(bureau))
    assert (found.revenue, found.staff, found.briefs, found.states) == (None, None, [], [])
    assert found.summary.total.current == 100_000
    assert found.attention == []
    assert (found.strategy_count, found.project_budget, found.progress.total) == (0, 0, 0)


def test_a_bureau_without_a_budget(db):
    bureau = make_bureau()
    source = make_source(bureau, "staffing", "2022-08-29")
    make_staffing(source, make_unit("policy"), 3, 2)
    found = page.Home(snapshot_of(bureau))
    assert (found.summary, found.revenue) == (None, None)
    assert (found.has_spending, found.has_figures, found.figures) == (False, False, [])
    assert [group.title for group in found.attention] == ["결원"]
    assert page.lead(found) == [
        "현원은 2명으로 정원 3명보다 1명이 모자랍니다.",
        "이 기준일에는 세출·세입·주요 사업 자료가 없습니다.",
    ]


def test_projects_without_a_strategy_stand_by_themselves(report):
    for brief in report.briefs[-1:]:
        brief.strategy = None
    figure = page.schedule_figure(report, url_of)
    assert "그 밖의 사업" in str(figure.build().layout.meta)
    assert page.projects_table(report, url_of).rows[-1].cells[1] == ""


def test_a_project_without_a_budget_adds_nothing():
    assert (
        page.Home.project_budget.fget(
            SimpleNamespace(briefs=[SimpleNamespace(budget=None), SimpleNamespace(budget=5)])
        )
        == 5
    )


@pytest.mark.parametrize(
    ("headcount", "sentence"),
    [
        (3, "현원은 3명으로 정원 3명과 같습니다."),
        (1_004, "현원은 1,004명으로 정원 3명보다 1001명이 많습니다."),
    ],
)
def test_without_a_budget_the_staff_leads(db, headcount, sentence):
    bureau = make_bureau()
    source = make_source(bureau, "staffing", "2022-08-29")
    make_staffing(source, make_unit("policy"), 3, headcount)
    assert page.lead(page.Home(snapshot_of(bureau)))[0] == sentence

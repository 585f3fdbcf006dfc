from datetime import date

from projects.indicators.charts import group_figure, has_parts, indicator_figures, parts_figure, series_figure
from projects.indicators.comparable_groups import comparable_groups
from projects.indicators.tree import of_project

D = date(2022, 8, 29)


def test_parts_are_drawn_by_size_in_the_colours_of_their_groups(entry):
    figure = parts_figure(entry("public-wifi-ap"), D)
    assert figure.title == "공공와이파이 운영현황(AP대수) (’22.7.1.)"
    assert (
        figure.summary == "28,006대 가운데 고정형 19,027대, 이동형 8,979대. 시내버스가 26.4%로 가장 많습니다."
    )
    assert figure.build().data[0].x[:3] == (7393.0, 4960.0, 4021.0)
    assert figure.build().data[0].marker.color[:2] == ("#58616a", "#1c589c")
    assert figure.build().layout.meta["legend"] == [("accent", "고정형"), ("hatched", "이동형")]
    assert (figure.unit, figure.as_of) == ("대", D)
    assert figure.table.rows[0].cells[0] == "공공와이파이 운영현황(AP대수)"


def test_parts_without_groups_name_the_largest(entry):
    figure = parts_figure(entry("public-wifi-first-phase-sites-outdoor"), D)
    assert figure.summary == "216개소 가운데 주요거리가 45.4%로 가장 많습니다."
    assert figure.build().layout.meta["legend"] == ()


def test_few_parts_or_parts_of_other_units_are_not_drawn(entry):
    assert has_parts(entry("public-wifi-first-phase-ap"))
    assert not has_parts(entry("public-wifi-first-phase-sites-indoor"))  # two
    assert not has_parts(entry("public-archive-mayor-digital-records"))  # 컷 and 건
    assert not has_parts(entry("internet-of-things-hackathon-teams"))


def test_a_series_of_years_is_drawn_as_bars_and_added_up(entry):
    figure = series_figure(entry("internet-of-things-s-pole-installed"), D)
    assert figure.summary == "2020 26개소에서 2022 158개소로 늘었습니다. 더하면 300개소입니다."
    (bars,) = figure.build().data
    assert (bars.type, bars.x, bars.y) == ("bar", ("2020", "2021", "2022"), (26.0, 116.0, 158.0))


def test_what_is_not_counted_by_period_is_not_added_up(entry):
    figure = series_figure(entry("intelligent-cctv-safety-net-districts"), D)
    assert figure.summary == "’21년 15개구에서 ’22년 17개구로 늘었습니다."


def test_comparable_groups_share_their_words(roots, briefs):
    found = comparable_groups(of_project(roots, briefs[1].project_id))
    assert [(group.title, [group.label(member) for member in group.members]) for group in found] == [
        ("설치 수량", ["S-DoT 센서", "S-DoT 외 IoT센서"]),
        ("수집(센싱) 데이터", ["S-DoT", "S-DoT 외 IoT센서"]),
        ("일일 수집량", ["S-DoT", "S-DoT 외 IoT센서"]),
        ("해커톤 수상", ["최수우", "우수", "장려", "발전상"]),
    ]


def test_comparable_groups_have_one_unit(entry):
    assert (
        comparable_groups(
            [
                entry("information-disclosure-system-deliberation-meetings"),
                entry("information-disclosure-system-deliberated-cases"),
            ]
        )
        == []
    )
    (photographs_apart,) = comparable_groups(
        [
            entry(f"public-archive-online-{what}")
            for what in ("catalogue", "full-texts", "photographs", "videos")
        ]
    )
    assert [photographs_apart.label(member) for member in photographs_apart.members] == [
        "목록",
        "원문콘텐츠",
        "시정홍보영상",
    ]


def test_group_figure_has_printed_forms(entry):
    (group,) = comparable_groups(
        [entry("internet-of-things-s-dot-daily-records"), entry("internet-of-things-other-daily-records")]
    )
    figure = group_figure(group, D)
    assert figure.title == "일일 수집량 (’22.8월말 기준)"
    assert figure.summary == "S-DoT 240만건, S-DoT 외 IoT센서 96만건입니다."
    assert figure.build().data[0].text == ("240만건", "96만건")


def test_every_chart_of_the_report_is_valid_and_has_its_table(roots, briefs):
    charts = [
        chart for brief in briefs for chart in indicator_figures(of_project(roots, brief.project_id), D)
    ]
    assert len(charts) == 14
    assert len({chart.name for chart in charts}) == 14
    for chart in charts:
        assert chart.build().data
        assert chart.table.rows

from dataclasses import replace
from datetime import date

from projects.indicators.charts import (
    has_parts,
    nearest_sentence,
    parts_sentence,
    series_sentence,
    summaries,
    targets_figures,
)
from projects.indicators.comparable_groups import comparable_groups
from projects.indicators.tree import of_project

D = date(2022, 8, 29)


def test_targets_are_drawn_as_bullets(roots):
    (figure,) = targets_figures(roots, D, D)
    assert figure.summary == (
        "스마트시티 안전망(통합플랫폼) 연계 자치구가 목표의 100.0%로 가장 가깝습니다. "
        "값의 때가 기준일 뒤까지라 이르지 않은 것으로 봅니다. "
        "아직 값이 없는 지표가 2개입니다."
    )
    assert [row["small"] for row in figure.build().layout.meta["rows"]] == [
        "270대, 목표 7,393대 (2024년)",
        "값 없음, 목표 15개소 (2023년)",
        "17개구, 목표 17개區 (2022년)",
        "광진, 동작, 강남, 목표 15개 자치구",
        "값 없음, 목표 12개 자치구 (2022. 12.)",
    ]
    assert figure.build().data[1].x[1:4] == (None, 100.0, 20.0)
    assert figure.build().data[1].customdata[2].endswith("이르지 않은 것으로 봅니다")
    assert figure.build().layout.meta["columns"][0]["texts"] == ["3.7%", "-", "100.0%", "20.0%", "-"]
    assert [row.cells[0] for row in figure.table.rows][0] == "시내버스 와이파이 5G 교체"


def test_a_target_that_was_reached_is_not_near(roots):
    found = [entry for root in roots for entry, _ in root.walk() if entry.achieved == 100]
    assert [nearest_sentence([replace(entry, as_of=date(2023, 1, 1))]) for entry in found] == [
        "스마트시티 안전망(통합플랫폼) 연계 자치구가 목표의 100.0%로 목표를 이루었습니다."
    ]


def test_a_target_that_was_missed_is_red(roots):
    (figure,) = targets_figures(roots, D, date(2025, 1, 1))
    colours = figure.build().data[1].marker.color
    assert colours == ("#bd2c0f", "#bd2c0f", "#1c589c", "#1c589c", "#bd2c0f")
    assert ("warn", "미달") in figure.build().layout.meta["legend"]


def test_without_targets_there_is_no_figure(entry):
    assert targets_figures([entry("digital-inclusion-experience-zones")], D, D) == []
    assert (
        nearest_sentence([entry("internet-of-things-child-safety-nurseries")])
        == "아직 값이 없는 지표가 1개입니다."
    )


def test_parts_with_groups_name_them_and_the_largest(entry):
    assert (
        parts_sentence(entry("public-wifi-ap"))
        == "28,006대 가운데 고정형 19,027대, 이동형 8,979대. 시내버스가 26.4%로 가장 많습니다."
    )


def test_parts_without_groups_name_the_largest(entry):
    assert (
        parts_sentence(entry("public-wifi-first-phase-sites-outdoor"))
        == "216개소 가운데 주요거리가 45.4%로 가장 많습니다."
    )


def test_few_parts_or_parts_of_other_units_are_not_drawn(entry):
    assert has_parts(entry("public-wifi-first-phase-ap"))
    assert not has_parts(entry("public-wifi-first-phase-sites-indoor"))  # two
    assert not has_parts(entry("public-archive-mayor-digital-records"))  # 컷 and 건
    assert not has_parts(entry("internet-of-things-hackathon-teams"))


def test_a_series_of_years_is_added_up(entry):
    assert (
        series_sentence(entry("internet-of-things-s-pole-installed"))
        == "2020 26개소에서 2022 158개소로 늘었습니다. 더하면 300개소입니다."
    )


def test_what_is_not_counted_by_period_is_not_added_up(entry):
    assert (
        series_sentence(entry("intelligent-cctv-safety-net-districts"))
        == "’21년 15개구에서 ’22년 17개구로 늘었습니다."
    )


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


def test_a_project_s_sentences_are_of_parts_and_of_series(roots, briefs):
    assert [name for name, _ in summaries(of_project(roots, briefs[0].project_id))] == [
        "공공와이파이 운영현황(AP대수) (’22.7.1.)",
        "디지털뉴딜(1차사업) 연계 공공와이파이 설치 대수 (’21.11.~’22.4.)",
        "디지털뉴딜(1차사업) (실외) 핫플레이스 설치 개소 (’21.11.~’22.4.)",
    ]
    assert [name for name, _ in summaries(of_project(roots, briefs[1].project_id))] == [
        "스마트폴(S-Pole) 설치수량"
    ]

from datetime import date
from fractions import Fraction

import pytest

from projects.indicators.tables import (
    BAR_NOTE,
    BASE_DATE_NOTE,
    OTHER_STATEMENT_NOTE,
    SHARE_NOTE,
    indicator_table,
    lines_of,
    targets_table,
    with_unit,
)
from projects.indicators.tree import of_project
from seoul_digital.lib.tables import text_of

D = date(2022, 8, 29)


def texts(table):
    """Every row as the page shows it, with its level."""
    shown = [
        [text_of(column, cell) for column, cell in zip(table.columns, row.cells, strict=True)]
        for row in table.rows
    ]
    return [(row.level, cells) for row, cells in zip(table.rows, shown, strict=True)]


def labels(table):
    return [column.label for column in table.columns]


def test_a_project_s_indicators_with_their_tree(roots, briefs):
    table = indicator_table([("", "", of_project(roots, briefs[0].project_id))], D)
    assert labels(table) == [
        "지표", "값", "견줌", "단위", "때", "성격", "비중", "목표", "기한", "달성률", "적힌 곳",
    ]  # fmt: skip
    rows = texts(table)
    assert rows[0] == (
        0,
        [
            "공공와이파이 운영현황(AP대수)",
            "28,006대",
            "-",
            "대",
            "’22.7.1.",
            "현황",
            "100.0%",
            "-",
            "",
            "-",
            "추진실적, 추진실적 표",
        ],
    )
    assert rows[1] == (
        1,
        ["고정형", "19,027대", "", "대", "’22.7.1.", "현황", "67.9%", "-", "", "-", "추진실적 표"],
    )
    assert rows[2][0] == 2
    assert rows[-1] == (
        0,
        [
            "시내버스 와이파이 5G 교체",
            "270대",
            "",
            "대",
            "기준일",
            "누계",
            "-",
            "7,393대",
            "2024년",
            "3.7%",
            "추진실적",
        ],
    )
    assert table.notes == [BAR_NOTE, BASE_DATE_NOTE, SHARE_NOTE]
    assert table.as_of == D


def test_columns_that_nothing_fills_are_left_out(entry):
    table = indicator_table([("", "", [entry("digital-inclusion-experience-zones")])], D)
    assert labels(table) == ["지표", "값", "견줌", "단위", "때", "성격", "적힌 곳"]


def test_earlier_times_stand_below_the_newest(entry):
    rows = texts(indicator_table([("", "", [entry("internet-of-things-s-pole-installed")])], D))
    assert [(level, cells[0], cells[1]) for level, cells in rows] == [
        (0, "스마트폴(S-Pole) 설치수량", "158개소"),
        (1, "2021", "116개소"),
        (1, "2020", "26개소"),
    ]


def test_a_target_without_a_figure_is_shown(entry):
    table = indicator_table([("", "", [entry("internet-of-things-child-safety-nurseries")])], D)
    assert texts(table) == [
        (0, ["어린이 안전지킴이 어린이집", "-", "-", "개소", "", "계획", "15개소", "2023년", "추진실적 표"])
    ]


def test_another_statement_is_marked_and_named(roots):
    (odd,) = [root for root in roots if root.disagrees]
    table = indicator_table([("용어 설명", "", [odd])], D)
    heading, row = table.rows
    assert heading.group
    assert row.cells[1].warn
    assert row.cells[1].lines == ["◆ 정보화 용어 설명 5G 표에는 20배"]
    assert table.notes[-1] == OTHER_STATEMENT_NOTE


def test_groups_are_layers_with_their_first_values(roots, briefs):
    heading, *rows = indicator_table(
        [("7. 정보공개", "/p/", of_project(roots, briefs[6].project_id))], D
    ).rows
    assert (heading.layer, heading.href, heading.anchor, heading.counts) == (
        True,
        "/p/",
        "indicators-1",
        "지표 6개",
    )
    assert (
        heading.fold
        == "행정정보 공개 2,872만 건 · 사전공개대상 업무 539개 업무 · 정보공개심의회 외부전문가 위촉 4명 외 3개"
    )
    assert not any(row.stands for row in rows)


def test_whole_trees_stand_as_long_as_there_is_room(roots, briefs):
    def standing(number, lines):
        table = indicator_table(
            [("", "", of_project(roots, briefs[number].project_id))], D, whole_lines=lines
        )
        return [row.cells[0] for row in table.rows if row.stands], table.fold

    first, fold = standing(0, 7)
    assert (len(first), first[0]) == (13, "공공와이파이 운영현황(AP대수)")
    assert first[-1] == "시내버스 와이파이 5G 교체"  # its target stands
    assert fold.startswith("디지털뉴딜(1차사업) 연계 공공와이파이 설치 대수 4,530대 · ")
    assert standing(1, 7)[0][-1] == "2020"  # three alone and a tree of four lines
    assert standing(1, 7)[0].count("스마트폴 표준모델") == 0


def test_bars_are_shares_of_target_whole_or_largest(entry):
    share = {
        (line.entry.indicator.name, line.statement.when if line.is_earlier else ""): line.bar
        for root in (
            "public-wifi-ap", "public-wifi-city-bus-5g", "internet-of-things-s-pole-installed",
        )
        for line in lines_of([entry(root)])
    }  # fmt: skip
    assert share["시내버스", ""] == Fraction(739300, 28006)
    assert share["공공와이파이 운영현황(AP대수)", ""] is None
    assert share["시내버스 와이파이 5G 교체", ""] == Fraction(27000, 7393)
    assert share["스마트폴(S-Pole) 설치수량", "2020"] == Fraction(2600, 158)
    (first, second) = lines_of(
        [entry("internet-of-things-s-dot-daily-records"), entry("internet-of-things-other-daily-records")]
    )
    assert (first.bar, second.bar) == (100, 40)


@pytest.mark.parametrize(
    ("printed", "unit", "text"),
    [
        ("3,329", "대", "3,329대"),
        ("17개區", "개구", "17개區"),
        ("최수우1", "개팀", "최수우1"),
        ("1/10", "배", "1/10"),
        ("50", "", "50"),
    ],
)
def test_a_bare_number_gets_its_unit(printed, unit, text):
    assert with_unit(printed, unit) == text


def test_targets_that_stand_apart_are_in_the_file_alone(entry):
    groups = [("", "", [entry("public-wifi-city-bus-5g")])]
    table = indicator_table(groups, D, targets_apart=True)
    assert [column.label for column in table.columns if column.only == "file"] == [
        "단위",
        "목표",
        "기한",
        "달성률",
    ]
    assert [row.cells[0] for row in targets_table([entry("public-wifi-city-bus-5g")], D).rows] == [
        "시내버스 와이파이 5G 교체"
    ]


def test_no_indicators_are_said_to_be_none():
    assert indicator_table([], None).rows == []

from datetime import date

from projects.indicators.tables import BASE_DATE_NOTE, OTHER_STATEMENT_NOTE, SHARE_NOTE, indicator_table
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
    assert labels(table) == ["지표", "값", "단위", "때", "성격", "비중", "목표", "기한", "달성률", "적힌 곳"]
    rows = texts(table)
    assert rows[0] == (
        0,
        [
            "공공와이파이 운영현황(AP대수)",
            "28,006대",
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
        ["고정형", "19,027대", "대", "’22.7.1.", "현황", "67.9%", "-", "", "-", "추진실적 표"],
    )
    assert rows[2][0] == 2
    assert rows[-1] == (
        0,
        [
            "시내버스 와이파이 5G 교체",
            "270대",
            "대",
            "기준일",
            "누계",
            "-",
            "7,393대",
            "’24년",
            "3.7%",
            "추진실적",
        ],
    )
    assert table.notes == [BASE_DATE_NOTE, SHARE_NOTE]
    assert table.as_of == D


def test_columns_that_nothing_fills_are_left_out(entry):
    table = indicator_table([("", "", [entry("digital-inclusion-experience-zones")])], D)
    assert labels(table) == ["지표", "값", "단위", "때", "성격", "적힌 곳"]


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
        (0, ["어린이 안전지킴이 어린이집", "-", "개소", "", "계획", "15개소", "’23년", "추진실적 표"])
    ]


def test_another_statement_is_marked_and_named(roots):
    (odd,) = [root for root in roots if root.disagrees]
    table = indicator_table([("용어 설명", "", [odd])], D)
    heading, row = table.rows
    assert heading.group
    assert row.cells[1].warn
    assert row.cells[1].lines == ["◆ 정보화 용어 설명 5G 표에는 20배"]
    assert table.notes[-1] == OTHER_STATEMENT_NOTE


def test_groups_are_a_list_of_contents(entry):
    groups = [
        (heading, "", [entry("digital-inclusion-experience-zones")])
        for heading in ("10. 디지털 격차해소", "용어 설명")
    ]
    table = indicator_table(groups, D)
    assert table.contents == [("indicators-1", "10. 디지털 격차해소"), ("indicators-2", "용어 설명")]
    assert [row.anchor for row in table.body] == ["indicators-1", "", "indicators-2", ""]
    assert indicator_table(groups[:1], D).contents == []  # nothing to choose from


def test_no_indicators_are_said_to_be_none():
    assert indicator_table([], None).rows == []

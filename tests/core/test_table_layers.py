from core.table_layers import layers_of
from seoul_digital.lib.tables import Cell, Column, Row, Table

COLUMNS = [Column("내용"), Column("값", "count")]


def named(table, folds=(False, True)):
    return [row.cells[0] for row in table.rows if row.folds in folds]


def test_each_layer_has_its_rows_in_order_and_folds_what_does_not_stand_with_headings_of_nothing_else():
    rows = [
        Row(
            ["전략 1", None],
            group=True,
            layer=True,
            href="/1/",
            anchor="s-1",
            counts="3건",
            fold="그 밖의 2건",
        ),
        Row(["사업 가", None], group=True),
        Row(["설치", 1]),
        Row(["점검", 2], stands=True),
        Row(["사업 나", None], group=True),
        Row(["교육", 3]),
        Row(["전략 2", None], group=True, layer=True),
        Row(["홍보", 4], stands=True),
    ]
    first, second = layers_of(Table("t", "일정", COLUMNS, rows))
    assert (first.heading, first.href, first.anchor, first.counts, first.fold) == (
        "전략 1", "/1/", "s-1", "3건", "그 밖의 2건",
    )  # fmt: skip
    assert named(first.table) == ["사업 가", "설치", "점검", "사업 나", "교육"]
    assert named(first.table, [True]) == ["설치", "사업 나", "교육"]
    assert (first.table.name, second.anchor) == ("t-1", "t-2")
    assert (named(second.table), named(second.table, [True]), second.fold) == (["홍보"], [], "")


def test_a_table_without_headings_is_one_layer():
    (layer,) = layers_of(Table("t", "일정", COLUMNS, [Row(["설치", 1], stands=True)]))
    assert (layer.heading, layer.table.title, named(layer.table)) == ("", "일정", ["설치"])


def test_an_empty_table_has_no_layer():
    assert layers_of(Table("t", "일정", COLUMNS, [])) == []


def test_a_column_without_a_value_in_a_layer_is_blank_there_alone():
    rows = [
        Row(["전략 1", None], group=True, layer=True),
        Row(["사업 가", None], group=True),
        Row(["설치", None]),
        Row(["점검", Cell(None)]),
        Row(["전략 2", None], group=True, layer=True),
        Row(["홍보", None]),
        Row(["교육", 3]),
    ]
    first, second = layers_of(Table("t", "일정", COLUMNS, rows))
    assert [row.cells for row in first.table.rows] == [["사업 가", None], ["설치", ""], ["점검", ""]]
    assert [row.cells for row in second.table.rows] == [["홍보", None], ["교육", 3]]

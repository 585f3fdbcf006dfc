from core.table_layers import layers_of
from seoul_digital.lib.tables import Column, Row, Table

COLUMNS = [Column("내용"), Column("값", "count")]


def named(table):
    return [row.cells[0] for row in table.rows]


def test_each_layer_has_what_stands_and_the_rest_under_the_headings_they_have():
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
    assert named(first.standing) == ["사업 가", "점검"]
    assert named(first.rest) == ["사업 가", "설치", "사업 나", "교육"]
    assert (first.standing.name, first.rest.name) == ("t-1", "t-1-rest")
    assert (named(second.standing), named(second.rest)) == (["홍보"], [])
    assert second.anchor == "t-2"


def test_a_table_without_headings_is_one_layer():
    (layer,) = layers_of(Table("t", "일정", COLUMNS, [Row(["설치", 1], stands=True)]))
    assert (layer.heading, layer.standing.title, named(layer.standing)) == ("", "일정", ["설치"])


def test_an_empty_table_has_no_layer():
    assert layers_of(Table("t", "일정", COLUMNS, [])) == []

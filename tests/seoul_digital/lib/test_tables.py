from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from seoul_digital.lib.periods import Period
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import (
    Cell,
    Column,
    Heading,
    Row,
    Table,
    computed_text_of,
    number_of,
    text_of,
)

PACE = Fraction(241, 365)
EXECUTION_RATE = Fraction(95_839_632, 143_204_842) * 100
SECURITY_RATE = Fraction(19_056_893, 33_716_436) * 100


@pytest.mark.parametrize(
    ("kind", "value", "text", "number"),
    [
        ("thousand", 143_204_842_000, "143,204,842", 143_204_842),
        ("thousand", -9_418_518_000, "△9,418,518", -9_418_518),
        ("thousand", 0, "-", 0),
        ("thousand", 1_500, "2", Decimal("1.5")),
        ("million", 8_617_000_000, "8,617", 8_617),
        ("signed_thousand", 21_799_080_000, "+21,799,080", 21_799_080),
        ("signed_thousand", -1_953_000, "△1,953", -1_953),
        ("signed_million", 500_000_000, "+500", 500),
        ("signed_million", -2_500_000, "△3", Decimal("-2.5")),
        ("signed", 58, "+58", 58),
        ("signed", Decimal("-0.5"), "△0.5", Decimal("-0.5")),
        ("signed", 0, "-", 0),
        ("count", 28_006, "28,006", 28_006),
        ("decimal", Decimal("1.7"), "1.7", Decimal("1.7")),
        ("decimal", Fraction(19), "19", 19),
        ("percent", EXECUTION_RATE, "66.9%", Decimal("66.9")),
        ("percent", Fraction(-1_953, 4_660_865) * 100, "0.0%", Decimal("0.0")),
        ("bar", SECURITY_RATE, "56.5%", Decimal("56.5")),
        ("points", EXECUTION_RATE - PACE * 100, "+0.9", Decimal("0.9")),
        ("points", SECURITY_RATE - PACE * 100, "△9.5", Decimal("-9.5")),
        ("percent", "순증", "순증", None),
        ("count", None, "-", None),
        ("text", "데이터센터", "데이터센터", None),
        ("status", "in_progress", "기간 중", None),
        ("status", "undetermined", "미정", None),
        ("date", date(2022, 8, 29), "2022. 8. 29.", None),
        ("date", Period.from_texts("2022-08", "2022-12"), "’22. 8. ~ 12.", None),
    ],
)
def test_what_a_cell_says_and_exports(kind, value, text, number):
    column = Column("값", kind)
    assert text_of(column, value) == text
    assert number_of(column, Cell(value)) == number


def test_the_printed_form_is_shown_and_the_number_exported():
    cell = Cell(17_000, printed="1.7만명")
    column = Column("인원", "count")
    assert text_of(column, cell) == "1.7만명"
    assert number_of(column, cell) == 17_000


def test_a_status_may_say_more():
    assert text_of(Column("상태", "status"), Cell("planned", printed="예정, 끝 미정")) == "예정, 끝 미정"


def test_a_disagreeing_total_says_what_it_adds_up_to():
    cell = Cell(954_794_000, computed=5_878_506_000)
    column = Column("2022", "thousand")
    assert text_of(column, cell) == "954,794"
    assert computed_text_of(column, cell) == "5,878,506"
    assert computed_text_of(column, Cell(954_794_000)) == ""


def test_a_single_row_of_headings():
    table = Table("t", "표", [Column("구분"), Column("정원", "count")], [])
    assert table.head == [[Heading("구분", "col"), Heading("정원", "col", css="num")]]


def test_grouped_headings_take_two_rows():
    columns = [
        Column("구분"),
        Column("증감액", "thousand", group="증감"),
        Column("증감률", "percent", group="증감"),
        Column("집행률", "bar"),
    ]
    upper, lower = Table("t", "표", columns, [], pace=PACE).head
    assert upper == [
        Heading("구분", "col", rowspan=2),
        Heading("증감", "colgroup", colspan=2, css="grp"),
        Heading("집행률", "col", rowspan=2, css="rate cb", has_pace=True),
    ]
    assert lower == [Heading("증감액", "col", css="num"), Heading("증감률", "col", css="num")]


def test_cells_are_named_by_their_group_only_where_labels_repeat():
    columns = [
        Column("구분"),
        Column("계", "count", group="정원"),
        Column("계", "count", group="현원"),
        Column("2022\n예산", "count"),
    ]
    [row] = Table("t", "표", columns, [Row(["국", 1, 2, 3])]).body
    assert [cell.label for cell in row.cells] == ["구분", "정원 계", "현원 계", "’22 예산"]


def test_rows_know_their_place():
    columns = [Column("구분"), Column("집행률", "bar")]
    rows = [
        Row(["계", Cell(EXECUTION_RATE, pace=PACE)], total=True),
        Row(["정보통신보안담당관", Cell(SECURITY_RATE, pace=PACE)], href="/departments/security/"),
        Row(["특별회계", None], level=1),
        Row(["전략 1", ""], group=True),
    ]
    body = list(Table("t", "표", columns, rows, pace=PACE).body)
    assert [row.css for row in body] == ["tot", "has-sub", "sub l1", "grp-row"]
    assert [row.spans for row in body] == [0, 0, 0, 2]
    assert [cell.css for row in body[:3] for cell in row.cells[1:]] == ["cb", "cb warn", "num none"]
    assert body[1].cells[0].href == "/departments/security/"
    assert body[2].cells[1].text == "-"
    assert len(body[3].cells) == 1


def test_caption_says_date_and_unit():
    assert (
        Table("t", "표", [Column("구분")], [], unit="천원, %", as_of=date(2022, 8, 29)).caption_line
        == "2022. 8. 29. 기준 · (단위: 천원, %)"
    )
    assert Table("t", "표", [Column("구분")], [], unit="명").caption_line == "(단위: 명)"
    assert Table("t", "표", [Column("구분")], []).caption_line == ""


def test_the_caption_of_a_comparison_says_both_dates():
    table = Table(
        "t", "표", [Column("구분")], [], unit="명", as_of=date(2022, 8, 29), since=date(2020, 1, 31)
    )
    assert table.caption_line == "2020. 1. 31. → 2022. 8. 29. · (단위: 명)"


def test_on_phones_a_date_says_of_what_it_is():
    columns = [Column("구분"), Column("’20.", "count", "정원"), Column("차이", "signed")]
    table = Table(
        "t", "표", columns, [Row(["계", 208, 58])], as_of=date(2022, 8, 29), since=date(2020, 1, 31)
    )
    (row,) = table.body
    assert [cell.label for cell in row.cells] == ["구분", "정원 ’20.", "차이"]


def test_on_phones_labels_are_short():
    columns = [
        Column("구분"),
        Column("2022\n예산현액", "thousand"),
        Column("2022"),
        Column("사업예산\n(백만원)", short="사업예산"),
    ]
    table = Table("t", "표", columns, [])
    assert [table.label_of(column) for column in columns] == ["구분", "’22 예산현액", "2022", "사업예산"]


def test_wide_tables_are_stacked_on_phones():
    assert Table("t", "표", [Column("가")] * 3, []).css == ""
    assert Table("t", "표", [Column("가")] * 4, []).css == "stack"
    assert Table("t", "표", [Column("가")] * 4, [], axis=object()).css == "rows"
    assert Table("t", "표", [Column("가")] * 4, [], phone="stack run").css == "stack run"
    assert Table("t", "표", [Column("가")] * 4, [], phone="keeps").css == "keeps"


def test_on_phones_old_new_and_difference_share_a_line():
    figures = [Column(label, "count", "정원") for label in ("’20.", "’22.", "차이")]
    columns = [Column("구분"), *figures, Column("’20.", "count", "현원")]
    of_two = Table("t", "표", columns, [Row(["계", 208, 266, 58, 199])], since=date(2020, 1, 31))
    (row,) = of_two.body
    assert of_two.css == "stack threes"
    assert [cell.group for cell in row.cells] == ["", "정원", "", "", ""]
    assert Table("t", "표", columns, []).css == "stack"


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="2 cells for 1 columns"):
        Table("t", "표", [Column("구분")], [Row(["계", 1])])


@pytest.mark.parametrize("wrong", [{"kind": "euro"}, {"width": "12px"}])
def test_unknown_kinds_and_widths_are_refused(wrong):
    with pytest.raises(ValueError, match="no such column"):
        Column("값", **wrong)


def test_days_and_disagreements_are_never_folded_away():
    plain = [Column("구분"), Column("정원", "count")]
    wrong = Row(["계", Cell.of(ReportedFigure(5, printed=7))])
    assert not Table("t", "표", plain, [Row(["계", 5])]).stays_unfolded
    assert Table("t", "표", plain, [wrong]).stays_unfolded
    assert Table("t", "표", [Column("구분"), Column("끝", "date")], []).stays_unfolded

"""What single cells say."""

from datetime import date

import pytest

from budgets.imports.sandbox.blocks import NUMBER, CellColumn
from budgets.imports.sandbox.cells import (
    FOOTER,
    NOTE,
    NotAnAmountError,
    amount_column,
    amount_reader,
    clean,
    is_total,
    without_total_word,
)


@pytest.mark.parametrize(
    ("cell", "scale", "won"),
    [
        ("1,234", 1, 1_234),
        ("1,234", 1000, 1_234_000),
        ("△5", 1, -5),
        ("1.5", 1000, 1_500),
        ("", 1, None),
        (7, 1000, 7_000),
        (7.0, 1, 7),
        (0.5, 1000, 500),
        (-3.0, 1, -3),
    ],
)
def test_amount_reader(cell, scale, won):
    assert amount_reader(scale)(cell) == won


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (True, "날짜나 참·거짓 값"),
        (date(2022, 8, 29), "날짜나 참·거짓 값"),
        (0.5, "1원보다 작은 자리"),
        ("0.5", "1원보다 작은 자리"),
        (float("nan"), "정확히 적을 수 없을 만큼"),
        (2.0**53, "정확히 적을 수 없을 만큼"),
        (10**15 + 1, "너무 큰 금액"),
        (str(10**15 + 1), "너무 큰 금액"),
    ],
)
def test_amount_reader_refuses(cell, why):
    with pytest.raises(NotAnAmountError, match=why):
        amount_reader(1)(cell)


def test_amount_reader_forgets_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr("budgets.imports.sandbox.cells.MOST_REMEMBERED", 2)
    read = amount_reader(1)
    assert [read(str(number)) for number in (1, 2, 3, 4, 5, 1)] == [1, 2, 3, 4, 5, 1]


@pytest.mark.parametrize(
    ("cell", "name"),
    [(20000.0, "20000"), (1.5, "1.5"), (date(2022, 8, 29), "2022-08-29"), (" \ufeff운영\n 1팀 ", "운영 1팀")],
)
def test_clean(cell, name):
    assert clean(cell) == name


@pytest.mark.parametrize("text", ["합계", "총 계", "[소계]", "누계", "부서계", "정책사업계", "망 운영 소계"])
def test_is_total(text):
    assert is_total(text)


@pytest.mark.parametrize("text", ["설계", "통계", "회계과", "망 운영"])
def test_is_total_of_a_name_is_not(text):
    assert not is_total(text)


@pytest.mark.parametrize(("text", "own"), [("망 운영 소계", "망 운영"), ("소계", ""), ("망 운영", "")])
def test_without_total_word(text, own):
    assert without_total_word(text) == own


def test_footers_and_notes():
    assert all(FOOTER.fullmatch(text) for text in ("- 1 -", "1/12", "page 3", "출력일시: 2022-08-30 09:00"))
    assert not FOOTER.fullmatch("2022년도 예산")
    assert all(NOTE.match(text) for text in ("※ 원인행위 기준", "주 1) 추경", "(단위: 원)"))


@pytest.mark.parametrize(
    ("scale", "number", "won"),
    [
        (100_000_000, 1317.2, 131_720_000_000),
        (100_000_000, 0.1 + 0.2, 30_000_000),
        (1_000_000, 131720.000001, 131_720_000_001),
        (1_000, 1234.567, 1_234_567),
    ],
)
def test_amount_reader_fraction_of_a_unit_is_exact(scale, number, won):
    assert amount_reader(scale)(number) == won


@pytest.mark.parametrize(
    ("cells", "scale", "values", "unread"),
    [
        ((1.0, 2, -3.0), 1, [1, 2, -3], []),
        (("1,234", "-5", "007"), 1000, [1_234_000, -5_000, 7_000], []),
        (("1,234", "△5", "", "-", "1.5"), 1000, [1_234_000, -5_000, None, 0, 1_500], []),
        (("", ""), 1, [None, None], []),
        ((1.5, 2.0), 1, [None, 2], [0]),
        ((float("nan"), float("inf"), 1.0), 1, [None, None, 1], [0, 1]),
        ((2.0**53, 1.0), 1, [None, 1], [0]),
        ((1e13, 1.0), 1000, [None, 1_000], [0]),
        (("1\n2", "3"), 1, [None, 3], [0]),
        (("1,23", "12,34,567", "1_0", "+", "٣"), 1, [None] * 5, [0, 1, 2, 3, 4]),
        ((True, 1.0), 1, [None, 1], [0]),
        (("12", "-5", "007", "0"), 1000, [12_000, -5_000, 7_000, 0], []),
        (("1-2", "3"), 1, [None, 3], [0]),
        (("1" * 17, "3"), 1, [None, 3], [0]),
    ],
)
def test_amount_column(cells, scale, values, unread):
    assert amount_column(CellColumn(cells), scale, amount_reader(scale)) == (values, unread)


@pytest.mark.parametrize(
    ("cells", "values", "unread"),
    [
        ([b"7", b"-3"], [7_000, -3_000], []),
        ([b"7"] * 9 + [b"0"], [7_000] * 9 + [0], []),
        ([b"1.5", b"", b"1E3"], [1_500, None, 1_000_000], []),
        ([b"9007199254740993", b"1"], [None, 1_000], [0]),
    ],
)
def test_amount_column_as_it_is_written(cells, values, unread):
    column = CellColumn(cells, NUMBER, lambda cell: float(cell) if cell else "")
    assert amount_column(column, 1000, amount_reader(1000)) == (values, unread)

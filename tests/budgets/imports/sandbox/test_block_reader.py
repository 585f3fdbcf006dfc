"""Blocks of rows read by column: the same as row by row, whatever stands in them."""

from datetime import date
from random import Random

import pytest

from budgets.imports.sandbox import block_reader
from budgets.imports.sandbox.block_reader import BlockReader
from budgets.imports.sandbox.layout import find
from tests.samples import each

HEADER = [
    "회계연도",
    "부서명",
    "정책사업",
    "세부사업",
    "통계목",
    "본예산",
    "추경",
    "성립전",
    "예비비",
    "이월액",
    "이체",
    "전용",
    "예산현액",
    "지출액",
]
NAMES = 5
SEEDS = range(400)  # of tables


def layout_of(header):
    return find([(1, header)], "표", mapping={}, given={"fiscal_year", "department"})


def read(rows, by_column=True, header=HEADER, scale=1, blocks=1, **given):
    reader = BlockReader(layout_of(header), "표", scale, given)
    reader.has_plain_lines = by_column
    reader.rows.remember(header)
    size = -(-len(rows) // blocks)
    for start in range(0, len(rows), size):
        reader.read(2 + start, rows[start : start + size])
    reader.finish()
    lines = reader.names.read(reader.taken())
    return list(lines), reader


def told(reader):
    rows = reader.rows
    return (
        reader.subtotals,
        [problem.sentence("") for problem in rows.problems.shown],
        rows.problems.count,
        [problem.row for problem in rows.warnings.shown],
        rows.warnings.count,
        rows.filled,
        rows.notes,
    )


def plain(chance):
    parts = [chance.randrange(100) for _ in range(7)]
    total = sum(parts) + (chance.random() < 0.1)
    names = [
        2022,
        chance.choice(["데이터센터", "빅데이터담당관"]),
        chance.choice(["운", "영", "망"]),
        f"사업 {chance.randrange(4)}(A-10{chance.randrange(3)}0)",
        f"목{chance.random()}",
    ]
    return [
        *names,
        *map(chance.choice([int, float, str]), [*parts, total]),
        chance.choice([0, 7.0, "7", "1,000", "-", ""]),
    ]


def spoiled(row, chance):
    """A row with one thing about it that is out of the ordinary."""
    place = chance.randrange(len(row))
    if place < NAMES:
        odd = [
            "",
            "소계",
            "운영 소계",
            "계(3개 실)",
            "가" * 130,
            "나\x07",
            2021.0,
            7,
            True,
            date(2022, 1, 1),
            "2022년도",
            "올해",
            " 데이터센터 ",
        ]
    else:
        odd = [
            "",
            "-",
            "△5",
            "(5)",
            "1,2",
            "미정",
            1.5,
            2.0**60,
            float("nan"),
            True,
            date(2022, 1, 1),
            "5\n6",
            "99999999999999999999",
        ]
    return [*row[:place], chance.choice(odd), *row[place + 1 :]]


def table(seed):
    chance = Random(seed)
    rows = []
    for _ in range(40):
        row = plain(chance)
        match chance.randrange(12):
            case 0:
                rows.append(["", "", "", "", chance.choice(["합계", "소계"]), *row[NAMES:]])
            case 1:
                rows.append([*row[: chance.randrange(1, NAMES)], *[""] * 20][: len(row)])
            case 2:
                rows.append(chance.choice([HEADER, [], ["※ 원인행위 기준"], ["", "- 3 -"], [*HEADER[::-1]]]))
            case 3 | 4 | 5:
                rows.append(spoiled(row, chance))
            case _:
                rows.append(row)
    return rows


@pytest.mark.parametrize("seed", each(20, SEEDS))
def test_a_table_read_by_column_is_what_it_is_row_by_row(seed):
    rows = table(seed)
    expected, by_row = read(rows, by_column=False)
    lines, by_column = read(rows, blocks=1 + seed % 3)
    assert lines == expected
    assert told(by_column) == told(by_row)
    assert expected and by_row.rows.problems.count


def merged(rows, chance):
    """Names that stand above are blank, as in cells that are merged or not written again, most of them left of a name."""
    found = []
    for above, row in zip([[], *rows], rows, strict=False):
        names = min(NAMES - 1, len(row), len(above))
        same = next((place for place in range(names) if row[place] != above[place]), names)
        begin, end = sorted(chance.choices(range(names + 1), k=2)) if chance.random() < 0.2 else (0, same)
        found.append([*row[:begin], *[""] * (end - begin), *row[end:]])
    return found


@pytest.mark.parametrize("seed", each(20, SEEDS))
def test_merged_cells_read_by_column_are_what_they_are_row_by_row(seed):
    chance = Random(seed)
    rows = merged(sorted(table(seed), key=lambda row: [*map(str, row[: NAMES - 1])]), chance)
    given = chance.choice([{}, {"fiscal_year": 2023}, {"fiscal_year": 2023, "department": "데이터센터"}])
    expected, by_row = read(rows, by_column=False, **given)
    lines, by_column = read(rows, blocks=1 + seed % 3, **given)
    assert lines == expected
    assert told(by_column) == told(by_row)
    assert by_row.rows.filled


def test_merged_cells_are_no_business_of_the_reader_of_rows(monkeypatch):
    monkeypatch.setattr(block_reader.RowReader, "read", None)
    amounts = [*[1.0] * 7, 7.0, 3.0]
    rows = [[2022, "데이터센터", "운영", "망", "가"], *[["", "", "", "", name] for name in "나다"]]
    lines, reader = read([[*names, *amounts] for names in [*rows, ["", "빅데이터담당관", "", "", "라"]]])
    names = [(year, *unit) for _, (year, _, *unit), _ in lines]
    assert names == [
        *[(2022, "데이터센터", "운영", "", "망", "", "", name) for name in "가나다"],
        (2022, "빅데이터담당관", "", "", "", "", "", "라"),  # under another department nothing is filled
    ]
    assert reader.rows.filled == 9


def test_plain_rows_are_no_business_of_the_reader_of_rows(monkeypatch):
    monkeypatch.setattr(block_reader.RowReader, "read", None)
    lines, _ = read([[2022, "데이터센터", "운영", "망(AB-10)", "가", *[1.0] * 7, 7.0, 3.0]])
    assert lines == [
        (
            2,
            (2022, "", "데이터센터", "운영", "", "망", "AB-10", "", "가"),
            (1, 1, 1, 1, 1, 1, 1, 7, None, 3, None),
        )
    ]


def test_what_holds_for_all_rows_stands_in_each():
    lines, _ = read(
        [["운영", "5", ""], ["망", "△6", "1"]],
        header=["정책사업", "예산액", "원인행위액"],
        fiscal_year=2023,
        department="데이터센터",
    )
    assert [line.parts[:4] for line in lines] == [
        (2023, "", "데이터센터", "운영"),
        (2023, "", "데이터센터", "망"),
    ]


def test_names_are_numbered_anew_where_they_are_too_many(monkeypatch):
    monkeypatch.setattr(block_reader.NumberedNames, "is_full", True)
    reader = BlockReader(layout_of(HEADER), "표", 1)
    receiver = block_reader.NumberedNames()
    for number, name in enumerate("가나", 2):
        reader.read(number, [[2022, "데이터센터", "운영", "망", name, *[1] * 7, 7, 3]])
        (line,) = receiver.read(reader.taken())
        assert line.parts[2:] == ("데이터센터", "운영", "", "망", "", "", name)
    assert receiver.texts == ["", "2022", "데이터센터", "운영", "망", "나"]

"""What changed in the indicators, as a sentence and a table."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from reports.chapters.indicators import section
from reports.chapters.indicators.data import OtherFigure
from reports.comparison.compare import compare
from reports.comparison.tables import ComparedDates
from seoul_digital.lib.tables import as_cell
from tests.reports.plain import indicator, two

DATES = ComparedDates(date(2022, 3, 31), date(2022, 9, 30))


def section_of(before, after):
    return section.section(
        compare(*two("indicators", tuple(before), tuple(after))).changes["indicators"], DATES
    )


def rows_of(found):
    return [[as_cell(cell).value for cell in row.cells] for row in found.tables[0].rows]


def test_sentence_counts_the_values_that_changed():
    found = section_of(
        [indicator("aps", ("2022-01", Decimal(5))), indicator("same", ("2022-01", Decimal(1)))],
        [indicator("aps", ("2022-07", Decimal(8))), indicator("same", ("2022-01", Decimal(1)))],
    )
    assert found.sentence.endswith("값이 바뀐 지표는 1개입니다.")
    assert rows_of(found) == [["aps", "개", Decimal(5), Decimal(8), Decimal(3), "2022-01", "2022-07", ""]]
    assert found.tables[0].notes == ["그대로인 지표 1개는 뺐습니다."]


def test_what_is_new_or_gone_has_a_word_for_its_difference():
    found = section_of(
        [indicator("gone", ("2022-01", Decimal(1)))], [indicator("new", ("2022-07", Decimal(2)))]
    )
    assert rows_of(found) == [
        ["new", "개", "없음", Decimal(2), "새로 생김", "", "2022-07", ""],
        ["gone", "개", Decimal(1), "없음", "없어짐", "2022-01", "", ""],
    ]
    assert "값이 바뀐" not in found.sentence


def test_other_changes_stand_in_a_column_of_their_own():
    found = section_of(
        [indicator("aps", ("2022-01", Decimal(5)), unit="개")],
        [indicator("aps", ("2022-01", Decimal(5)), unit="대")],
    )
    assert rows_of(found)[0][-1] == "단위: 개 → 대"


def test_a_figure_that_is_given_otherwise_elsewhere_is_marked():
    plain = indicator("speed", ("2022-01", Decimal(200)))
    figure = replace(plain.series[0], others=(OtherFigure("용어 5G", "20배", Decimal(20)),))
    marked = replace(plain, series=(figure,))
    cell = section_of([plain], [marked]).tables[0].rows[0].cells[3]
    assert (cell.lines, cell.warn) == (["◆ 용어 5G에는 20배"], True)


def test_an_indicator_without_a_figure_is_unknown_and_not_absent():
    found = section_of([indicator("aps")], [indicator("aps", ("2022-07", Decimal(2)))])
    assert rows_of(found)[0][2:5] == [None, Decimal(2), None]

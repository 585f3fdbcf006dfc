"""What the sheets of revenue and expenditure have in common."""

from types import SimpleNamespace

from reports.chapters.budget_workbook import widths_of, write_notes, year_columns, year_figures
from reports.render.xlsx.grid import GridColumn
from seoul_digital.lib.reported import ReportedFigure


def test_year_columns_name_both_years():
    assert [(column.label, column.group) for column in year_columns(2022)] == [
        ("2022\n예산현액", ""),
        ("2021\n최종예산", ""),
        ("증감액", "증감"),
        ("증감률", "증감"),
    ]


def test_year_figures_are_in_thousands_and_a_leaf_adds_up_nothing():
    row = SimpleNamespace(
        current=ReportedFigure(3_000_000),
        previous=ReportedFigure(2_000_000),
        change=ReportedFigure(1_000_000),
    )
    leaf = year_figures(row, [], ReportedFigure(50))
    assert [figure.computed for figure in leaf[:3]] == [3_000, 2_000, 1_000]
    assert (leaf[0].rule, leaf[2].rule is not None) == (None, True)
    assert year_figures(row, [1, 2], ReportedFigure(50))[0].rule is not None


def test_notes_have_a_mark():
    written = []
    sheet = SimpleNamespace(note=written.append)
    write_notes(sheet, ("* 잠정치", "※ 이월 제외", "추경 포함"))
    assert written == ["* 잠정치", "※ 이월 제외", "※ 추경 포함"]


def test_widths_of_amounts_rates_and_what_stands_beside():
    columns = [GridColumn("예산현액"), GridColumn("증감률", "rate")]
    assert widths_of(30, SimpleNamespace(columns=columns, checked=[1])) == [30, 15, 11, 11]

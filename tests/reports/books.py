"""A workbook as openpyxl reads it."""

import io

import openpyxl


def opened(content, **options):
    return openpyxl.load_workbook(io.BytesIO(content), **options)


def row_of(sheet, name, column=1):
    """The first row that has the name in a column."""
    return next(row for row in sheet.iter_rows() if row[column - 1].value == name)


def words(row):
    return [cell.value for cell in row]

"""A sheet to be written on, and what is on it afterwards."""

import io

import pytest

from reports.render.xlsx.sheet import ReportSheet, Workbook
from tests.reports.books import opened
from tests.reports.plain import park_report


class Draft:
    """A workbook with one sheet; `read` closes it and gives the sheet as openpyxl sees it."""

    def __init__(self):
        self.out = io.BytesIO()
        self.book = Workbook(self.out, park_report(), ())
        self.sheet = ReportSheet(self.book, "인력")

    def read(self, **options):
        self.book.file.close()
        return opened(self.out.getvalue(), **options)["인력"]


@pytest.fixture
def draft():
    return Draft()

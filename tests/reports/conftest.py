"""The seeded report and its files, made once for all tests of the documents."""

import io

import pytest
from pypdf import PdfReader

from reports.assembly import reports_of
from reports.document import document_of
from reports.render.html import to_html
from reports.render.hwpx import to_hwpx
from reports.render.pdf import to_pdf
from reports.workbook import to_xlsx
from tests.reports.books import opened


@pytest.fixture(scope="session")
def seeded_reports(django_db_setup, django_db_blocker):
    """The report of 2022-08-29 and the one before it."""
    from core.snapshot import snapshots_at
    from seoul_digital.lib import query_params

    with django_db_blocker.unblock():
        return reports_of(snapshots_at(query_params.asked_date("2022-08-29"))[0])


@pytest.fixture(scope="session")
def document(seeded_reports):
    return document_of(*seeded_reports)


@pytest.fixture(scope="session")
def html(document):
    return to_html(document).decode()


@pytest.fixture(scope="session")
def pdf(document):
    return to_pdf(document)


@pytest.fixture(scope="session")
def hwpx(document):
    return to_hwpx(document)


@pytest.fixture(scope="session")
def workbook(seeded_reports):
    """As it leaves: the bytes of the file."""
    return to_xlsx(*seeded_reports)


@pytest.fixture(scope="session")
def book(workbook):
    """With its formulas."""
    return opened(workbook)


@pytest.fixture(scope="session")
def values(workbook):
    """With the values that are kept beside the formulas."""
    return opened(workbook, data_only=True)


@pytest.fixture(scope="session")
def pages(pdf):
    """The text of each page of the PDF."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]

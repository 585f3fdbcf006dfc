"""The council session that an edition reports to stands on the cover, whichever face it has."""

import io
from dataclasses import replace

import openpyxl
import pytest
from pypdf import PdfReader

from reports.document import document_of
from reports.formats import FORMATS
from reports.render.html import to_html
from reports.render.hwpx import to_hwpx
from reports.render.pdf import to_pdf
from reports.workbook import to_xlsx
from tests.reports.hangul import page_of

LINE = "제314회 임시회 · 2022. 8. 29. 기준"


@pytest.fixture(scope="module")
def told(seeded_reports):
    return replace(seeded_reports[0], council_session="제314회 임시회")


def test_the_cover_names_the_session(told):
    document = document_of(told, None)
    assert f"<p>{LINE}</p>" in to_html(document).decode()
    assert LINE in PdfReader(io.BytesIO(to_pdf(document))).pages[0].extract_text()
    assert LINE in page_of(to_hwpx(document))


def test_the_workbook_names_the_session(told):
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(told, None)))["자료"]
    facts = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
    assert facts["의회 회기"] == "제314회 임시회"


def test_without_a_session_the_cover_gives_the_date_alone(document):
    assert document.occasion == "2022. 8. 29. 기준"


HEAD = "3f" * 32
PROOF = f"기록 사슬 제1,234호 {HEAD}"


def written(format, reports):
    return FORMATS[format].write(*reports, PROOF)


def test_the_cover_prints_the_chain_of_changes_where_it_is_given(seeded_reports, html):
    assert f'<p class="proof">{PROOF}</p>' in written("html", seeded_reports).decode()
    pdf = PdfReader(io.BytesIO(written("pdf", seeded_reports)))
    assert PROOF in pdf.pages[0].extract_text()
    assert HEAD in pdf.metadata["/Keywords"]
    assert PROOF in page_of(written("hwpx", seeded_reports))
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", seeded_reports)))
    assert f"※ {PROOF}" in [row[0] for row in book["요약"].iter_rows(values_only=True)]
    assert book.properties.keywords == PROOF
    assert "기록 사슬" not in html

"""A file is the published one, one that was changed, a namesake, or unknown; by hash, marks and name."""

import io
import zipfile
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reports.formats import FORMATS
from reports.models import Edition, PublishedReport
from reports.models.published import digest
from reports.verification import published_files
from reports.verification.published_files import identify, original_name
from tests.factories import make_edition, publish_file

HEAD = "3f" * 32
NAME = "업무보고_디지털정책관_2022-11-03.pdf"


@pytest.fixture
def published(seeded):
    edition = make_edition("2022-11-03", "review")
    report = PublishedReport.objects.create(
        edition=edition, report="{}", sha256=digest("{}"), chain_position=1, chain_head=HEAD
    )
    given = {"extension": "pdf", "name": NAME, "content_type": "application/pdf"}
    publish_file(report, b"%PDF", **given)
    edition.state = Edition.State.PUBLISHED
    edition.save()
    return edition


def verdict(content, name="받은 파일.pdf"):
    return identify(SimpleUploadedFile(name, content))


def test_the_same_bytes_are_the_published_file_whatever_its_name(published):
    found = verdict(b"%PDF")
    assert (found.verdict, found.edition, found.file.extension) == ("published", published, "pdf")


def test_one_byte_more_with_its_name_is_a_namesake(published):
    assert verdict(b"%PDF ", NAME).verdict == "namesake"
    assert verdict(b"%PDF ", NAME.replace(".pdf", " (1).pdf")).edition == published


def test_other_bytes_are_unknown(published):
    assert verdict(b"nothing of ours").verdict == "unknown"


@pytest.mark.parametrize("format", ["pdf", "html", "hwpx", "xlsx"])
def test_a_changed_file_is_known_by_its_mark(published, seeded_reports, format):
    content = FORMATS[format].write(*seeded_reports, f"기록 사슬 제1호 {HEAD}")
    found = verdict(content, f"새 이름.{format}")
    assert (found.verdict, found.edition) == ("changed", published)


def test_a_mark_over_the_edge_of_two_pieces_is_found(published):
    pieces = [b"x" * 100 + HEAD[:30].encode(), HEAD[30:].encode() + b" x"]
    upload = SimpleNamespace(
        name="x",
        chunks=lambda: iter(pieces),
        **{name: getattr(io.BytesIO(b""), name) for name in ("seek", "read")},
    )
    assert identify(upload).verdict == "changed"


def test_a_hostile_zip_is_not_opened(published, monkeypatch):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(published_files.MOST_PARTS + 1):
            archive.writestr(str(number), "")
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert verdict(out.getvalue()).verdict == "unknown"
    assert verdict(b"PK\x05\x06").verdict == "unknown"


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("업무보고 (2).PDF", "업무보고.pdf"),
        ("업무보고.pdf", "업무보고.pdf"),
        ("업무보고 - 복사본.xlsx", "업무보고.xlsx"),
    ],
)
def test_the_name_of_a_copy(name, original):
    assert original_name(name) == original

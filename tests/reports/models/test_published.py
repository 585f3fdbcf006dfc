"""What was handed out is what was kept, or nothing is given."""

from datetime import date

import pytest
from django.core.exceptions import SuspiciousOperation
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from core.audit.seals import Head
from core.models import StoredPiece
from reports.models import Edition, PublishedFile, PublishedReport
from reports.models.published import digest, proof_of
from tests.tampering import tamper

SHA256_OF_A = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


def test_digest_of_text_is_that_of_its_bytes():
    assert digest("a") == digest(b"a") == SHA256_OF_A


def handed_out(content):
    """A file of which somebody wrote down that it is an `a`."""
    store = storages["published"]
    stored = store.file(store.save("", ContentFile(content)))
    return PublishedFile(name="보고.pdf", stored_file=stored, sha256=SHA256_OF_A, size=1)


def test_file_that_is_not_what_was_handed_out_is_refused(db):
    file, other = handed_out(b"a"), handed_out(b"b")
    assert file.bytes == b"a"
    with pytest.raises(SuspiciousOperation, match="보고.pdf의 내용이 SHA-256과 다릅니다"):
        _ = other.bytes
    tamper(StoredPiece, file.stored_file.pieces.get().pk, content=b"b")
    with pytest.raises(SuspiciousOperation, match="보고.pdf의 내용이 SHA-256과 다릅니다"):
        file.open()


def test_report_that_is_not_what_was_published_is_refused():
    edition = Edition(title="업무보고", as_of=date(2022, 11, 1))
    assert PublishedReport(report="a", sha256=SHA256_OF_A).intact_report == "a"
    with pytest.raises(SuspiciousOperation):
        _ = PublishedReport(edition=edition, report="b", sha256=SHA256_OF_A).intact_report


def test_proof_of_nothing_is_empty():
    assert proof_of(Head(0, "")) == ""
    assert proof_of(Head(7, "ab" * 32)).startswith("기록 사슬 ")

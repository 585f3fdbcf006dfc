"""What was handed out is what was kept, or nothing is given."""

from datetime import date

import pytest
from django.core.exceptions import SuspiciousOperation

from core.audit.seals import Head
from reports.models import Edition, PublishedFile, PublishedReport
from reports.models.published import digest, proof_of

SHA256_OF_A = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


def test_digest_of_text_is_that_of_its_bytes():
    assert digest("a") == digest(b"a") == SHA256_OF_A


def test_file_that_is_not_what_was_handed_out_is_refused():
    assert PublishedFile(content=b"a", sha256=SHA256_OF_A).bytes == b"a"
    with pytest.raises(SuspiciousOperation, match="보고.pdf의 내용이 SHA-256과 다릅니다"):
        _ = PublishedFile(name="보고.pdf", content=b"b", sha256=SHA256_OF_A).bytes


def test_report_that_is_not_what_was_published_is_refused():
    edition = Edition(title="업무보고", as_of=date(2022, 11, 1))
    assert PublishedReport(report="a", sha256=SHA256_OF_A).intact_report == "a"
    with pytest.raises(SuspiciousOperation):
        _ = PublishedReport(edition=edition, report="b", sha256=SHA256_OF_A).intact_report


def test_proof_of_nothing_is_empty():
    assert proof_of(Head(0, "")) == ""
    assert proof_of(Head(7, "ab" * 32)).startswith("기록 사슬 ")

"""What was published: any one byte of a report, a file, an event or the chain is named."""

from decimal import InvalidOperation
from unittest.mock import Mock

import pytest
from django.core.exceptions import SuspiciousOperation

from core.audit.verification import Verified
from core.models import ChainLink, StoredFile, StoredPiece
from reports.editions.published_report import published_edition
from reports.models import Edition, EditionEvent, PublishedFile, PublishedReport
from reports.serial import to_json
from reports.verification import published as verification
from reports.verification.published import verify_published
from tests.tampering import erase, found, tamper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_formats")]


@pytest.fixture
def html(published):
    return published.files.get(extension="html")


def lines():
    return [str(each) for each in verify_published(Verified(""))]


@pytest.mark.engine
def test_what_was_published_stands(published):
    assert found() == []
    verified = Verified("")
    assert list(verify_published(verified)) == []
    assert verified.number == 3


def test_a_byte_of_the_report_is_named_and_it_is_no_longer_read(published):
    tamper(PublishedReport, published.pk, report=published.report.replace("2022년 11월", "2022년 12월", 1))
    assert any("의 보고서(JSON): 적어 둔 SHA-256은" in line for line in lines())
    with pytest.raises(SuspiciousOperation):
        published_edition(published.edition).report  # noqa: B018


def test_a_byte_of_the_report_before_is_named(published):
    tamper(PublishedReport, published.pk, before=published.before.replace("2022", "2023", 1))
    assert any("의 지난 보고서(JSON): 적어 둔 SHA-256은" in line for line in lines())


def test_a_file_that_cannot_be_made_is_named_and_the_others_are_looked_at(html, monkeypatch):
    for error in (ZeroDivisionError("0"), TypeError("None"), InvalidOperation("x")):
        writer = Mock(**{"write.side_effect": error})
        monkeypatch.setattr(verification, "FORMATS", dict.fromkeys(verification.FORMATS, writer))
        found = [line for line in lines() if "다시 만들지 못했습니다" in line]
        assert f"발행한 파일 ‘{html.name}’의 내용: 다시 만들지 못했습니다: {error}" in found
        assert len(found) == html.published_report.files.count()


@pytest.mark.engine
def test_a_report_changed_with_its_hash_is_named_by_its_event_and_its_record(published):
    text = published.report.replace("2022년 11월", "2022년 12월", 1)
    tamper(PublishedReport, published.pk, report=text, sha256=verification.digest(text))
    named = found()
    assert any("발행한 경과에 이 보고서의 SHA-256이 없습니다." in line for line in named)
    assert any("의 보고서의 SHA-256: 바뀐 내역에는" in line for line in named)


def test_a_byte_of_a_file_is_named(html):
    piece = html.stored_file.pieces.get()
    tamper(
        StoredPiece, piece.pk, content=bytes(piece.content).replace("회차".encode(), "횟차".encode()) + b" "
    )
    assert any(f"발행한 파일 ‘{html.name}’의 내용: 적어 둔 SHA-256은" in line for line in lines())
    assert any(f"발행한 파일 ‘{html.name}’의 크기: " in line for line in lines())


def test_a_file_changed_with_its_hash_is_named_by_what_is_made_again(html):
    content = html.bytes + b" "
    same = {"sha256": verification.digest(content), "size": len(content)}
    tamper(StoredPiece, html.stored_file.pieces.get().pk, content=content, sha256=same["sha256"])
    tamper(StoredFile, html.stored_file.pk, **same)
    tamper(PublishedFile, html.pk, **same)
    named = found()
    assert f"발행한 파일 ‘{html.name}’의 내용: 발행본의 보고서로 다시 만든 파일과 다릅니다." in named
    assert any("의 SHA-256: 바뀐 내역에는" in line for line in named)


def test_a_file_that_is_no_longer_sealed_or_another_one_is_named(html):
    tamper(StoredFile, html.stored_file.pk, is_sealed=False)
    assert lines() == [
        f"발행한 파일 ‘{html.name}’의 저장한 파일: 발행한 파일인데 바꾸지 못하게 봉하지 않았습니다."
    ]


def test_other_renderers_make_nothing_again(html, monkeypatch):
    monkeypatch.setattr(verification, "renderers_version", lambda: "딴 판")
    monkeypatch.setattr(verification, "FORMATS", {})
    assert lines() == []


def test_a_worker_that_goes_on_over_an_upgrade_makes_nothing_again(html, monkeypatch):
    monkeypatch.setattr(verification, "draws_as_loaded", lambda: False)
    monkeypatch.setattr(verification, "FORMATS", {})
    assert lines() == []


def test_a_file_a_report_and_an_event_that_are_gone_are_named(published):
    event = published.edition.events.get(kind=EditionEvent.Kind.STATE, after="published")
    html = published.files.get(extension="html")
    erase(EditionEvent, event.pk)
    erase(PublishedFile, html.pk)
    named = found()
    assert any("발행한 경과에 이 보고서의 SHA-256이 없습니다." in line for line in named)
    assert (
        f"발행한 파일 ‘{html.name}’: 바뀐 내역에는 있는데 줄이 없습니다. 프로그램을 거치지 않고 지웠습니다."
        in named
    )


def test_an_edition_that_is_open_again_is_named(published):
    tamper(Edition, published.edition_id, state="review")
    assert any("회차의 단계가 발행이 아닙니다." in line for line in lines())


def test_a_chain_written_anew_is_another_than_the_cover_prints(published):
    assert published.chain_head == ChainLink.objects.get(position=published.chain_position).head
    tamper(ChainLink, published.chain_position, head="0" * 64)
    assert any("의 기록 사슬의 끝: 표지에 인쇄한 기록 사슬" in line for line in lines())


def test_the_cover_prints_the_chain_and_the_report_does_not_hold_it(published, html):
    assert f"기록 사슬 제{published.chain_position:,}호 {published.chain_head}" in html.bytes.decode()
    assert published.chain_head not in to_json(published_edition(published.edition).report)

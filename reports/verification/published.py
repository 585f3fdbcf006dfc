"""Whether what was published stands as it was handed out: report, event, files, the chain's head, and the files made again."""

import hashlib
from collections.abc import Iterator, Mapping

from core.audit.verification import Discrepancy, Verified
from core.models import ChainLink
from core.storage import parts_of
from core.storage.verification import ABSENT, UNANSWERED

from ..formats import FORMATS
from ..models import Edition, EditionEvent, PublishedFile, PublishedReport
from ..models.published import digest
from ..render.fonts import FontMissing
from ..serial import from_json
from ..text_size import ReportTooLargeError
from .renderers import draws_as_loaded, renderers_version

REPORT, FILE, EDITION = "발행본", "발행한 파일", "업무보고 회차"
OTHER_SHA = "적어 둔 SHA-256은 {}…인데 내용의 것은 {}…입니다."
NO_EVENT = "발행한 경과에 이 보고서의 SHA-256이 없습니다."
NO_REPORT = "발행한 회차인데 발행본이 없습니다."
NOT_PUBLISHED = "발행본이 있는데 회차의 단계가 발행이 아닙니다."
OTHER_SIZE = "적어 둔 크기는 {:,}바이트인데 내용은 {:,}바이트입니다."
NOT_SEALED = "발행한 파일인데 바꾸지 못하게 봉하지 않았습니다."
OTHER_HEAD = "표지에 인쇄한 기록 사슬 제{:,}호가 지금 사슬의 것과 다릅니다. 사슬을 다시 썼습니다."
OTHER_REPORT = "발행본의 보고서와 다릅니다."
MADE_OTHERWISE = "발행본의 보고서로 다시 만든 파일과 다릅니다."
NOT_MADE = "다시 만들지 못했습니다: {}"
Content = tuple[str, int]  # SHA-256 and size
SHOWN = 12  # characters of a hash
# Of a report whose values somebody has changed a renderer may ask anything.
UNWRITABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    FontMissing,
    ReportTooLargeError,
)


def verify_published(verified: Verified) -> Iterator[Discrepancy]:
    for edition in Edition.objects.published().filter(published_report=None):
        yield Discrepancy(EDITION, str(edition), NO_REPORT)
    for published in PublishedReport.objects.select_related("edition__bureau").order_by("pk").iterator(1):
        yield from _report(published)
        files = {}
        for file in published.files.select_related("stored_file").order_by("pk"):
            try:
                files[file] = _content(file)
            except OSError as error:
                absent = ABSENT if isinstance(error, FileNotFoundError) else UNANSWERED
                yield Discrepancy(FILE, file.name, absent, "내용")
            else:
                yield from _file(file, files[file], published)
        yield from _made_again(published, files)
        verified.number += 1 + len(files)


def _report(published: PublishedReport) -> Iterator[Discrepancy]:
    name = str(published.edition)
    for field, text, sha256 in (
        ("보고서(JSON)", published.report, published.sha256),
        ("지난 보고서(JSON)", published.before, published.before_sha256),
        ("점검 결과(JSON)", published.findings, published.findings_sha256),
    ):
        if (text or sha256) and digest(text) != sha256:
            yield Discrepancy(REPORT, name, OTHER_SHA.format(sha256[:SHOWN], digest(text)[:SHOWN]), field)
    if not published.edition.is_published:
        yield Discrepancy(EDITION, name, NOT_PUBLISHED, "단계")
    events = published.edition.events.filter(kind=EditionEvent.Kind.STATE, after=Edition.State.PUBLISHED)
    if not any(published.sha256 in event.note for event in events):
        yield Discrepancy(REPORT, name, NO_EVENT, "경과")
    head = ChainLink.objects.filter(position=published.chain_position, head=published.chain_head)
    if published.chain_position and not head.exists():
        yield Discrepancy(REPORT, name, OTHER_HEAD.format(published.chain_position), "기록 사슬의 끝")


def _content(file: PublishedFile) -> Content:
    """Raises OSError where an object store does not have it or does not answer."""
    found, size = hashlib.sha256(), 0
    for part in parts_of(file.stored_file):
        found.update(part)
        size += len(part)
    return found.hexdigest(), size


def _file(file: PublishedFile, content: Content, published: PublishedReport) -> Iterator[Discrepancy]:
    found, size = content
    for sha in dict.fromkeys((file.sha256, file.stored_file.sha256)):
        if found != sha:
            yield Discrepancy(FILE, file.name, OTHER_SHA.format(sha[:SHOWN], found[:SHOWN]), "내용")
    for recorded in dict.fromkeys((file.size, file.stored_file.size)):
        if size != recorded:
            yield Discrepancy(FILE, file.name, OTHER_SIZE.format(recorded, size), "크기")
    if not file.stored_file.is_sealed:
        yield Discrepancy(FILE, file.name, NOT_SEALED, "저장한 파일")
    if file.extension == "json" and found != digest(published.report):
        yield Discrepancy(FILE, file.name, OTHER_REPORT, "내용")


def _made_again(published: PublishedReport, files: Mapping[PublishedFile, Content]) -> Iterator[Discrepancy]:
    """Where the renderers are those that made them: else another file is no wonder, and hashes alone are looked at."""
    if published.renderers != renderers_version() or not draws_as_loaded():
        return
    try:
        report = from_json(published.report)
        before = from_json(published.before) if published.before else None
    except ValueError as error:
        yield Discrepancy(REPORT, str(published.edition), NOT_MADE.format(error))
        return
    for file, (found, _) in files.items():
        try:
            made = FORMATS[file.extension].write(report, before, published.proof)
        except UNWRITABLE as error:
            yield Discrepancy(FILE, file.name, NOT_MADE.format(error), "내용")
        else:
            if digest(made) != found:
                yield Discrepancy(FILE, file.name, MADE_OTHERWISE, "내용")

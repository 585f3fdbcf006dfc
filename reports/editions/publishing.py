"""Publishing: the edition's own drafts come into force, and the report and its files are kept as they were handed out.

Files are made before the transaction, by a worker ahead (`preparing`) or now, so that nobody waits for them; inside it the data must have
the version that they were made of.
Two people who publish at once give one published report.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError

from budgets.models import BudgetImport
from core.audit import seals
from core.audit.recording import change_reason
from core.audit.seals import Head
from core.data_version import data_version
from core.models import Source
from core.models.revisions import SourceRevision
from core.snapshot import Snapshot
from core.storage import StoredFileStorage
from seoul_digital.gates import FILES

from ..findings import Explained
from ..formats import FORMATS, file_name
from ..models import Edition, EditionEvent, PublishedFile, PublishedReport
from ..models.edition_sources import rest_on
from ..models.published import digest, proof_of
from ..render import fonts
from ..report import Report
from ..serial import to_json
from ..source_impact import ImpactPreview, impact_preview
from ..verification.renderers import renderers_version
from . import ready_documents
from .changes.source_changes import SourceChanges, changes_of
from .checklist import kept_findings
from .checklist.checklist import Checklist, checklist_of
from .checklist.vanished import snapshot_before
from .collection import Collection, collection_of
from .snapshot import reported_sources, reports_of, snapshot_of
from .sources import EditionRefused, outside
from .workflow import PUBLISHED, lock_for_update, token_of

Names = Mapping[str, str]  # of the stored files, by extension
NOT_REVIEWED = "검토 중인 회차만 발행할 수 있습니다. 먼저 단계를 ‘검토 중’으로 바꾸십시오."
EMPTY = "이 기준일의 자료가 없어 발행할 것이 없습니다."
CHANGED = "그 사이 자료가 바뀌어 발행하지 않았습니다. 달라진 것을 보고 다시 발행해 주십시오."


class ReportChanged(EditionRefused):
    """The report is another than the one that its publisher was shown."""


@dataclass
class Prepared:
    """An edition as it stands: what is collected, the report and the one before it. `version` was read before them."""

    edition: Edition
    version: str
    collection: Collection
    report: Report
    before: Report | None

    @cached_property
    def texts(self) -> tuple[str, str]:
        """Both as JSON."""
        return to_json(self.report), to_json(self.before) if self.before else ""

    @property
    def drafts(self) -> list[Source]:
        return self.collection.of_edition.drafts

    @property
    def version_token(self) -> str:
        """The mark of what is shown: the report, and the drafts that come into force with it."""
        return digest(repr((self.texts[0], [source.pk for source in self.drafts])))

    @cached_property
    def documents_mark(self) -> str:
        """Of all that the documents are made of, and of what was done with the edition so far, the signature included: the end of the chain
        on their covers is to hold it."""
        done = self.edition.events.order_by("-pk").values_list("pk", flat=True).first()
        return digest(repr((*self.texts, renderers_version(), done)))

    @cached_property
    def errors(self) -> list[Explained]:
        return self.collection.errors

    @property
    def snapshot(self) -> Snapshot:
        return self.collection.snapshot

    @cached_property
    def snapshot_before(self) -> Snapshot | None:
        """Of the day of the report before."""
        return snapshot_before(self.snapshot)

    @cached_property
    def checklist(self) -> Checklist:
        return checklist_of(self.edition, self)


def prepare(edition) -> Prepared:
    """Raises EditionRefused where there is nothing to report."""
    snapshot = snapshot_of(edition)
    if snapshot.is_empty:
        raise EditionRefused(EMPTY)
    version = _version(edition, snapshot)
    reports = reports_of(edition, snapshot)
    return Prepared(edition, version, collection_of(edition, snapshot), *reports)


def _version(edition, snapshot) -> str:
    """Of all that is published and signed: facts, explanations, how far each part is, the edition's own words, and what waits outside."""
    parts = edition.submissions.order_by("pk").values_list("pk", "state", "version", "in_place", "note")
    explanations = edition.bureau.explanations.order_by("pk").values_list("pk", flat=True)
    waiting = [source.pk for source in outside(edition, snapshot.executed_after)]
    return repr((data_version(snapshot), list(explanations), list(parts), token_of(edition), waiting))


@dataclass(frozen=True)
class Proposal:
    """What publishing would do. `outside` are drafts that stay waiting."""

    prepared: Prepared
    changes: list[SourceChanges]
    outside: list[Source]
    impact: ImpactPreview | None

    @property
    def version_token(self) -> str:
        return self.prepared.version_token

    @property
    def drafts(self) -> list[Source]:
        return self.prepared.drafts


def proposal(edition) -> Proposal:
    prepared = prepare(edition)
    drafts, collection = prepared.drafts, prepared.collection
    # Readers go on seeing the last execution, which is not this report's.
    known = None if collection.lacking else prepared.report
    impact = impact_preview(drafts, Source.State.IN_FORCE, checked=False, report=known) if drafts else None
    waiting = outside(edition, collection.snapshot.executed_after)
    return Proposal(prepared, changes_of(drafts), waiting, impact)


def publish(edition, *, user, version_token) -> PublishedReport:
    """`version_token` is the mark of the report that the user was shown. Raises EditionRefused."""
    _require_review(edition)
    prepared = prepare(edition)
    if stops := prepared.checklist.stops:
        raise EditionRefused(" ".join(result.refusal for result in stops))
    if prepared.version_token != version_token:
        raise ReportChanged(CHANGED)
    prepared.checklist.require_signature()
    documents, head = _documents(prepared)
    with _stored(documents) as files, lock_for_update(edition) as now:
        _require_review(now)
        _lock_drafts(prepared.drafts)
        snapshot = snapshot_of(now)
        revisions = SourceRevision.objects.filter(source__in=[source.pk for source in snapshot.sources])
        list(revisions.order_by("pk").select_for_update())  # so that nobody edits meanwhile
        if _version(now, snapshot) != prepared.version:
            raise ReportChanged(CHANGED)
        _put_in_force(now, prepared.collection)
        return _keep_published(now, prepared, files, head, user)


def _documents(prepared: Prepared) -> tuple[dict[str, bytes], Head]:
    """Those that a worker has made ahead of this very report, the others made now; and the end of the chain that all their covers tell."""
    head = seals.link()
    ready = ready_documents.find(prepared.edition.pk, prepared.documents_mark)
    files = ready.contents() if ready else {}
    if ready and files:
        head = ready.head
    return made_files(prepared, proof_of(head), files), head


def made_files(prepared: Prepared, proof: str, made: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """By extension, in the order of FORMATS; `made` are those that are there already. Raises EditionRefused."""
    there = {extension: made[extension] for extension in FORMATS if made and extension in made}
    if there.keys() == FORMATS.keys():
        return there
    try:
        with FILES.entered():
            return {
                extension: there.get(extension) or kind.write(prepared.report, prepared.before, proof)
                for extension, kind in FORMATS.items()
            }
    except fonts.FontMissing as error:
        raise EditionRefused(_without_fonts(error)) from error


def fonts_refusal() -> str:
    """Why no edition can be published on this server, whatever is in it; empty where the fonts of its documents are there."""
    try:
        fonts.files()
    except fonts.FontMissing as error:
        return _without_fonts(error)
    return ""


def _without_fonts(error: fonts.FontMissing) -> str:
    return f"문서를 만들 수 없어 발행할 수 없습니다. {error}"


@contextmanager
def _stored(files: Mapping[str, bytes]) -> Iterator[Names]:
    """Keeps files before the transaction that publishes them; where that fails they go, at the latest after an hour."""
    store, names = cast(StoredFileStorage, storages["published"]), {}
    try:
        for extension, content in files.items():
            names[extension] = store.save("", ContentFile(content))
        yield names
    except BaseException:
        with suppress(DatabaseError, OSError):
            for name in names.values():
                store.delete(name)
        raise


def _require_review(edition):
    state = Edition.objects.values_list("state", flat=True).get(pk=edition.pk)
    if state != Edition.State.REVIEW:
        raise EditionRefused(PUBLISHED if state == Edition.State.PUBLISHED else NOT_REVIEWED)


def _lock_drafts(drafts: list[Source]):
    keys = [source.pk for source in drafts]
    files = BudgetImport.objects.filter(source__in=keys)
    list(files.select_for_update(of=("self",)).order_by("pk"))  # so that nobody throws one away meanwhile
    list(Source.objects.filter(pk__in=keys).order_by("pk").select_for_update())


def _put_in_force(edition, collection: Collection):
    """The edition's own drafts; carried lines that a confirmed file stands in for go, and what the report rests on is kept."""
    states = (
        (collection.of_edition.drafts, Source.State.IN_FORCE, "발행"),
        (collection.of_edition.set_aside, Source.State.WITHDRAWN, "발행: 확정한 파일이 대신함"),
        (collection.of_edition.unwritten, Source.State.WITHDRAWN, "발행: 쓴 것이 없음"),
    )
    for sources, state, reason in states:
        with change_reason(f"‘{edition}’ 회차 {reason}"):
            for source in sources:
                source.state = state
                source.save()
    rest_on(edition, reported_sources(collection.snapshot))


def _keep_published(edition, prepared: Prepared, files: Names, head: Head, user):
    report, (text, before_text) = prepared.report, prepared.texts
    checklist = prepared.checklist
    signature = checklist.signature if checklist.warnings else None
    findings = kept_findings.to_json(prepared.collection.findings, signature)
    publisher = {"published_by": user, "publisher": user.display_name if user else ""}
    made = {"chain_position": head.position, "chain_head": head.value, "renderers": renderers_version()}
    hashes = {"sha256": digest(text), "before_sha256": digest(before_text) if before_text else ""}
    hashes["findings_sha256"] = digest(findings)
    published = PublishedReport.objects.create(
        edition=edition, report=text, before=before_text, findings=findings, **hashes, **made, **publisher
    )
    PublishedFile.objects.bulk_create(
        [_file(published, report, extension, name) for extension, name in files.items()]
    )
    before, edition.state = edition.state, Edition.State.PUBLISHED
    lines = [f"발행본의 SHA-256 {published.sha256}", f"점검 결과의 SHA-256 {digest(findings)}"]
    lines += [f"확정한 자료 {len(prepared.drafts)}건"]
    lines += [f"알고 발행함: {note}" for note in report.cover_notes]
    note = "\n".join(lines)
    EditionEvent.objects.create(
        edition=edition, kind=EditionEvent.Kind.STATE, before=before, after=edition.state, note=note, by=user
    )
    edition.save(update_fields=["state"])
    return published


def _file(published_report, report, extension, name):
    stored = cast(StoredFileStorage, storages["published"]).seal(name)
    return PublishedFile(
        published_report=published_report,
        extension=extension,
        name=file_name(report, extension),
        content_type=FORMATS[extension].content_type,
        stored_file=stored,
        size=stored.size,
        sha256=stored.sha256,
    )

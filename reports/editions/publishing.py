"""Publishing: the drafts come into force, and the report and its files are kept as they were handed out.

Files are made before the transaction, so that nobody waits for them; inside it the report is put together again and must be the one that was
printed. Two people who publish at once give one published report.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from budgets.models import BudgetImport
from core.audit.recording import change_reason
from core.models import Source

from ..findings import Explained, errors_left, findings_of
from ..formats import FORMATS, file_name
from ..models import Edition, EditionEvent, PublishedFile, PublishedReport
from ..models.published import digest
from ..render.fonts import FontMissing, missing_glyphs
from ..report import Report
from ..serial import from_json, to_json
from ..source_impact import ImpactPreview, impact_preview
from .snapshot import EditionRefused, drafts_of, reports_of, snapshot_of
from .workflow import lock_for_update

NOT_REVIEWED = "검토 중인 회차만 발행할 수 있습니다. 먼저 단계를 ‘검토 중’으로 바꾸십시오."
EMPTY = "이 기준일의 자료가 없어 발행할 것이 없습니다."
CHANGED = "그 사이 자료가 바뀌어 발행하지 않았습니다. 달라진 것을 보고 다시 발행해 주십시오."
UNIT = "예산 파일 ‘{}’의 단위를 아직 확인하지 않았습니다. 예산 파일 화면에서 확인하거나 버리십시오."
LEFT = "설명하지 않은 오류가 {}건 있어 발행할 수 없습니다."


class ReportChanged(EditionRefused):
    """The report is another than the one that its publisher was shown."""


@dataclass(frozen=True)
class Proposal:
    """What publishing would do. `errors` keep it from being done; `version_token` is the mark of what is shown here; `missing_glyphs` the characters
    that a PDF cannot print."""

    drafts: list[Source]
    errors: list[Explained]
    impact: ImpactPreview | None
    version_token: str
    missing_glyphs: str = ""


def proposal(edition) -> Proposal:
    snapshot, drafts = snapshot_of(edition), drafts_of(edition)
    if snapshot.is_empty:
        raise EditionRefused(EMPTY)
    impact = impact_preview(drafts, Source.State.IN_FORCE, checked=False) if drafts else None
    report, _ = _texts(edition, snapshot)
    try:
        glyphs = missing_glyphs(report)
    except FontMissing:  # which publishing will tell of
        glyphs = ""
    return Proposal(drafts, errors_left(findings_of(snapshot)), impact, digest(report), glyphs)


def publish(edition, *, user, version_token) -> PublishedReport:
    """`version_token` is the mark of the report that the user was shown. Raises EditionRefused."""
    _require_review(edition)
    texts = _checked(edition)
    if digest(texts[0]) != version_token:
        raise ReportChanged(CHANGED)
    report, before = from_json(texts[0]), from_json(texts[1]) if texts[1] else None
    files = _files(report, before)
    with lock_for_update(edition) as now:
        _require_review(now)
        _put_in_force(now)
        if _checked(now) != texts:
            raise ReportChanged(CHANGED)
        return _keep_published(now, report, texts, files, user)


def _files(report, before) -> dict[str, bytes]:
    try:
        return {extension: kind.write(report, before) for extension, kind in FORMATS.items()}
    except FontMissing as error:
        raise EditionRefused(f"문서를 만들 수 없어 발행하지 않았습니다. {error}") from error


def _require_review(edition):
    if edition.state != Edition.State.REVIEW:
        raise EditionRefused(NOT_REVIEWED)


def _checked(edition) -> tuple[str, str]:
    """The report and the one before it as JSON. Raises EditionRefused where figures do not agree and nobody has said why."""
    snapshot = snapshot_of(edition)
    if snapshot.is_empty:
        raise EditionRefused(EMPTY)
    if errors := errors_left(findings_of(snapshot)):
        raise EditionRefused(LEFT.format(len(errors)))
    for source in drafts_of(edition):
        # A budget file whose amounts are far off the last ones', and nobody has said that its unit is right.
        file = getattr(source, "budget_import", None)
        if file and file.report.get("objection") and not file.options.get("accepted_unit"):
            raise EditionRefused(UNIT.format(source.document))
    return _texts(edition, snapshot)


def _texts(edition, snapshot):
    report, before = reports_of(edition, snapshot)
    return to_json(report), to_json(before) if before else ""


def _put_in_force(edition):
    files = BudgetImport.objects.filter(
        source__bureau=edition.bureau_id, source__as_of=edition.as_of, source__state=Source.State.DRAFT
    )
    list(files.select_for_update(of=("self",)).order_by("pk"))  # so that nobody throws one away meanwhile
    drafts = Source.objects.filter(pk__in=[source.pk for source in drafts_of(edition)]).order_by("pk")
    with change_reason(f"‘{edition}’ 회차 발행"):
        for source in drafts.select_for_update():
            source.state = Source.State.IN_FORCE
            source.save()


def _keep_published(edition, report: Report, texts, files: Mapping[str, bytes], user):
    text, before_text = texts
    publisher = {"published_by": user, "publisher": user.display_name if user else ""}
    published = PublishedReport.objects.create(
        edition=edition, report=text, before=before_text, sha256=digest(text), **publisher
    )
    PublishedFile.objects.bulk_create(
        [_file(published, report, extension, content) for extension, content in files.items()]
    )
    before, edition.state = edition.state, Edition.State.PUBLISHED
    note = f"발행본의 SHA-256 {published.sha256}"
    EditionEvent.objects.create(
        edition=edition, kind=EditionEvent.Kind.STATE, before=before, after=edition.state, note=note, by=user
    )
    edition.save(update_fields=["state"])
    return published


def _file(published_report, report, extension, content):
    return PublishedFile(
        published_report=published_report,
        extension=extension,
        name=file_name(report, extension),
        content_type=FORMATS[extension].content_type,
        content=content,
        size=len(content),
        sha256=digest(content),
    )

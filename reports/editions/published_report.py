"""A published edition as it was handed out: everything comes from the rows that were kept."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString, mark_safe

from core.snapshot import Snapshot

from ..document import document_of
from ..models import Edition, PublishedFile, PublishedReport
from ..render import html
from ..render.blocks import without_facts
from ..report import Report
from ..serial import from_json
from ..site.site_document import marked
from .checklist import kept_findings
from .checklist.kept_findings import KeptFindings

BODY_BEGINS, BODY_ENDS = '<main class="document">', "</main>"  # in templates/document/file.html


@dataclass
class PublishedEdition:
    published_report: PublishedReport

    @cached_property
    def report(self) -> Report:
        return from_json(self.published_report.intact_report)

    @cached_property
    def before(self) -> Report | None:
        return from_json(self.published_report.before) if self.published_report.before else None

    @cached_property
    def findings(self) -> KeptFindings:
        """What was found in it, with what was said of it, when it was published."""
        return kept_findings.from_json(self.published_report.findings)

    @cached_property
    def files(self) -> list[PublishedFile]:
        return list(self.published_report.files.all())

    def body(self) -> SafeString:
        """The document, out of the file that was handed out. Every word of it was escaped when it was made."""
        page = self.published_report.files.get(extension="html").bytes.decode()
        start, end = page.index(BODY_BEGINS) + len(BODY_BEGINS), page.rindex(BODY_ENDS)
        return mark_safe(page[start:end])  # noqa: S308

    def site_body(self, snapshot: Snapshot) -> SafeString:
        """The same with numbers that lead to what they state, where today's renderer still makes what was handed out."""
        edition, body = self.published_report.edition, self.body()
        document = document_of(self.report, self.before, self.published_report.proof)
        if html.body(without_facts(document)) != body:
            return body
        known = snapshot.of(edition.bureau).at(edition.as_of)
        return html.body(marked(document, known))


def published_edition(edition: Edition) -> PublishedEdition:
    return PublishedEdition(
        PublishedReport.objects.select_related("edition__bureau", "published_by").get(edition=edition)
    )

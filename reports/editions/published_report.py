"""A published edition as it was handed out: everything comes from the frozen rows."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString, mark_safe

from ..models import FrozenFile, FrozenReport
from ..report import Report
from ..serial import from_json

BODY_BEGINS, BODY_ENDS = '<main class="document">', "</main>"  # in templates/document/file.html


@dataclass
class Published:
    frozen: FrozenReport

    @cached_property
    def report(self) -> Report:
        return from_json(self.frozen.report)

    @cached_property
    def before(self) -> Report | None:
        return from_json(self.frozen.before) if self.frozen.before else None

    @cached_property
    def files(self) -> list[FrozenFile]:
        """Without their content."""
        return list(self.frozen.files.defer("content"))

    def body(self) -> SafeString:
        """The document, out of the file that was handed out. Every word of it was escaped when it was made."""
        page = self.frozen.files.get(extension="html").bytes.decode()
        start, end = page.index(BODY_BEGINS) + len(BODY_BEGINS), page.rindex(BODY_ENDS)
        return mark_safe(page[start:end])  # noqa: S308


def published(edition) -> Published:
    return Published(FrozenReport.objects.select_related("edition__bureau", "frozen_by").get(edition=edition))

"""What an edition collects of the projects: each from the unit that leads it."""

from dataclasses import dataclass

from core.snapshot import Snapshot
from projects.search import words_of_briefs

from ...editions.part import EditionPart, PartRequest, PastValue, Requested
from .past_values import past_values


@dataclass(frozen=True, kw_only=True)
class ProjectPart(EditionPart):
    def requests(self, asked: Requested, scope: str) -> dict[int, list[PartRequest]]:
        found: dict[int, list[PartRequest]] = {}
        for brief, _ in words_of_briefs(asked.snapshot):
            request = PartRequest((brief.project_id,), brief.title, brief.project, brief.pk, (brief.title,))
            found.setdefault(brief.lead_department_id, []).append(request)
        return found

    def past_values(self, snapshot: Snapshot) -> dict[int, list[PastValue]]:
        return past_values(snapshot)

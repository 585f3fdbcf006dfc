"""What an edition collects of the projects: each from the unit that leads it."""

from dataclasses import dataclass

from projects.search import words_of_briefs

from ...editions.part import EditionPart, PartRequest, Requested


@dataclass(frozen=True, kw_only=True)
class ProjectPart(EditionPart):
    def requests(self, asked: Requested, scope: str) -> dict[int, list[PartRequest]]:
        found: dict[int, list[PartRequest]] = {}
        for brief, _ in words_of_briefs(asked.snapshot):
            request = PartRequest((brief.project_id,), brief.title, brief.project, brief.pk, (brief.title,))
            found.setdefault(brief.lead_department_id, []).append(request)
        return found

from types import SimpleNamespace

from projects.models import Brief, Project
from reports.chapters.projects import edition
from reports.chapters.projects.edition import ProjectPart
from reports.editions.part import PartRequest


def test_unit_is_asked_for_each_project_that_it_leads(monkeypatch):
    project = Project(pk=3, slug="lake", name="호수공원")
    briefs = [
        Brief(pk=key, project=project, title=title, lead_department_id=5)
        for key, title in ((7, "호수"), (8, "숲"))
    ]
    monkeypatch.setattr(edition, "words_of_briefs", lambda snapshot: [(brief, "") for brief in briefs])
    asked = SimpleNamespace(snapshot=None)
    assert ProjectPart(model=Brief, watched=()).requests(asked, "projects") == {
        5: [
            PartRequest((3,), "호수", project, 7, ("호수",)),
            PartRequest((3,), "숲", project, 8, ("숲",)),
        ]
    }

"""What an edition says otherwise than the report before."""

import pytest

from reports.chapters.duties.data import DutiesRow
from reports.chapters.projects.data import ProjectRow
from reports.editions.changes.difference import changes_page
from reports.report import Name
from tests.reports.plain import two


def project(title):
    return ProjectRow("lake", 1, title, Name("parks", "공원담당관"))


@pytest.mark.parametrize(
    ("is_linked", "href"), [(True, "/projects/lake/?as_of=2022-09-30"), (False, "")], ids=["linked", "draft"]
)
def test_projects_lead_to_their_pages_where_readers_see_them(is_linked, href):
    page = changes_page(*two("projects", (project("호수"),), (project("호수공원"),)), is_linked=is_linked)
    section = next(section for section in page.sections if section.slug == "projects")
    (row,) = section.tables[0].rows
    assert (row.cells[0].value, row.cells[0].href) == ("1. 호수공원", href)


def test_duties_that_differ_are_told():
    def duties(*texts):
        return (DutiesRow("parks", "공원담당관", texts),)

    page = changes_page(*two("duties", duties("나무"), duties("나무", "호수")))
    assert [section.slug for section in page.shown] == ["duties"]

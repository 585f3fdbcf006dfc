"""Which pages show the projects; tests/core/test_page_links.py has the addresses."""

import pytest

from core import page_links
from projects.page_links import INDICATORS, PROJECTS, TIMELINE, project_page


@pytest.mark.parametrize(
    ("model", "pages"),
    [
        ("projects.brief", [project_page("project.slug"), PROJECTS]),
        ("projects.milestone", [project_page("brief.project.slug"), TIMELINE]),
        ("projects.target", [INDICATORS, project_page("indicator.project.slug")]),
        ("projects.strategy", [PROJECTS]),
    ],
)
def test_pages_of_rows_begin_with_the_one_that_shows_them_best(model, pages):
    assert page_links._of_models[model][: len(pages)] == pages


@pytest.mark.parametrize(
    ("scope", "page"), [("vision", PROJECTS), ("projects", PROJECTS), ("indicators", INDICATORS)]
)
def test_sources_lead_to_the_page_of_their_subject(scope, page):
    assert page_links._of_scopes[scope][0] == page

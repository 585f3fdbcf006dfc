"""Which pages show the organisation; tests/core/test_page_links.py has the addresses."""

import pytest

from core import page_links
from departments.page_links import UNITS, unit_page


@pytest.mark.parametrize(
    ("model", "pages"),
    [
        ("departments.duty", [unit_page("department.slug"), UNITS]),
        ("departments.staffingcount", [unit_page("staffing.department.slug"), UNITS]),
        ("departments.jobseries", [UNITS]),
    ],
)
def test_pages_of_rows_begin_with_the_one_that_shows_them_best(model, pages):
    assert page_links._of_models[model][: len(pages)] == pages


@pytest.mark.parametrize("scope", ["organisation", "duties", "staffing"])
def test_sources_lead_to_the_page_of_units(scope):
    assert page_links._of_scopes[scope][0] == UNITS


def test_page_of_a_unit_is_at_its_slug():
    assert (unit_page("slug").view, unit_page("slug").slug, UNITS.slug) == ("departments:detail", "slug", "")

"""How pages are laid out: sentences in their lines, and how long each is on a desk and on a phone."""

import pytest

from tests.browser.conftest import settle


@pytest.mark.parametrize("path", ["/budgets/cross-tab/", "/document/one-page/"])
def test_figures_of_a_lead_stand_in_its_lines(page, path):
    page.goto(path)
    settle(page)
    assert page.locator(".lead > [data-fact]").count()
    assert page.locator(".lead").bounding_box()["height"] <= 80  # two lines

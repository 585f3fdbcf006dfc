"""One figure is one answer: what a source prints stands on every page and in every file, with its mark where it disagrees."""

import pytest

from core.models import ControlTotal
from seoul_digital.lib import amounts

pytestmark = pytest.mark.django_db
MARK = "◆"


def print_instead(scope, measure, value, printed, year=0, subject=""):
    """Changes what the seeded report prints."""
    changed = ControlTotal.objects.filter(
        source__scope=scope, subject=subject, measure=measure, fiscal_year=year, source__as_of="2022-08-29"
    ).update(value=value, printed=printed)
    assert changed == 1


@pytest.fixture
def text_of(manager_client):
    """A function that gives the words of a page, without its tags."""
    import re

    def words(address):
        response = manager_client.get(address)
        assert response.status_code == 200, address
        content = re.sub(r"<script.*?</script>", "", response.content.decode(), flags=re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", content).split())

    return words


def test_a_printed_budget_that_disagrees_is_the_same_on_every_page(text_of, seeded):
    print_instead("expenditure", "current_budget", 150_000_000_000, "150,000,000", 2022)
    for address in ("/", "/budgets/expenditure/", "/departments/digital-policy-bureau/"):
        words = text_of(address)
        assert "150,000,000" in words, address
        assert MARK in words, address
        assert "계산 143,204,842" in words, address
    assert "예산현액 1,500억 원" in text_of("/")
    assert "예산현액 1,500억 원" in text_of("/budgets/expenditure/")


def test_a_printed_variance_that_disagrees_is_the_same_on_every_page(text_of, seeded):
    print_instead("staffing", "variance", -9, "△9")
    for address in ("/", "/departments/", "/departments/digital-policy-bureau/"):
        words = text_of(address)
        assert "△9" in words, address
        assert "계산 △8" in words, address
    assert "9명 이 모자랍니다" in text_of("/departments/")


def test_a_printed_rate_is_a_figure_of_its_own(text_of, seeded):
    print_instead("expenditure", "execution_rate", "70.0", "70.0%", 2022)
    for address in ("/", "/budgets/expenditure/", "/departments/digital-policy-bureau/"):
        words = text_of(address)
        assert "70.0%" in words, address
        assert "계산 66.9%" in words, address
    assert "진도차 +0.9%p" in text_of("/")  # of the computed rate


def test_rates_are_of_the_computed_amounts(text_of, seeded):
    print_instead("expenditure", "current_budget", 150_000_000_000, "150,000,000", 2022)
    assert "66.9%" in text_of("/")


def test_rounding_has_no_mark(text_of, seeded):
    """The report's own totals differ from their parts by 1천원."""
    print_instead("expenditure", "committed", 95_839_633_000, "95,839,633", 2022)
    assert "95,839,633천원" in text_of("/")
    assert "계산 95,839" not in text_of("/")


@pytest.mark.parametrize("table", ["expenditure", "rates-rows"])
def test_a_table_file_has_the_printed_figure_and_the_computed_one(manager_client, seeded, table):
    print_instead("expenditure", "current_budget", 150_000_000_000, "150,000,000", 2022)
    lines = manager_client.get(f"/budgets/expenditure/?download={table}&format=csv").content.decode(
        "utf-8-sig"
    )
    assert "150000000" in lines
    assert "143204842" in lines


def test_revenue_is_the_same_on_home_and_its_page(text_of, seeded):
    print_instead("revenue", "current_budget", 20_000_000_000, "20,000,000", 2022)
    for address in ("/", "/budgets/revenue/"):
        words = text_of(address)
        assert "20,000,000" in words, address
        assert f"계산 {amounts.thousand(17_370_899_000)}" in words, address

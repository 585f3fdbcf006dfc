from decimal import Decimal

import pytest

from budgets.models import BudgetFigure, RevenueFigure
from core.models import ControlTotal
from core.stated_facts import FormulaTerm, stated_facts
from departments.models import Department
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.tables import Record
from tests.factories import snapshot_of


@pytest.fixture
def facts(seeded):
    return stated_facts(snapshot_of(Department.objects.get(slug="digital-policy-bureau")))


def test_revenue_of_an_item_this_year_and_last(facts):
    fact = facts["revenue:public-property-rent/current"]
    assert (fact.label, fact.value, fact.unit) == ("공유재산임대료 2022 예산현액", Decimal(7876967000), "원")
    row = RevenueFigure.objects.get(item__slug="public-property-rent", fiscal_year=2022)
    assert fact.record == Record(RevenueFigure, row.pk, "current_budget")
    assert facts["revenue:public-property-rent/previous"].value == Decimal(8203979000)
    change = facts["revenue:public-property-rent/change"]
    assert (change.value, change.formula) == (Decimal(-327012000), "증감액 = 2022 예산현액 − 2021 최종예산")
    assert change.terms == (
        FormulaTerm("revenue:public-property-rent/current"),
        FormulaTerm("revenue:public-property-rent/previous", Decimal(-1)),
    )
    assert facts["revenue:public-property-rent/change_rate"].value == Decimal("-4.0")


def test_revenue_of_an_item_above_others_is_printed_and_their_sum(facts):
    fact = facts["revenue:/current"]
    assert (fact.label, fact.value, fact.printed) == (
        "세입 계 2022 예산현액",
        Decimal(17370899000),
        "17,370,899",
    )
    assert fact.record.model is ControlTotal
    assert [term.identity for term in fact.terms] == [
        "revenue:non-tax-revenue/current",
        "revenue:subsidies/current",
        "revenue:unspent-national-subsidies/current",
    ]


def test_a_word_in_place_of_a_rate_is_no_number(facts):
    fact = facts["revenue:parking-fees/change_rate"]
    assert (fact.value, fact.printed, fact.unit) == (None, "순증", "%")


def test_expenditure_of_a_department_and_its_accounts(facts):
    whole, general = (facts[f"expenditure:ict-security{account}/current"] for account in ("", "/general"))
    assert (whole.value, whole.printed) == (Decimal(33716436000), "33,716,436")
    assert whole.terms == (
        FormulaTerm("expenditure:ict-security/general/current"),
        FormulaTerm("expenditure:ict-security/special/current"),
    )
    assert (general.label, general.value) == (
        "정보통신보안담당관 일반회계 2022 예산현액",
        Decimal(22952023000),
    )
    row = BudgetFigure.objects.get(
        line__department__slug="ict-security", line__account_kind="general", line__fiscal_year=2022
    )
    assert general.record == Record(BudgetFigure, row.pk, "current")
    assert (general.department, general.url) == ("ict-security", "/budgets/expenditure/ict-security/")
    assert facts["expenditure:ict-security/general/rate"].value == Decimal("74.5")
    assert facts["expenditure:ict-security/special/gap"].value == Decimal("-47.7")


def test_expenditure_of_the_whole_with_what_was_executed(facts):
    values = {
        key: facts[f"expenditure:/{key}"].value
        for key in ("current", "previous", "change", "change_rate", "committed", "rate", "unexecuted", "gap")
    }
    assert values == {
        "current": Decimal(143204842000),
        "previous": Decimal(121405762000),
        "change": Decimal(21799080000),
        "change_rate": Decimal("18.0"),
        "committed": Decimal(95839632000),
        "rate": Decimal("66.9"),
        "unexecuted": Decimal(
            47365210000
        ),  # of the printed amounts, as its formula says; the parts leave 1,000 more
        "gap": Decimal("0.9"),
    }
    assert facts["expenditure:/previous"].source.fiscal_year == 2021


def test_the_fiscal_year_and_the_one_before(facts):
    assert facts["fiscal_year:current"].period == PartialDate(2022)
    assert facts["fiscal_year:previous"].period == PartialDate(2021)

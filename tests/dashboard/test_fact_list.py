"""The list of all values, by what a reader asks for."""

import pytest

from core.snapshot import snapshots_at
from core.stated_facts import StatedFact
from dashboard.fact_list import choice_from, chosen_facts, facts_table
from seoul_digital.lib.query_params import asked_date
from seoul_digital.lib.reported import ReportedFigure


def chosen(**parameters):
    return chosen_facts(snapshots_at(asked_date(""))[0], choice_from(parameters))


@pytest.mark.django_db
@pytest.mark.engine
def test_facts_of_a_scope_a_kind_and_words():
    assert len(chosen(scope="staffing", kind="staffing")) == 54
    assert [fact.identity for fact in chosen(q="데이터센터  과부족")] == ["staffing:data-center/variance"]
    assert chosen(scope="revenue", kind="staffing") == []


def test_unknown_scope_is_ignored():
    assert choice_from({"scope": "x"}).is_any is False


def test_table_has_the_value_with_its_unit_and_a_way_to_its_sheet():
    fact = StatedFact("a:b", "현원", unit="명", figure=ReportedFigure(258), on="2022. 8. 29.")
    (row,) = facts_table([fact], lambda identity: f"/{identity}/", 1).rows
    name, value, *rest = row.cells
    assert (name.value, name.href) == ("현원", "/a:b/")
    assert value == "258명"
    assert rest == ["2022. 8. 29.", ""]

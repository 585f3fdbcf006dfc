"""What is remembered of the facts and texts of sources: a change of one source takes nothing else along, and hides nothing."""

import pytest
from django.apps import apps
from django.db import transaction

from core import stated_facts
from core.mentions.states import read_rows
from core.models import ControlTotal, NaturalKeyModel, Source
from core.snapshot import snapshots_at
from departments.models import Staffing
from projects.models import Brief
from seoul_digital.lib.query_params import AskedDate
from tests.samples import each

pytestmark = pytest.mark.django_db
ROWS = [ControlTotal] + [
    model
    for model in reversed(apps.get_models())
    if issubclass(model, NaturalKeyModel) and model not in (ControlTotal, Source) and model.source_path()
]


def facts_of(kind):
    snapshot = snapshots_at(AskedDate(None))[0]
    return {fact.identity: fact for fact in stated_facts._providers[kind](snapshot)}


@pytest.mark.parametrize("scope", each(3, Source.Scope))
def test_facts_rest_on_the_rows_of_their_scopes_alone(seeded, scope):
    kinds = [kind for kind, scopes in stated_facts._scopes.items() if scopes and scope not in scopes]
    before = {kind: facts_of(kind) for kind in kinds}
    with transaction.atomic():
        gone = sum(
            model._base_manager.filter(**{f"{model.source_path()}__scope": scope}).delete()[0]
            for model in ROWS
        )
        after = {kind: facts_of(kind) for kind in kinds}
        transaction.set_rollback(True)
    assert gone
    assert len(kinds) >= 7
    assert after == before


def test_every_kind_of_the_apps_names_its_scopes():
    assert [kind for kind, scopes in stated_facts._scopes.items() if not scopes] == ["base_date"]


def current():
    return snapshots_at(AskedDate(None))[0]


def test_a_change_of_a_text_reads_the_rows_of_its_source_alone_again(seeded):
    before = {(type(row), row.pk): row for row in read_rows(current())}
    changed = Brief.objects.of(current().source("projects")).first()
    Brief.objects.filter(pk=changed.pk).update(overview="새 개요 7대")
    after = {(type(row), row.pk): row for row in read_rows(current())}
    assert [*after] == [*before]
    assert after[Brief, changed.pk].overview == "새 개요 7대"
    assert {row.source_key for key, row in after.items() if row is not before[key]} == {changed.source_id}


def test_what_a_rolled_back_change_left_is_not_remembered(seeded):
    changed = Brief.objects.of(current().source("projects")).first()
    with transaction.atomic():
        Brief.objects.filter(pk=changed.pk).update(overview="새 개요 7대")
        assert "새 개요 7대" in [getattr(row, "overview", "") for row in read_rows(current())]
        transaction.set_rollback(True)
    assert "새 개요 7대" not in [getattr(row, "overview", "") for row in read_rows(current())]


def test_a_changed_fact_is_not_recalled(seeded):
    stated_facts.stated_facts(current())
    Staffing.objects.filter(source=current().source("staffing"), department__slug="data-center").update(
        authorized=71
    )
    facts = stated_facts.stated_facts(current())
    assert facts["staffing:data-center/authorized"].value == 71
    assert facts == {**{f.identity: f for p in stated_facts._providers.values() for f in p(current())}}


def test_facts_of_unchanged_sources_are_recalled(seeded):
    before = stated_facts.stated_facts(current())
    Staffing.objects.filter(source=current().source("staffing"), department__slug="data-center").update(
        authorized=71
    )
    after = stated_facts.stated_facts(current())
    recalled = {name.partition(":")[0] for name, fact in after.items() if fact is before.get(name)}
    assert recalled.isdisjoint({"staffing", "units", "foundation"})
    assert recalled >= {"revenue", "expenditure", "measurement", "milestone", "count", "terms"}

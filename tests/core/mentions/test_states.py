"""What every number of a snapshot's texts states, and whether it still holds."""

from decimal import Decimal

import pytest
from django.db import connection

from core.data_version import Revisions
from core.mentions.mention import Kind, Mention
from core.mentions.states import State, mentioned_rows, read_rows, states, states_of
from core.models import Source
from core.remembered.parts import Making
from core.snapshot import Snapshot, snapshots_at
from projects.models import Brief, Measurement, Milestone
from seoul_digital.lib.number_tokens import number_tokens
from seoul_digital.lib.query_params import AskedDate
from tests.factories import NOBODY
from tests.memories import set_aside

TOTAL = "measurement:public-wifi-ap"
WORD = "base_date:report"  # a fact that is no number


@pytest.fixture
def snapshot(seeded):
    return fresh()


def fresh() -> Snapshot:
    (found,) = snapshots_at(AskedDate())
    return found


@pytest.fixture
def brief(snapshot):
    brief = Brief.objects.get(project__slug="public-wifi", source__as_of="2022-08-29")
    brief.mentions = []
    return brief


def state_of(brief, snapshot, text, **mention):
    """The state of the one number of a text."""
    brief.purpose = text
    token = number_tokens(text)[-1]
    given = Mention(
        "purpose", token.number, token.unit, **mention | {"kind": Kind(mention.get("kind", "bound"))}
    )
    brief.mentions = [given.stored] if mention else []
    return next(state for state in states_of(brief, snapshot) if state.field == "purpose").tokens[-1]


@pytest.mark.parametrize(
    ("text", "mention", "expected", "offered"),
    [
        ("총 28,006대", {"target": TOTAL}, State.BOUND, ""),
        ("총 2만8천6대", {"target": TOTAL}, State.BOUND, ""),
        ("총 28,001대", {"target": TOTAL}, State.STALE, "28,006대"),
        ("총 2.7만대", {"target": TOTAL}, State.STALE, "2.8만대"),
        ("총 2.8만대", {"target": TOTAL, "rounded": True}, State.BOUND, ""),
        ("약 28,000대", {"target": TOTAL}, State.BOUND, ""),
        ("28,000여대", {"target": TOTAL}, State.BOUND, ""),
        ("20~30미터", {"kind": "only_here"}, State.ONLY_HERE, ""),
        ("5G", {"kind": "no_fact"}, State.NO_FACT, ""),
        ("총 28,006대", {"target": "measurement:gone"}, State.UNBOUND, ""),
        ("총 28,006대", {}, State.UNBOUND, ""),
        ("모두 27,990대", {"kind": "derived", "formula": f"{{{TOTAL}}} - 16"}, State.DERIVED, ""),
        ("모두 27,990대", {"kind": "derived", "formula": f"{{{TOTAL}}} - 6"}, State.STALE, "28,000대"),
        ("모두 27,990대", {"kind": "derived", "formula": f"{{{TOTAL}}} - {{a:b}}"}, State.UNBOUND, ""),
        ("차이 0대", {"kind": "derived", "formula": f"{{{TOTAL}}} - 28006"}, State.DERIVED, ""),
        ("차이 3대", {"kind": "derived", "formula": f"{{{TOTAL}}} - 28006"}, State.STALE, "0대"),
        ("차이 3대", {"kind": "derived", "formula": f"3 + 0 * {{{WORD}}}"}, State.UNBOUND, ""),
        ("3분의 1인 9,000.5대", {"kind": "derived", "formula": f"{{{TOTAL}}} / 3"}, State.STALE, "9,335.3대"),
        ("3분의 1인 9,335대", {"kind": "derived", "formula": f"{{{TOTAL}}} / 3"}, State.DERIVED, ""),
    ],
)
def test_state_of_a_number(brief, snapshot, text, mention, expected, offered):
    found = state_of(brief, snapshot, text, **mention)
    assert (found.state, found.offered) == (expected, offered)


def test_a_fact_that_changes_makes_its_mentions_stale(brief, snapshot):
    brief.mentions = [Mention("achievements", "28006", "대", target=TOTAL).stored]
    brief.save()
    assert _states(snapshot, brief)[("28,006대", State.BOUND)] == ""
    Measurement.objects.filter(indicator__slug="public-wifi-ap").update(value=Decimal(29_000))
    assert _states(fresh(), brief)[("28,006대", State.STALE)] == "29,000대"


def _states(snapshot, brief):
    return {
        (token.token.printed, token.state): token.offered
        for text in states(snapshot)
        if text.row == brief and text.field == "achievements"
        for token in text.tokens
    }


def test_an_unbound_number_has_the_facts_of_its_value_as_candidates(brief, snapshot):
    found = state_of(brief, snapshot, "서울시 공공와이파이 운영현황 : 총 28,006대")
    assert TOTAL in [fact.identity for fact in found.candidates]
    assert found.place == ("purpose", "28006", "대", 0)


def test_rows_that_are_read_together_are_one_another_s(seeded):
    rows = read_rows(snapshots_at(AskedDate(None))[0])
    reports = {row.pk: row for row in rows if isinstance(row, Brief)}
    steps = [row for row in rows if isinstance(row, Milestone)]
    assert len(steps) == 68 and all(step.brief is reports[step.brief_id] for step in steps)


def test_states_cost_a_fixed_number_of_queries(snapshot, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        states(snapshot)
    again = fresh()
    with django_assert_max_num_queries(1):
        assert states(again)


def test_texts_of_sources_are_of_those_that_a_page_has_read(seeded):
    making, asked = Making("/", "2022-08-29", Revisions.read(with_drafts=False)), []

    def note(run, sql, *rest):
        asked.append(sql)
        return run(sql, *rest)

    with set_aside(), making.begun():
        snapshot = Snapshot.from_query(NOBODY, {})
        with connection.execute_wrapper(note):
            rows = [row for row in read_rows(snapshot) if isinstance(row, Source)]
    assert len(asked) == 1 and not [sql for sql in asked if 'FROM "core_source"' in sql]
    stored = [row for row in mentioned_rows(snapshot) if isinstance(row, Source)]
    assert sorted((row.pk, row.unit_slug, row.source_key, row.document) for row in rows) == sorted(
        (row.pk, row.unit_slug, row.source_key, row.document) for row in stored
    )

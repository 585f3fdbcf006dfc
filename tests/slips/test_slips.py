"""Slips of the hand, made one at a time in the seeded report: what the data contradict is told of or refused, and most else."""

from collections import Counter

import pytest

from .all_slips import sample
from .slip import Report

pytestmark = pytest.mark.django_db
CONTRADICTED, ALL = 0.95, 0.75  # the bars


def noticed(slips):
    """(kind, contradicted) of every slip beside whether anybody is told of it, and the words of those missed."""
    report, table, missed = Report(), Counter(), []
    for slip in slips:
        found = report.outcome(slip)
        table[slip.kind, slip.contradicted, bool(found)] += 1
        if not found:
            missed.append(f"{'contradicted' if slip.contradicted else 'said once'}: {slip}")
    return table, missed


def share(table, contradicted):
    of = {
        known: sum(n for (_, says, told), n in table.items() if says in contradicted and told in known)
        for known in ((True,), (True, False))
    }
    return of[True,] / of[True, False]


def shown(table):
    kinds = sorted({kind for kind, _, _ in table})
    return "\n".join(
        f"{kind:26} contradicted {table[kind, True, True]:3} of {table[kind, True, True] + table[kind, True, False]:3}"
        f"   said once {table[kind, False, True]:3} of {table[kind, False, True] + table[kind, False, False]:3}"
        for kind in kinds
    )


def require_bars(slips):
    table, missed = noticed(slips)
    print(
        shown(table),
        f"contradicted {share(table, (True,)):.3f}, all {share(table, (True, False)):.3f}",
        *missed,
        sep="\n",
    )
    assert share(table, (True,)) >= CONTRADICTED
    assert share(table, (True, False)) >= ALL


def test_slips_of_every_kind_are_noticed(seeded):
    slips = sample(seed=12, count=1)
    assert len({slip.kind for slip in slips}) == 36
    require_bars(slips)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(4))
def test_many_slips_of_every_kind_are_noticed(seeded, seed):
    slips = sample(seed, count=14)
    assert len(slips) > 350  # 1,400 of them all
    require_bars(slips)

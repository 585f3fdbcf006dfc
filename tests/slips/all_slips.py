"""Every slip that the makers think of, by its kind."""

from collections import defaultdict
from collections.abc import Iterator
from random import Random

from . import dates, numbers, people, rows, texts
from .slip import Slip

MAKERS = (
    *(numbers.number_slips, numbers.sign_slips, numbers.unit_slips, numbers.year_slips),
    *(dates.period_slips, dates.measured_slips, dates.source_date_slips, dates.status_slips),
    *(people.contact_slips, people.unit_slips, people.parent_slips),
    *(people.tree_slips, people.strategy_slips),
    *(rows.copies, rows.drops, rows.orders),
    *(texts.prose_slips, texts.list_slips, texts.former_slips, texts.name_slips),
)


def all_slips(seed: int) -> Iterator[Slip]:
    random = Random(seed)  # noqa: S311  (not for secrets)
    for maker in MAKERS:
        yield from maker(random)


def sample(seed: int, count: int) -> list[Slip]:
    """So many of each kind, of every model that has some of the kind in turn."""
    random = Random(seed)  # noqa: S311
    waiting: dict[str, dict[str, list[Slip]]] = defaultdict(lambda: defaultdict(list))
    for slip in all_slips(seed):
        waiting[slip.kind][slip.row._meta.label].append(slip)
    chosen = []
    for by_model in waiting.values():
        lists = [random.sample(slips, len(slips)) for slips in by_model.values()]
        taken: list[Slip] = []
        while len(taken) < count and any(lists):
            taken += [slips.pop() for slips in lists if slips][: count - len(taken)]
        chosen += taken
    return chosen

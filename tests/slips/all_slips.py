"""Every slip that the makers think of, by its kind."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from random import Random

from . import dates, exchanges, numbers, people, rows, texts
from .slip import Slip

Maker = Callable[[Random], Iterator[Slip]]
# Of amounts, counts, values, dates and phones: what a next report says anew.
FIGURES: tuple[Maker, ...] = (
    *(numbers.number_slips, numbers.sign_slips, numbers.unit_slips, numbers.year_slips),
    *(dates.period_slips, dates.measured_slips, people.phone_slips),
    *(exchanges.figure_exchanges, exchanges.printed_slips),
)
MAKERS: tuple[Maker, ...] = (
    *FIGURES,
    *(dates.source_date_slips, dates.status_slips),
    *(people.contact_slips, people.unit_slips, people.parent_slips),
    *(people.tree_slips, people.strategy_slips),
    *(rows.copies, rows.drops, rows.orders),
    *(texts.prose_slips, texts.list_slips, texts.former_slips, texts.name_slips),
    *(exchanges.word_exchanges, exchanges.lost_values, exchanges.wrong_lines, exchanges.cut_texts),
)


def sample(
    seed: int,
    count: int,
    makers: Iterable[Maker] = MAKERS,
    wanted: Callable[[Slip], bool] = lambda slip: True,
) -> list[Slip]:
    """So many of each kind, of every model that has some of the kind in turn."""
    random = Random(seed)  # noqa: S311  (not for secrets)
    waiting: dict[str, dict[str, list[Slip]]] = defaultdict(lambda: defaultdict(list))
    for slip in (slip for maker in makers for slip in maker(random) if wanted(slip)):
        waiting[slip.kind][slip.row._meta.label].append(slip)
    chosen = []
    for by_model in waiting.values():
        lists = [random.sample(slips, len(slips)) for slips in by_model.values()]
        taken: list[Slip] = []
        while len(taken) < count and any(lists):
            taken += [slips.pop() for slips in lists if slips][: count - len(taken)]
        chosen += taken
    return chosen

"""Projects under their strategies, numbered as the vision numbers them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.grouping import grouped
from core.templatetags.language import with_facts

from .models import Brief, Vision


@dataclass(frozen=True)
class StrategyGroup:
    """A strategy, numbered as the vision numbers it, with its projects."""

    number: int | None
    name: str
    briefs: Sequence[Brief]

    @property
    def heading(self) -> str:
        if not self.number:
            return self.name
        return with_facts(_("전략 %(number)s. %(name)s"), number=self.number, name=self.name)


def groups_of(vision: Vision | None, briefs: Iterable[Brief]) -> list[StrategyGroup]:
    """Projects under their strategies in the order of the vision, then those of strategies that it does not name."""
    order = strategy_numbers(vision)
    found = grouped((brief.strategy_id, brief) for brief in briefs)
    last = len(order) + 1
    keys = sorted(found, key=lambda key: (order.get(key, last), key is None))
    names = {key: found[key][0].strategy.name if key else _("추진전략에 딸리지 않은 사업") for key in keys}
    return [StrategyGroup(order.get(key), names[key], found[key]) for key in keys]


def strategy_numbers(vision: Vision | None) -> dict[int | None, int]:
    """The number of each strategy (by id) under the vision."""
    return {place.strategy_id: place.order for place in vision.strategies.all()} if vision else {}

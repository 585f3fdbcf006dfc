"""What indicators come to in a picture and in sentences: targets, parts of a whole, series over time."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from core.templatetags.language import counted, join_facts, with_facts
from seoul_digital.lib import amounts, hangul
from seoul_digital.lib.charts import Chart, target_bars
from seoul_digital.lib.language.sentences import linked_number
from seoul_digital.lib.periods import PartialDate

from ..models import Target
from .tables import targets_table, unreached_reason, value_text, with_unit
from .tree import BASE_DATE, Entry, flat

FEWEST_PARTS = 3


def targets_figures(roots: Sequence[Entry], as_of: date | None, judged_on: date | None) -> list[Chart]:
    """The indicators that have a target, how far each has come; the same rows as a table."""
    found = [entry for entry in flat(roots) if entry.target]
    aims = [target_text(entry.target, entry.indicator.unit) for entry in found if entry.target]
    if not found:
        return []
    build = partial(
        target_bars,
        [entry.indicator.name for entry in found],
        [entry.achieved for entry in found],
        [value_text(entry) if entry.latest else _("값 없음") for entry in found],
        aims,
        [bool(judged_on and entry.missed_on(judged_on)) for entry in found],
        [unreached_reason(entry) for entry in found],
    )
    return [
        Chart("targets", _("목표"), nearest_sentence(found), build, targets_table(found, as_of), as_of=as_of)
    ]


def nearest_sentence(found: Sequence[Entry]) -> str:
    """Name the indicator that is nearest to its target or furthest beyond it, say why 100.0 % is not reached, and count those without a value."""
    nearest = max(found, key=lambda entry: entry.achieved or 0)
    without = sum(entry.achieved is None for entry in found)
    without_value = counted("아직 값이 없는 지표가 %(count)s개입니다.", without) % {"count": without}
    if not nearest.achieved:
        return without_value if without else ""
    name, share = nearest.indicator.name, amounts.percent(nearest.achieved)
    nearest_words, reached_words = (
        _("%(name_subject)s 목표의 %(share_as)s 가장 가깝습니다."),
        _("%(name_subject)s 목표의 %(share_as)s 목표를 이루었습니다."),
    )
    first = with_facts(
        reached_words if nearest.is_reached else nearest_words,
        name_subject=hangul.with_particle(name, "이/가"),
        share_as=linked_number(
            share, f"achieved:{nearest.indicator.slug}", hangul.postposition(share, ("으로", "로"))
        ),
        name=name,
        share=share,
    )
    reasons = [
        f"{reason}."
        if entry is nearest
        else with_facts("%(name)s: %(reason)s.", name=entry.indicator.name, reason=reason)
        for entry in found
        if (reason := unreached_reason(entry))
    ]
    return join_facts(" ", [first, *reasons, *([without_value] if without else [])])


def target_text(target: Target, unit: str) -> str:
    """`7,393대 (’24년)`"""
    due = f" ({PartialDate.parse(target.due).in_text()})" if target.due else ""
    return with_unit(target.printed, unit) + due


def summaries(roots: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """The name of each indicator that has parts or several times, with a sentence about them."""
    for root in roots:
        if has_parts(root):
            when = "" if root.latest.when == BASE_DATE else f" ({root.latest.when})"
            yield root.indicator.name + when, parts_sentence(root)
        for entry in flat([root]):
            if len(entry.series) > 1:
                yield entry.indicator.name, series_sentence(entry)


def has_parts(entry: Entry) -> bool:
    """Whether it breaks down into enough parts of its own unit and time to be drawn."""
    leaves = [leaf for leaf in entry.leaves() if leaf.whole is entry and leaf.share is not None]
    units = {leaf.indicator.unit for leaf in leaves}
    return len(leaves) >= FEWEST_PARTS and leaves == entry.leaves() and units == {entry.indicator.unit}


def parts_sentence(root: Entry) -> str:
    """`28,006대 가운데 고정형 19,027대, 이동형 8,979대. 시내버스가 26.4%로 가장 많습니다.`"""
    most = max(root.leaves(), key=lambda leaf: leaf.value or 0)
    name = most.indicator.name
    groups = [(child.indicator.name, child.latest.printed) for child in root.children if child.children]
    # A printed form that names it already stands alone.
    listed = ", ".join(printed if label in printed else f"{label} {printed}" for label, printed in groups)
    if listed:
        text = _("%(whole)s 가운데 %(listed)s. %(name_subject)s %(share)s로 가장 많습니다.")
    else:
        text = _("%(whole)s 가운데 %(name_subject)s %(share)s로 가장 많습니다.")
    return with_facts(
        text,
        whole=root.latest.printed,
        listed=listed,
        name_subject=hangul.with_particle(name, "이/가"),
        name=name,
        share=amounts.percent(most.share),
    )


def series_sentence(entry: Entry) -> str:
    """`2020 26개소에서 2022 158개소로 늘었습니다. 더하면 300개소입니다.`; only what is counted by period is added up."""
    first, last = entry.series[0], entry.latest
    if last.value == first.value:
        text = _("%(first)s에서 %(last_to)s 그대로입니다.")
    elif last.value > first.value:
        text = _("%(first)s에서 %(last_to)s 늘었습니다.")
    else:
        text = _("%(first)s에서 %(last_to)s 줄었습니다.")
    newest = f"{last.when} {last.printed}"
    sentence = with_facts(
        text,
        first=f"{first.when} {first.printed}",
        last_to=newest + hangul.postposition(last.printed, ("으로", "로")),
        last=newest,
    )
    if entry.indicator.kind != entry.indicator.Kind.FLOW:
        return sentence
    total = sum(statement.value for statement in entry.series)
    summed = with_facts(_("더하면 %(total)s입니다."), total=f"{amounts.plain(total)}{entry.indicator.unit}")
    return with_facts("%(sentence)s %(summed)s", sentence=sentence, summed=summed)

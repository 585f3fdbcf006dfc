"""Values of an earlier day (지난 값) that the indicators of an edition carry forward, until each is kept or renewed."""

from core.models import Source
from core.snapshot import Snapshot
from projects.models import Indicator, Measurement
from seoul_digital.lib.periods import PartialDate

from ...editions.part import PastValue


def past_values(snapshot: Snapshot) -> dict[int, list[PastValue]]:
    """By project: of each indicator the newest value, where an earlier source gives it for the same day, before the snapshot's,
    and nobody has kept it as it stands. Three queries."""
    sources = snapshot.sources_of(Source.Scope.INDICATORS)
    if not sources or sources[0].as_of != snapshot.as_of:
        return {}
    newest, earlier = sources[0], [source for source in sources if source.as_of < sources[0].as_of]
    rows = list(Measurement.objects.of(newest).with_indicators().select_related("kept_value"))
    known = set(
        Measurement.objects.of_sources(earlier).values_list("indicator_id", "measured_on", "place").order_by()
    )
    last: dict[int, str] = {}
    for row in rows:
        last[row.indicator_id] = max(last.get(row.indicator_id, ""), _ends_on(row))
    names = _names()
    found: dict[int, list[PastValue]] = {}
    for row in rows:
        is_newest = _ends_on(row) == last[row.indicator_id] < str(snapshot.as_of)
        if is_newest and (row.indicator_id, row.measured_on, row.place) in known:
            value = PastValue(row, names[row.indicator_id])
            if not hasattr(row, "kept_value") or row.kept_value.value != value.text:
                found.setdefault(row.indicator.project_id, []).append(value)
    return found


def _ends_on(row: Measurement) -> str:
    return str(PartialDate.parse(row.measured_on).last())


def _names() -> dict[int, str]:
    """`공공와이파이 운영현황 › 고정형 › 주요거리`"""
    known = {row.pk: row for row in Indicator.objects.order_by()}
    found: dict[int, str] = {}
    for row in known.values():
        names, parent = [row.name], row.parent_id
        while parent and known[parent].name not in names:
            names.insert(0, known[parent].name)
            parent = known[parent].parent_id
        found[row.pk] = " › ".join(names)
    return found

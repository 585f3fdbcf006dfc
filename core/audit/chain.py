"""Whether the chain of change records is whole: every record as it was sealed, every seal in its link, every link in its place."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.utils import timezone

from ..grouping import grouped
from ..models.changes import ChangeRecord
from ..models.seals import ChainLink, RecordSeal
from .seals import (
    COLUMNS,
    DEPARTMENTS,
    SUM_WIDTH,
    Departments,
    columns_of,
    content,
    departments_of,
    link,
    link_content,
    macs,
    sums,
)
from .verification import Discrepancy, Verified

AT_ONCE = 2_000
RECORD, LINK = "바뀐 내역", "기록 사슬"
OTHER_KEY = (
    "처음 {:,}개의 봉인 가운데 {:,}개를 다른 열쇠로 찍었습니다. AUDIT_KEY(없으면 SECRET_KEY)가 바뀌었으면 "
    "옛 열쇠를 AUDIT_KEY_FALLBACKS에 넣고 다시 보십시오."
)
UNSEALED = "봉인이 없습니다. 프로그램을 거치지 않고 넣은 기록입니다."
RECORD_GONE = "봉인은 있는데 기록이 없습니다. 누가 지웠습니다."
OLDER_KEY = (
    "앞선 기록보다 옛 열쇠로 봉인했습니다. 열쇠를 바꾼 뒤에 옛 열쇠를 아는 누가 넣은 것일 수 있습니다."
)
SEAL_CHANGED = "봉인 자체가 바뀌었습니다."
CHANGED = "적을 때와 다릅니다."
LINK_GONE = "고리가 없습니다. 누가 지웠습니다."
LINK_CHANGED = "고리의 값이 다릅니다. 고리의 때나 봉인, 또는 앞의 고리가 바뀌었습니다."
LINKED_WITHIN = timedelta(minutes=10)
LATE = (
    "봉인 {:,}개가 고리에 들지 않은 채 있었습니다. 적던 프로그램이 끊겼거나 누가 고리를 지웠습니다. 이제 이었으니 "
    "그때 무슨 일이 있었는지 확인하십시오."
)
LACKING = "봉인 {:,}개 가운데 {:,}개만 있습니다."


def verify_chain(verified: Verified) -> Iterator[Discrepancy]:
    """What waits for its link is linked only after all was looked at: else a chain that somebody has cut would be mended unseen."""
    if (yield from _records(verified)):
        yield from _links()
        yield from _late()
    link()


def _late() -> Iterator[Discrepancy]:
    """A commit links what it has sealed at once."""
    late = RecordSeal.objects.filter(position=None, record__at__lt=timezone.now() - LINKED_WITHIN)
    first, number = late.aggregate(first=Min("pk"), number=Count("pk")).values()
    if number:
        yield Discrepancy(LINK, f"#{first}", LATE.format(number))


def _records(verified: Verified) -> Generator[Discrepancy, None, bool]:
    """Returns whether the seals are of a key that is here."""
    last, keys = 0, _Keys(len(settings.AUDIT_KEYS))
    while records := list(ChangeRecord.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        end = records[-1].pk
        seals = RecordSeal.objects.in_bulk(
            list(RecordSeal.objects.filter(pk__gt=last, pk__lte=end).values_list("pk", flat=True))
        )
        departments = departments_of([record.pk for record in records])
        wrong = [_record(record, seals.pop(record.pk, None), departments, keys) for record in records]
        strange = sum(found is not None and found.what == SEAL_CHANGED for found in wrong)
        if not last and 2 * strange > len(records) > 1:
            yield Discrepancy(LINK, "전체", OTHER_KEY.format(len(records), strange))
            return False
        yield from filter(None, wrong)
        yield from _gone(RecordSeal.objects.filter(pk__in=seals))
        verified.number += len(records)
        last = end
    yield from _gone(RecordSeal.objects.filter(pk__gt=last))
    return True


def _gone(seals: QuerySet[RecordSeal]) -> Iterator[Discrepancy]:
    """Asked by one query: a record comes with its seal, also while this runs."""
    gone = seals.exclude(Exists(ChangeRecord.objects.filter(pk=OuterRef("pk")))).order_by("pk")
    yield from (Discrepancy(RECORD, f"#{key}", RECORD_GONE) for key in gone.values_list("pk", flat=True))


@dataclass
class _Keys:
    """The newest key (place in AUDIT_KEYS) that has sealed so far: whoever knows an old one alone comes after it."""

    newest: int

    def is_older(self, place: int) -> bool:
        is_older, self.newest = place > self.newest, min(place, self.newest)
        return is_older


def _record(
    record: ChangeRecord, seal: RecordSeal | None, departments: Departments, keys: _Keys
) -> Discrepancy | None:
    name = f"#{record.pk} {record}"
    if seal is None:
        return Discrepancy(RECORD, name, UNSEALED)
    texts = columns_of(record, departments)
    now = sums(texts)
    if seal.mac in (known := macs(content(record, texts))):
        if keys.is_older(known.index(seal.mac)):
            return Discrepancy(RECORD, name, OLDER_KEY)
        return None if seal.sums == now else Discrepancy(RECORD, name, SEAL_CHANGED)
    places = range(0, len(now), SUM_WIDTH)
    labels = zip((*COLUMNS.values(), DEPARTMENTS), places, strict=True)
    differing = [label for label, at in labels if now[at : at + SUM_WIDTH] != seal.sums[at : at + SUM_WIDTH]]
    if not differing:
        return Discrepancy(RECORD, name, SEAL_CHANGED)
    return Discrepancy(RECORD, name, CHANGED, ", ".join(differing))


def _links() -> Iterator[Discrepancy]:
    before, expected = "", 1
    while links := list(ChainLink.objects.filter(position__gte=expected).order_by("position")[:AT_ONCE]):
        sealed = _sealed(expected, links[-1].position)
        for found in links:
            missing = range(expected, found.position)
            yield from (_of_link(position, LINK_GONE) for position in missing)
            what = "" if missing else _link(found, before, sealed.get(found.position, ()))
            if what:  # what follows a missing link cannot be reckoned
                yield _of_link(found.position, what)
            before, expected = found.head, found.position + 1
    is_linked = Exists(ChainLink.objects.filter(position=OuterRef("position")))
    beyond = RecordSeal.objects.filter(position__gte=expected).exclude(is_linked).order_by("position")
    for position in beyond.values_list("position", flat=True).distinct():
        yield _of_link(position, LINK_GONE)


def _of_link(position: int | None, what: str) -> Discrepancy:
    return Discrepancy(LINK, f"제{position:,}호", what)


def _sealed(first: int, last: int) -> dict[int, list[tuple[int, str]]]:
    """(record, seal) by the position of their link, in the order of the records."""
    seals = RecordSeal.objects.filter(position__gte=first, position__lte=last).order_by("pk")
    rows = seals.values_list("position", "pk", "mac")
    return grouped((position or 0, (key, mac)) for position, key, mac in rows)


def _link(found: ChainLink, before: str, sealed: Sequence[tuple[int, str]]) -> str:
    """What is wrong with a link, empty where nothing is."""
    if len(sealed) != found.count:
        return LACKING.format(found.count, len(sealed))
    texts = macs(link_content(before, found.position, found.at, sealed))
    return "" if found.head in texts else LINK_CHANGED

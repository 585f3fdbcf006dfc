"""Searching everything that the apps offer as texts, grouped by subject."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from urllib.parse import quote

from django.db import DatabaseError, connections
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from core.bureau_names import naming_bureaus
from core.data_version import versions_by_bureau
from core.models import organisation_units
from core.remembered.shared_page_cache import shared_folder
from core.search import SearchEntry, search_entries
from core.snapshot import BUREAU_PARAMETER, Snapshot
from core.templatetags.language import counted, with_facts
from seoul_digital.lib.hangul import Query, Snippet, snippet
from seoul_digital.lib.language import is_english

from .search.text_index import TextIndex

TITLE_WIDTH, BODY_WIDTH = 200, 120
SHOWN_OF_A_KIND = 50
INDEXES = "search"
ANY = "-any-"  # stands for a bureau, in an address that is put together once
ROUNDS_KEPT, FEW = 4, 25  # of all bureaus, each on its date; bureaus
_indexes: dict[tuple[Any, ...], TextIndex] = {}  # by bureau, date and version
_making = Lock()
# Subjects whose one English word names a single thing elsewhere.
HEADINGS = {"사업": pgettext_lazy("hits", "사업"), "부서": pgettext_lazy("hits", "부서")}


@dataclass(frozen=True)
class Hit:
    """A text that was found: its title, and a piece of its body where the words are there; `english` is the title for readers of English."""

    url: str
    title: Snippet
    body: Snippet | None
    in_title: bool
    scope: str = ""
    english: str = ""


@dataclass
class ResultGroup:
    """The hits of one subject; `rest` counts those beyond what a page shows."""

    kind: str
    hits: list[Hit] = field(default_factory=list)

    @property
    def heading(self) -> str:
        return str(HEADINGS.get(self.kind) or _(self.kind))

    @property
    def shown(self) -> list[Hit]:
        return self.hits[:SHOWN_OF_A_KIND]

    @property
    def rest(self) -> int:
        return len(self.hits) - len(self.shown)


def search(search_entries: Iterable[SearchEntry], query: Query, kept: dict[str, str]) -> list[ResultGroup]:
    """Groups in the order in which their subjects first turn up; in each, what has the words in its title comes first.

    `kept` is what the reader asked for, to stay in the addresses.
    """
    groups: dict[str, ResultGroup] = {}
    for text in search_entries:
        if query.matches(text.title, text.name_english, text.body):
            groups.setdefault(text.kind, ResultGroup(text.kind)).hits.append(hit(text, query, kept))
    for group in groups.values():
        group.hits.sort(key=lambda hit: not hit.in_title)
    return list(groups.values())


def hit(text: SearchEntry, query: Query, kept: dict[str, str]) -> Hit:
    body = snippet(text.body, query, BODY_WIDTH)
    return Hit(
        url=text.url_with(kept),
        title=snippet(text.title, query, max(TITLE_WIDTH, len(text.title))),
        body=body if body.match or text.shows_body else None,
        in_title=query.matches(text.title, text.name_english),
        scope=text.scope,
        english=text.name_english if is_english() else "",
    )


@dataclass(frozen=True)
class Elsewhere:
    """How often another bureau has what was asked for."""

    name: str
    url: str
    count: int


def elsewhere(snapshot: Snapshot, query: Query, words: str) -> list[Elsewhere]:
    """The other bureaus that have it, the most hits first."""
    before, _, after = snapshot.url("search", **{BUREAU_PARAMETER: ANY, "q": words}).partition(ANY)
    counts = [(bureau, index.count(query)) for bureau, index in _indexes_of_others(snapshot)]
    found = [
        Elsewhere(str(bureau), f"{before}{quote(bureau.slug)}{after}", count)
        for bureau, count in counts
        if count
    ]
    return sorted(found, key=lambda group: -group.count)


def _indexes_of_others(snapshot: Snapshot) -> Iterator[tuple[Any, TextIndex]]:
    """Every other present bureau with its texts, which are read anew where anything of the bureau has changed."""
    others = [other for other in snapshot.bureaus if other != snapshot.chosen]
    if not others:
        return
    versions, lineages = versions_by_bureau(), organisation_units().lineages()
    for bureau in others:
        keys = sorted(lineages.get(bureau.pk, {bureau.pk}))
        version = bureau.pk, snapshot.asked.on, snapshot.is_asked, *(versions.get(key, "") for key in keys)
        with _making:
            index = _indexes.pop(version, None) or _shared_index(version, snapshot, bureau)
            _indexes[version] = index  # what was asked for last stays longest
            if len(_indexes) > ROUNDS_KEPT * max(len(snapshot.bureaus), FEW):
                del _indexes[next(iter(_indexes))]
        yield bureau, index


def _shared_index(version: tuple[Any, ...], snapshot: Snapshot, bureau: Any) -> TextIndex:
    """As another process of the server has made it, else made."""
    shared = shared_folder(INDEXES, ROUNDS_KEPT * max(len(snapshot.bureaus), FEW))
    if shared and (parts := shared.get(repr(version))):
        return TextIndex.from_bytes(parts)
    entries = search_entries(snapshot.of(bureau))
    index = TextIndex.of((entry.title, entry.name_english, entry.body) for entry in entries)
    if shared:
        shared.keep(repr(version), index.to_bytes())
    return index


def read_texts() -> None:
    """Of all bureaus, where there are several: those of a city take 3 s, which the first search of each worker would wait for otherwise."""
    try:
        with naming_bureaus():
            bureaus = list(organisation_units().present_bureaus())
            if len(bureaus) > 1:
                list(_indexes_of_others(Snapshot(None, bureaus, [], is_asked=False)))
    except DatabaseError:
        return  # it does not answer, or not yet
    finally:
        connections.close_all()


def summary(query: str, groups: list[ResultGroup], bureau: str = "") -> str:
    """`‘공공와이파이’에 맞는 내용이 12건 있습니다: 사업 3건, 부서 2건.`; with `bureau` where there are several."""
    total = sum(len(group.hits) for group in groups)
    if not total:
        text = (
            _("%(bureau)s에는 ‘%(query)s’에 맞는 내용이 없습니다.")
            if bureau
            else _("‘%(query)s’에 맞는 내용이 없습니다.")
        )
    elif bureau:
        text = counted("%(bureau)s에는 ‘%(query)s’에 맞는 내용이 %(total)s건 있습니다: %(counts)s.", total)
    else:
        text = counted("‘%(query)s’에 맞는 내용이 %(total)s건 있습니다: %(counts)s.", total)
    each = _("%(kind)s %(count)s건")
    counts = ", ".join(each % {"kind": group.heading, "count": len(group.hits)} for group in groups)
    return with_facts(text, query=query, total=total, counts=counts, bureau=bureau)

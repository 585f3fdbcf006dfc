"""A registry of what readers can find: each app offers its texts, search and the glossary go through them.

After the manner of Django's system checks: an app's `search.py` registers a provider, `AppConfig.ready` imports it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from seoul_digital.lib.language import in_korean

from .data_version import Memory, data_version, read_after, revisions_read_once, scope_versions
from .models import Source
from .remembered.ahead import read_ahead
from .snapshot import Snapshot


@dataclass(frozen=True)
class SearchEntry:
    """A page's worth of words. `kind` is its subject in Korean (사업, 부서 …), `url` the address without as-of.

    `is_past`: of what is no more on the date; it can be found, but uses no term. `shows_body`: also where the title alone has the words.
    `scope`: of the source that says it, for its place in the report. `name_english`: what a person called it in English.
    """

    kind: str
    title: str
    url: str
    body: str = ""
    is_past: bool = False
    shows_body: bool = False
    scope: str = ""
    name_english: str = ""

    def url_with(self, query: dict[str, str]) -> str:
        """The address with what the reader asked for, before its fragment."""
        address, mark, fragment = self.url.partition("#")
        if query:
            address += ("&" if "?" in address else "?") + urlencode(query)
        return address + mark + fragment


Provider = Callable[[Snapshot], Iterator[SearchEntry]]


@dataclass(frozen=True)
class RegisteredProvider:
    """`reads` are the scopes of the sources whose rows it reads: while these stay as they are, so do its texts. `rows` give these rows, and
    are asked for all together (`remembered/ahead.py`)."""

    entries: Provider
    reads: frozenset[str]
    rows: Sequence[Any] = ()


_providers: list[RegisteredProvider] = []
_remembered: Memory[list[SearchEntry]] = Memory(12)  # parts of a bureau's texts, some 20 KB each


def register_search_entries(*reads: str, rows: Sequence[Any] = ()) -> Callable[[Provider], Provider]:
    """Decorator of a provider that reads the rows of sources of those scopes; of all where none is named. `rows`: the functions of a
    snapshot that give them."""

    def remember(provider: Provider) -> Provider:
        if provider not in [registered.entries for registered in _providers]:
            scopes = frozenset(reads) or frozenset(Source.Scope.values)
            _providers.append(RegisteredProvider(provider, scopes, rows))
        return provider

    return remember


def search_entries(
    snapshot: Snapshot, providers: Sequence[RegisteredProvider] | None = None
) -> list[SearchEntry]:
    """Every text in force for the snapshot, in the order in which the apps registered; in Korean, as the report is."""
    with in_korean():
        _read_ahead(snapshot, providers or _providers)
        return [entry for provider in providers or _providers for entry in provider.entries(snapshot)]


def remembered_entries(snapshot: Snapshot) -> list[SearchEntry]:
    """The same; after a change those are read anew that may have changed, and no others."""
    with revisions_read_once(snapshot):
        snapshot = read_after(snapshot, data_version(snapshot))
        versions = scope_versions(snapshot, {provider.reads for provider in _providers})
        if not versions:  # it has changed again meanwhile
            return search_entries(snapshot.anew())
        unknown: list[RegisteredProvider] = []
        found: list[SearchEntry] = []
        groups = [
            (reads, list(group)) for reads, group in groupby(_providers, lambda provider: provider.reads)
        ]
        names = [(number, sorted(reads)) for number, (reads, _) in enumerate(groups)]
        with in_korean():
            for name, (reads, group) in zip(names, groups, strict=True):
                if not _remembered.knows_under(versions[reads], snapshot, *name):
                    unknown += group
            _read_ahead(snapshot, unknown)
        for name, (reads, group) in zip(names, groups, strict=True):
            work = partial(search_entries, providers=group)
            found += _remembered.under(versions[reads], snapshot, work, *name)
    return found


def _read_ahead(snapshot: Snapshot, providers: Sequence[RegisteredProvider]) -> None:
    read_ahead([snapshot], *(rows for provider in providers for rows in provider.rows))

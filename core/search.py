"""A registry of what readers can find: each app offers its texts, search and the glossary go through them.

After the manner of Django's system checks: an app's `search.py` registers a provider, `AppConfig.ready` imports it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from seoul_digital.lib.language import in_korean

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
_providers: list[Provider] = []


def register_search_entries(provider: Provider) -> Provider:
    if provider not in _providers:
        _providers.append(provider)
    return provider


def search_entries(snapshot: Snapshot) -> list[SearchEntry]:
    """Every text in force for the snapshot, in the order in which the apps registered; in Korean, as the report is."""
    with in_korean():
        return [entry for provider in _providers for entry in provider(snapshot)]

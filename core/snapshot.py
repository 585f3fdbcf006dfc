"""What a reader sees: one bureau, one date, and of each scope the newest source in force on or before it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache, wraps
from typing import Any

from django.db import models
from django.urls import get_script_prefix, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from seoul_digital.lib import amounts, query_params
from seoul_digital.lib.hangul import quoted
from seoul_digital.lib.language import is_english
from seoul_digital.lib.periods import iso_text

from .base_dates import later_dates, shared_date
from .bureau_names import note_present
from .models import Source, organisation_units
from .remembered import parts
from .remembered.queries import RememberedQuery

BUREAU_PARAMETER = "bureau"


@dataclass
class Snapshot:
    """`sources` are all in force for the chosen bureau and those it came from, newest first, whatever their date.

    `executed_after`: for a report that is being written, the day of the one before it; what was executed up to then is not its own.
    """

    chosen: models.Model | None
    bureaus: list[models.Model]
    sources: list[Source]
    asked: query_params.AskedDate = field(default_factory=query_params.AskedDate)
    query: dict[str, str] = field(default_factory=dict)
    error: str = ""
    error_status: int = 400
    executed_after: date | None = None
    is_asked: bool = True  # whether `asked` is the reader's own date, on which statuses are then judged
    _cache: dict[Any, Any] = field(default_factory=dict)
    _by_source: dict[Any, dict[int, Any]] = field(default_factory=dict, repr=False)  # rows, by their name

    @classmethod
    def from_query(cls, user: Any, parameters: Any) -> "Snapshot":
        """What a signed-in user's query string asks for. Errors are kept in `error`, never raised."""
        slug = parameters.get(BUREAU_PARAMETER, "").strip()
        name = ("sources", getattr(user, "department_id", None), slug)
        bureaus, bureau, sources = parts.rows(name, None, lambda: _sources_for(user, slug))[0]
        note_present(bureaus)
        asked = _asked(parameters, bureau, sources)
        is_asked = query_params.PARAMETER in parameters
        names = (query_params.PARAMETER, BUREAU_PARAMETER)
        kept = {name: iso_text(parameters[name]) for name in names if parameters.get(name, "").strip()}
        snapshot = cls(bureau, bureaus, sources, asked, kept, asked.error, is_asked=is_asked)
        if slug and not bureau:
            named = {"slug_called": quoted(slug[:40], "이라는/라는")}
            snapshot.error = _("%(slug_called)s 국·정책관의 자료가 없습니다.") % named
            snapshot.error_status = 404
        return snapshot

    @cached_property
    def bureau(self) -> models.Model | None:
        """The bureau as it was called on the date: before a reorganisation, the one that came before."""
        return self.known[0].bureau if self.known else self.chosen

    def at(self, on: date, *, is_asked: bool = True) -> "Snapshot":
        """The same on another date."""
        return replace(
            self, asked=query_params.AskedDate(on), error="", is_asked=is_asked, _cache={}, _by_source={}
        )

    def over(self, scope: str, days: Sequence[date]) -> "list[Snapshot]":
        """What it says of one scope on each of several dates, for trends."""
        sources = [source for source in self.sources if source.scope == scope]
        return [replace(self.at(on), sources=sources, _by_source=self._by_source) for on in days]

    def anew(self) -> "Snapshot":
        """The same with nothing worked out yet; of a request's, which is lazy, too."""
        return replace(self, _cache={}, _by_source={})

    def of(self, bureau: Any) -> "Snapshot":
        """What another present bureau says on the date that was asked for, else on its own newest."""
        query = {**self.query, BUREAU_PARAMETER: bureau.slug}
        return replace(
            self, chosen=bureau, sources=lineage_sources(bureau), query=query, _cache={}, _by_source={}
        )

    def slug_of(self, bureau: int) -> str:
        """Of a present bureau (key), where there are several to ask for."""
        return self._slugs.get(bureau, "") if len(self.bureaus) > 1 else ""

    @cached_property
    def _slugs(self) -> dict[int, str]:
        bureaus: list[Any] = self.bureaus
        return {bureau.pk: bureau.slug for bureau in bureaus}

    @cached_property
    def base_dates(self) -> list[date]:
        return sorted({source.as_of for source in self.sources}, reverse=True)

    @cached_property
    def as_of(self) -> date | None:
        """The date up to which sources count: the one asked for, else the newest base date in force, never today."""
        return self.asked.on or (self.base_dates[0] if self.base_dates else None)

    @cached_property
    def _dates(self) -> dict[str, date]:
        return {source.scope: source.as_of for source in reversed(self.known)}

    @cached_property
    def base_date(self) -> date | None:
        """What pages and documents are headed with: the date asked for, else the newest that several subjects have."""
        return (self.is_asked and self.asked.on) or shared_date(self._dates) or self.as_of

    @cached_property
    def later_dates(self) -> list[tuple[str, date]]:
        """The subjects with newer figures than the base date, each with its own date."""
        return later_dates(self._dates, self.base_date) if self.base_date else []

    def date_of(self, scope: str) -> date | None:
        """The base date of a scope's newest source."""
        return self._dates.get(scope)

    def judged_on(self, scope: str) -> date | None:
        """The date on which the state of a scope's facts is judged: the one asked for, else that of their own source."""
        return (self.is_asked and self.asked.on) or self._dates.get(scope, self.as_of)

    @cached_property
    def known(self) -> list[Source]:
        return [source for source in self.sources if self.as_of and source.as_of <= self.as_of]

    @cached_property
    def words_of_sources(self) -> str:
        """All that the sources say of themselves, which was read before their version was."""
        fields = Source._meta.concrete_fields
        rows = [[getattr(row, field.attname) for field in fields] for row in self.known]
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    @property
    def question(self) -> tuple[Any, ...]:
        """What is asked, and the sources that answer, as long as these stay as they are."""
        chosen, on = (self.chosen.pk if self.chosen else None), str(self.asked.on)
        keys = tuple(source.pk for source in self.sources)
        return chosen, on, self.is_asked, str(self.executed_after), sorted(self.query.items()), keys

    @property
    def is_empty(self) -> bool:
        return not self.known

    def source(self, scope: str) -> Source | None:
        """The one source that counts for a scope other than expenditure."""
        return next((source for source in self.known if source.scope == scope), None)

    def sources_of(self, scope: str) -> list[Source]:
        """Every source of the scope on or before the date, newest first, for series and for limited scopes."""
        return [source for source in self.known if source.scope == scope]

    def names_of(self, slugs: Any) -> list[tuple[str, str]]:
        """Slug and name of units, by name."""
        wanted = sorted(slugs)
        units = organisation_units().filter(slug__in=wanted).order_by("name")
        found: list[tuple[str, str]]
        found, _ = parts.rows(("names", wanted), self, lambda: list(units.values_list("slug", "name")))
        return found

    @property
    def in_force(self) -> list[Source]:
        """The sources that count: of limited scopes all, of the others the newest."""
        limited = self.sources_of(Source.Scope.EXPENDITURE)
        newest = (self.source(scope) for scope in Source.Scope if scope != Source.Scope.EXPENDITURE)
        return [*filter(None, newest), *limited]

    def url(self, name: str, *args: Any, **parameters: Any) -> str:
        """The address of a view with what the reader asked for, for links that Python makes."""
        query = {**self.query, **{key: value for key, value in parameters.items() if value}}
        return address(name, *args) + (f"?{urlencode(query)}" if query else "")

    @cached_property
    def fiscal_year(self) -> int | None:
        """The newest in force: of the bureau's own tables, before what a table of many bureaus says of it."""
        sources = self.sources_of(Source.Scope.EXPENDITURE)
        tables = [source for source in sources if source.budget_kind != Source.BudgetKind.OVERVIEW] or sources
        return max((source.fiscal_year for source in tables if source.fiscal_year), default=None)

    @property
    def _year_shown(self) -> Any:
        return self.as_of and (self.fiscal_year or self.as_of.year)

    @cached_property
    def pace(self) -> Any:
        """Share of the fiscal year gone by on the base date, that day included."""
        return amounts.pace(self.base_date, self._year_shown) if self.base_date else None

    @property
    def days_in_year(self) -> int:
        return (date(self._year_shown, 12, 31) - date(self._year_shown - 1, 12, 31)).days

    @property
    def days_gone(self) -> int:
        return int(self.pace * self.days_in_year)


def address(view: str, *args: Any) -> str:
    """As `reverse`, which costs a fifth of all checks, worked out once for each page."""
    return _reversed(get_script_prefix(), view, args)


@lru_cache(4_096)
def _reversed(prefix: str, view: str, args: tuple[Any, ...]) -> str:
    return reverse(view, args=args)


def cached_on_snapshot(function: Any) -> Any:
    """Works a function of a snapshot out once for each, however many pages' parts and checks ask for it; once a language, for it has words."""
    return once_for_each(function, is_kept=False)


def remembered_on_snapshot(function: Any) -> Any:
    """The same, and beyond the page as long as what it has read stays as it is (`remembered/parts.py`): for plain values and rows."""
    return once_for_each(function, is_kept=True)


def once_for_each(function: Any, *, is_kept: bool, has_words: bool = True) -> Any:
    def name_of(snapshot: Any) -> Any:
        return is_kept and (function.__module__, function.__qualname__, is_english(), snapshot.question)

    @wraps(function)
    def remembered(snapshot: Any) -> Any:
        key = function, has_words and is_english()
        if key in snapshot._cache:
            value, reads = snapshot._cache[key]
            parts.use(reads)
            return value
        found = parts.rows(name_of(snapshot), snapshot, lambda: function(snapshot))
        snapshot._cache[key] = found
        return found[0]

    def is_known(snapshot: Any) -> bool:
        is_there = (function, has_words and is_english()) in snapshot._cache
        return is_there or is_kept and parts.knows(name_of(snapshot), snapshot)

    remembered.is_known = is_known  # type: ignore[attr-defined]
    return remembered


def snapshots_at(asked: Any) -> list[Snapshot]:
    """For commands: a snapshot of every present bureau at the date asked for."""
    bureaus = list(organisation_units().present_bureaus())
    return [Snapshot(bureau, bureaus, lineage_sources(bureau), asked) for bureau in bureaus]


def with_source(source: Any) -> Snapshot:
    """As readers would see it on the source's base date, were the source in force: for checks before it is."""
    others = [other for other in lineage_sources(source.bureau) if other.pk != source.pk]
    return Snapshot(source.bureau, [source.bureau], [source, *others], query_params.AskedDate(source.as_of))


DraftSnapshot = Callable[[Source], Snapshot | None]
_draft_snapshots: list[DraftSnapshot] = []


def register_draft_snapshot(snapshot_of: DraftSnapshot) -> DraftSnapshot:
    """Decorator of the function that knows which drafts a draft is read with."""
    _draft_snapshots.append(snapshot_of)
    return snapshot_of


def snapshot_with(source: Source) -> Snapshot:
    """In which the facts of a source are read: a draft's with the others that it will come into force with."""
    drafts = _draft_snapshots if source.state == Source.State.DRAFT else []
    return next(filter(None, (snapshot_of(source) for snapshot_of in drafts)), None) or with_source(source)


def lineage_sources(bureau: Any, through: str = "") -> list[Source]:
    """Those in force of the bureau and of those that it came from, newest first; of a bureau that came from several one line of it,
    through the bureau of that slug: the facts of two bureaus are never mixed."""
    sources = list(Source.objects.in_force().of_lineage(bureau).newest_first())
    before = dict.fromkeys(source.bureau_id for source in sources if source.bureau_id != bureau.pk)
    if len(before) < 2:
        return sources
    line = organisation_units().line_of(bureau, list(before), through)
    return [source for source in sources if source.bureau_id in line]


def chosen_of(bureaus: list[Any], user: Any, slug: str) -> Any:
    """Of the present bureaus the one of that slug; without a slug the user's own, else the first that has told of itself."""
    if slug:
        return _today(bureaus, slug=slug)
    if len(bureaus) > 1 and (own := user.bureau_id):
        return _today(bureaus, pk=own) or bureaus[0]
    return next((bureau for bureau in bureaus if bureau.has_tables), next(iter(bureaus), None))


def _today(bureaus: list[Any], **asked: Any) -> Any:
    """The bureau of a slug or key or, of one that became another, the one that it became."""
    ((name, value),) = asked.items()
    if named := next((bureau for bureau in bureaus if getattr(bureau, name) == value), None):
        return named
    before = organisation_units().with_sources().filter(**asked).order_by().values("pk")
    heirs = set(organisation_units().heirs_of(before).order_by().values_list("pk", flat=True))
    return next((bureau for bureau in bureaus if bureau.pk in heirs), None)


_present = RememberedQuery(lambda key: organisation_units().present_bureaus())


def present_bureaus() -> list[Any]:
    """Those that have sources in force, by name; as they were read with the versions that a page rests on, where that was so."""
    query = _present.compile(0)
    if known := parts.present_bureaus():
        parts.take(*query)
        return list(known)
    return list(organisation_units().raw(*query))


def _sources_for(user: Any, slug: str) -> tuple[list[Any], Any, list[Source]]:
    """The present bureaus, of them the one that is shown, and what is in force for it."""
    bureaus = present_bureaus()
    bureau = chosen_of(bureaus, user, slug)
    return bureaus, bureau, lineage_sources(bureau, slug) if bureau else []


def _asked(parameters: Any, bureau: Any, sources: Any) -> query_params.AskedDate:
    """The date asked for; without one, of a bureau that became another the last date at which there was one."""
    asked = query_params.asked_date(parameters.get(query_params.PARAMETER, ""))
    slug = parameters.get(BUREAU_PARAMETER, "").strip()
    if asked.on or asked.error or not slug or (bureau and bureau.slug == slug):
        return asked
    return query_params.AskedDate(
        next((source.as_of for source in sources if source.bureau.slug == slug), None)
    )

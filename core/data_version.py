"""The data version: what was worked out from a snapshot holds as long as it has the same one."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.contrib.auth import get_user_model
from django.db.models import Aggregate, Case, Exists, F, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Cast, Concat

from seoul_digital.lib.language import in_korean

from .models import Source, organisation_units
from .models.bureaus import ONLY_BUREAUS
from .models.revisions import EVERY_BUREAU, BureauRevision, SourceRevision
from .remembered import parts
from .remembered.queries import RememberedQuery
from .snapshot import BUREAU_PARAMETER, Snapshot, chosen_of, present_bureaus

Worked = TypeVar("Worked")
PRESENT = "present"  # in place of the scope of what tells which bureaus are there
TREE = "tree"  # in place of the scope of one that a unit stands in
MOST_WHOLE = 150  # revisions that are read whole, as those of one bureau are
MOST_CHOICES = 500
_chosen: dict[
    str, int | None
] = {}  # bureaus, by what tells which one a reader sees, and by what is asked as the last one


def data_version(snapshot: Snapshot) -> str:
    """The revisions of the sources that the snapshot reads and of its bureaus, as one short text; one query.

    Read it before the rows: what is remembered under it is then at worst newer than it says, never older.
    """
    return _version(snapshot, _revisions_of_snapshot(snapshot))


@dataclass(frozen=True)
class Revisions:
    """Of every source in force, or of every source, and of what belongs to none, as they stand when they are read."""

    rows: tuple[tuple[str, int, str, str], ...]  # kind, key, revision, the source's scope
    bureau: int | None = None  # alone of which they tell; None: of all
    of_drafts: bool = False  # too
    of_each_source: bool = True  # else one of all of a scope
    _scopes: dict[int, str] = field(
        default_factory=dict, compare=False
    )  # then, of sources that were asked for
    bureaus: tuple[Any, ...] = field(default=(), compare=False)  # that are present, where that was asked for

    @classmethod
    def read(cls, *, with_drafts: bool) -> "Revisions":
        """Before the rows: what is remembered under it is then at worst newer than it says. One query; where that is much,
        of drafts too, another one of what each scope's come to."""
        if not with_drafts:
            return cls(tuple(sorted(_in_force.rows())))
        if len(few := _few_of_all.rows()) <= MOST_WHOLE:
            return cls(tuple(sorted(few)), of_drafts=True)
        rows = [(kind, key, _digest(joined), scope) for kind, key, joined, scope in _by_scope.rows()]
        return cls(tuple(sorted(rows)), of_drafts=True, of_each_source=False)

    @classmethod
    def read_for_reader(cls, user: Any, parameters: Any) -> "Revisions":
        """What a page of a query string may rest on for who sees nothing but what is in force: where that is much, the chosen bureau
        alone, and which bureaus there are. One query, while the bureau is the one that it was last time."""
        if last := _chosen.get(_asked_by(user, parameters)):
            rows = _of_bureau(last, user)
            if _chosen.get(_choice_from(_telling_of_choice(rows), user, parameters)) == last:
                return cls(rows, bureau=last)
        if not _chosen and len(few := _few_in_force.rows()) <= MOST_WHOLE:
            return cls(tuple(sorted(few)))
        present = tuple(sorted(set(_present.rows(user.department_id))))
        chosen, bureaus = _chosen_bureau(present, user, parameters)
        rows = _of_bureau(chosen, user) if chosen else ()
        if not chosen or _telling_of_choice(rows) != present:  # it has changed meanwhile
            return cls.read(with_drafts=False)
        _remember_choice(_choice_from(present, user, parameters), chosen)
        _remember_choice(_asked_by(user, parameters), chosen)
        revisions = cls(rows, bureau=chosen, bureaus=bureaus)
        user.remember_bureau(revisions.version())
        return revisions

    def tells_of(self, snapshot: Snapshot) -> bool:
        """Whether all that the snapshot reads is among them."""
        if self.bureau and (snapshot.chosen is None or snapshot.chosen.pk != self.bureau):
            return False
        return all(source.state == Source.State.IN_FORCE for source in snapshot.sources)

    def scopes_of(self, sources: Collection[int]) -> set[str]:
        """Of sources (keys) whose revisions are among these."""
        if self.of_each_source:
            return {scope for kind, key, _, scope in self.rows if kind == "source" and key in sources}
        if unknown := [key for key in sources if key not in self._scopes]:
            self._scopes.update(dict.fromkeys(unknown, ""))
            self._scopes.update(Source.objects.filter(pk__in=unknown).order_by().values_list("pk", "scope"))
        return {scope for key in sources if (scope := self._scopes[key])}

    def has(self, sources: Collection[int]) -> bool:
        """Whether it tells of these sources (keys), of which there must be some."""
        return bool(sources) and set(sources) <= {key for kind, key, *_ in self.rows if kind == "source"}

    def version_of(self, sources: Collection[int]) -> str:
        """Of some sources (keys), and of what belongs to none."""
        return _digest(
            [row for row in self.rows if row[0] == "bureau" or row[0] == "source" and row[1] in sources]
        )

    def version(self, scopes: Collection[str] | None = None) -> str:
        """As one short text: of all, or of the sources of some scopes and of what belongs to none."""
        rows = [row for row in self.rows if scopes is None or row[0] == "bureau" or row[3] in scopes]
        return _digest(rows)


def _digest(rows: object) -> str:
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def _asked_by(user: Any, parameters: Any) -> str:
    return repr((user.department_id, parameters.get(BUREAU_PARAMETER, "").strip()))


def _of_bureau(bureau: int, user: Any) -> tuple[Any, ...]:
    """Revisions of the bureau, with those from which it follows that it is chosen."""
    return tuple(sorted(set(_of_choice.rows(bureau, user.department_id))))


def _telling_of_choice(rows: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(row for row in rows if row[1] == EVERY_BUREAU or row[3] in (PRESENT, TREE))


def _choice_from(present: Sequence[Any], user: Any, parameters: Any) -> str:
    return _digest((present, _asked_by(user, parameters)))


def _chosen_bureau(present: Sequence[Any], user: Any, parameters: Any) -> tuple[int | None, tuple[Any, ...]]:
    """The key of the bureau that is shown, which follows from which are present; and these, where they had to be read."""
    user.forget_units()
    with suppress(KeyError):  # another thread may clear it
        return _chosen[_choice_from(present, user, parameters)], ()
    bureaus = present_bureaus()
    chosen = chosen_of(bureaus, user, parameters.get(BUREAU_PARAMETER, "").strip())
    return (chosen.pk if chosen else None), tuple(bureaus)


def _remember_choice(asked: str, chosen: int) -> None:
    if len(_chosen) >= MOST_CHOICES:
        _chosen.clear()
    _chosen[asked] = chosen


def _revisions_of(bureaus: Q | None = None, **sources: object) -> Any:
    of_sources = SourceRevision.objects.filter(**sources).values_list(
        Value("source"), "source_id", "revision", "source__scope"
    )
    known = BureauRevision.objects.filter(bureaus or Q())
    of_bureaus = known.values_list(Value("bureau"), "bureau_id", "revision", Value(""))
    return of_sources.union(of_bureaus, all=True)


def versions_by_bureau() -> dict[int, str]:
    """Of every bureau (key) that has sources in force; one query. Read it before the rows."""
    found = defaultdict[int, list[Any]](list)
    for *revision, bureau in _by_bureau.rows():
        found[bureau].append(revision)
    shared = found.pop(EVERY_BUREAU, [])
    return {bureau: _digest([shared, sorted(rows)]) for bureau, rows in found.items()}


_few_of_all = RememberedQuery(lambda key: _revisions_of()[: MOST_WHOLE + 1])


class _Joined(Aggregate):
    """Texts of rows as one, in the order of a column. SQLite joins them as it comes to them, by their keys: in another order they would be
    read anew."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> tuple[str, Any]:
        template = "STRING_AGG(%(expressions)s, '' ORDER BY %(by)s)"
        return super().as_sql(compiler, connection, template=template, **options)


def _joined_by(path: str, of_bureaus: Any, **sources: object) -> Any:
    """Of sources one of all that end at the same of a path, and of bureaus each its own."""
    joined = (
        SourceRevision.objects.filter(**sources)
        .order_by()
        .values(path)
        .annotate(joined=_Joined("revision", by="source_id"))
    )
    each = BureauRevision.objects.values_list(Value("bureau"), "bureau_id", "revision", of_bureaus)
    return joined.values_list(Value("source"), Value(0), "joined", path).union(each, all=True)


_by_scope = RememberedQuery(lambda key: _joined_by("source__scope", Value("")))
_by_bureau = RememberedQuery(
    lambda key: _joined_by("source__bureau", F("bureau_id"), source__state=Source.State.IN_FORCE)
)
_in_force = RememberedQuery(lambda key: _revisions_of(source__state=Source.State.IN_FORCE))
_few_in_force = RememberedQuery(
    lambda key: _revisions_of(source__state=Source.State.IN_FORCE)[: MOST_WHOLE + 1]
)


def _of_lineage(bureau: int) -> Any:
    """Of the bureau, of those that it came from and of what all share."""
    lineage = organisation_units().lineage_of(bureau).order_by().values("pk")
    of_bureaus = Q(bureau_id=EVERY_BUREAU) | Q(bureau_id__in=lineage)
    return _revisions_of(of_bureaus, source__state=Source.State.IN_FORCE, source__bureau__in=lineage)


def _present_bureaus() -> Any:
    """The bureaus that have sources in force, as one text in which those have a mark that have more than a row in a table of many; and
    what all bureaus share."""
    in_force = Source.objects.in_force().filter(bureau=OuterRef("pk")).order_by()
    own = in_force.exclude(budget_kind=Source.BudgetKind.OVERVIEW)
    units = organisation_units().filter(Exists(in_force), **ONLY_BUREAUS).order_by()
    mark = Case(When(Exists(own), then=Value("+")), default=Value("-"))
    word = Concat(Cast("pk", TextField()), mark, output_field=TextField())
    known = units.values(of_all=Value(EVERY_BUREAU)).annotate(
        joined=_Joined(word, by=f'"{units.model._meta.db_table}"."id"')
    )
    rows = known.values_list(Value("bureau"), "of_all", "joined", Value(PRESENT))
    return rows.union(_revisions_of(Q(bureau_id=EVERY_BUREAU), source=None), all=True)


_present = RememberedQuery(lambda unit: _present_bureaus().union(get_user_model().trees_of(unit), all=True))
_of_choice = RememberedQuery(
    lambda bureau, unit: _of_lineage(bureau).union(
        _present_bureaus(), get_user_model().trees_of(unit), all=True
    ),
    keys=2,
)


Revision = tuple[str, int, str]


def _revisions(read: Sequence[Source]) -> dict[tuple[str, int], Revision]:
    """Of the sources and of their bureaus."""
    sources = {source.pk for source in read}
    bureaus = {EVERY_BUREAU, *(source.bureau_id for source in read)}
    found = set(
        SourceRevision.objects.filter(source__in=sources)
        .values_list(Value("source"), "source_id", "revision")
        .union(
            BureauRevision.objects.filter(bureau_id__in=bureaus).values_list(
                Value("bureau"), "bureau_id", "revision"
            )
        )
    )
    return {(kind, key): (kind, key, revision) for kind, key, revision in found}


_once: ContextVar[tuple[Snapshot, dict[tuple[str, int], Revision]] | None] = ContextVar(
    "data_version.once", default=None
)


@contextmanager
def revisions_read_once(snapshot: Snapshot) -> Iterator[None]:
    """Inside, where nothing is written, the revisions that the snapshot rests on are read no second time."""
    token = _once.set(None if parts.revisions_for(snapshot) else (snapshot, _revisions(snapshot.known)))
    try:
        yield
    finally:
        _once.reset(token)


def _revisions_of_snapshot(snapshot: Snapshot) -> dict[tuple[str, int], Revision]:
    if page := parts.revisions_for(snapshot):
        rows = (row[:3] for row in page.rows if row[3] not in (PRESENT, TREE))
        return {(kind, key): (kind, key, revision) for kind, key, revision in rows}
    once = _once.get()
    return once[1] if once and once[0] is snapshot else _revisions(snapshot.known)


def _version(snapshot: Snapshot, by_key: Mapping[tuple[str, int], Revision]) -> str:
    sources = [source.pk for source in snapshot.known]
    bureaus = {EVERY_BUREAU, *(source.bureau_id for source in snapshot.known)}
    keys = {*(("source", key) for key in sources), *(("bureau", key) for key in bureaus)}
    found = sorted(by_key[key] for key in keys if key in by_key)
    return hashlib.sha256(repr((sources, str(snapshot.as_of), found)).encode()).hexdigest()


class Memory(Generic[Worked]):
    """What was worked out from the last snapshots, once for each version of their data and each choice of a reader."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.kept: dict[str, Worked] = {}

    def knows(self, snapshot: Snapshot, *given: object) -> bool:
        """Whether it is worked out already."""
        return self.knows_under(data_version(snapshot), snapshot, *given)

    def knows_under(self, version: str, snapshot: Snapshot, *given: object) -> bool:
        """The same of what rests on no more than the version tells of."""
        return _key(snapshot, version, given) in self.kept

    def once(self, snapshot: Snapshot, work: Callable[[Snapshot], Worked], *given: object) -> Worked:
        """What `work` makes of the snapshot and of what else it is given, which must tell itself apart by its `repr`."""
        version = data_version(snapshot)
        return self.under(version, snapshot, lambda snapshot: work(read_after(snapshot, version)), *given)

    def under(
        self, version: str, snapshot: Snapshot, work: Callable[[Snapshot], Worked], *given: object
    ) -> Worked:
        """The same, of what rests on no more than the version tells of."""
        key = _key(snapshot, version, given)
        found = self.kept.get(key)
        if found is None:
            with in_korean():  # whoever asks first
                found = parts.rows(None, snapshot, lambda: work(snapshot))[
                    0
                ]  # no part of the page rests on it
            for oldest in list(self.kept)[: max(len(self.kept) - self.most + 1, 0)]:
                self.kept.pop(oldest, None)
        self.kept.pop(key, None)  # what was asked for last stays longest
        self.kept[key] = found
        return found


def scope_versions(snapshot: Snapshot, groups: Iterable[frozenset[str]]) -> dict[frozenset[str], str]:
    """As the data version, of the sources of some scopes alone; none where what the snapshot holds may be older. One query."""
    by_key = _revisions_of_snapshot(snapshot)
    if snapshot._cache.get("version") != _version(snapshot, by_key):
        return {}
    versions = {}
    for scopes in groups:
        sources = {("source", source.pk) for source in snapshot.known if source.scope in scopes}
        versions[scopes] = repr(sorted(by_key[key] for key in by_key if key[0] == "bureau" or key in sources))
    return versions


class SourceMemory(Generic[Worked]):
    """What was read of each source in force: after a change of one, that one is read anew and no other."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.kept: dict[tuple[Revision, ...], Worked] = {}

    def of_each(
        self, snapshot: Snapshot, work: Callable[[list[Source]], Mapping[int, Worked]]
    ) -> list[Worked]:
        """In the order of the sources; `work` gives by its key what it read of each of some. It depends on nothing else but what
        belongs to no source."""
        by_key = _revisions_of_snapshot(snapshot)
        bureaus = {EVERY_BUREAU, *(source.bureau_id for source in snapshot.in_force)}
        of_bureaus = sorted(by_key[key] for key in by_key if key[0] == "bureau" and key[1] in bureaus)
        keys = {
            source: (by_key.get(("source", source.pk), ("source", source.pk, "")), *of_bureaus)
            for source in snapshot.in_force
        }
        kept = dict(self.kept)  # another thread may drop some meanwhile
        known = {source: kept[key] for source, key in keys.items() if key in kept}
        if unknown := [source for source in keys if source not in known]:
            found = work(unknown)
            known |= {source: found[source.pk] for source in unknown}
        for source, key in keys.items():  # as above
            self.kept.pop(key, None)
            self.kept[key] = known[source]
        for oldest in list(self.kept)[: max(len(self.kept) - self.most, 0)]:
            self.kept.pop(oldest, None)
        return [known[source] for source in keys]


def read_after(snapshot: Snapshot, version: str) -> Snapshot:
    """The snapshot, holding nothing that was read before the version was; a page reads its revisions before all else."""
    is_read = snapshot._cache or snapshot._by_source
    if is_read and snapshot._cache.get("version") != version and not parts.revisions_for(snapshot):
        snapshot = snapshot.anew()
    snapshot._cache["version"] = version
    return snapshot


def _key(snapshot: Snapshot, version: str, given: tuple[object, ...]) -> str:
    chosen = snapshot.chosen.pk if snapshot.chosen else None
    asked = (chosen, snapshot.is_asked, snapshot.asked.on, snapshot.executed_after, snapshot.query)
    return repr((version, asked, snapshot.words_of_sources, given))

"""Which known lines the new lines of a draft are: by code, else by names, whatever columns the file has.

A line that a file brings is new only where no known line of its department fits it. One that has no objects where the known
lines have some is their programme (세부사업) as a whole: a line of its own, under their names.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from core.audit.recording import record_rows
from core.models import ChangeRecord, Source
from seoul_digital.lib.hangul import fold, quoted

from ..models import BudgetFigure, BudgetLine, LineNaming, ProgrammeDecision
from ..models.querysets import LINE_NAMES
from .comparison import sources_before
from .staging import NewLines, remove_lines

AT_ONCE = 2_500
ALIKE = 0.75  # of two names that may be one programme's
MOST_ASKED, PROPOSED = 20, 3
MOST_COMPARED = 10_000
FIELD = "line-"  # of the form, before the key of the new line
PROGRAMME = ("account_kind", "account_name", "policy", "unit", "detailed", "detailed_code")
Programme = tuple[int, tuple[str, ...]]  # department (key) and the names of PROGRAMME
folded = lru_cache(maxsize=100_000)(fold)


class Known(NamedTuple):
    """A line with its key."""

    pk: int
    department_id: int
    account_kind: str
    account_name: str
    policy: str
    unit: str
    detailed: str
    detailed_code: str
    object_group: str
    object_name: str

    @property
    def names(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in LINE_NAMES}

    @property
    def programme(self) -> tuple[str, ...]:
        return tuple(getattr(self, name) for name in PROGRAMME)

    @property
    def deepest(self) -> tuple[str, str]:
        """The last of its programmes that has a name, with its level."""
        for level in ("detailed", "unit", "policy"):
            if text := getattr(self, level):
                return level, folded(text)
        return "", ""

    @property
    def has_objects(self) -> bool:
        return bool(self.object_group or self.object_name)


def fits_programme(one: Known, other: Known) -> bool:
    """Whether two lines can be of one programme: of the same code or, where one has none, of the same names as far as both have them."""
    if not _agree(one.account_kind, other.account_kind) or not _agree(one.account_name, other.account_name):
        return False
    if one.detailed_code and other.detailed_code:
        return one.detailed_code == other.detailed_code
    return one.deepest == other.deepest and _agree(one.policy, other.policy) and _agree(one.unit, other.unit)


def fits_objects(one: Known, other: Known) -> bool:
    """Whether two lines are divided as finely, into the same objects."""
    if bool(one.object_name) != bool(other.object_name):
        return False
    if not one.object_name and bool(one.object_group) != bool(other.object_group):
        return False
    return folded(one.object_name) == folded(other.object_name) and _agree(
        one.object_group, other.object_group
    )


def _agree(one: str, other: str) -> bool:
    return not (one and other) or folded(one) == folded(other)


class Lines:
    """Known lines of some departments, by what finds them."""

    def __init__(self, lines: Iterable[Known], decided: Mapping[Programme, tuple[str, ...]]) -> None:
        self.decided = decided
        self.by_programme: dict[Programme, list[Known]] = defaultdict(list)
        self.by_code: dict[tuple[int, str], list[Known]] = defaultdict(list)
        self.by_name: dict[tuple[int, tuple[str, str]], list[Known]] = defaultdict(list)
        self.departments: set[int] = set()
        for line in lines:
            self.departments.add(line.department_id)
            self.by_programme[line.department_id, line.programme].append(line)
            self.by_name[line.department_id, line.deepest].append(line)
            if line.detailed_code:
                self.by_code[line.department_id, line.detailed_code].append(line)

    def of_programme(self, line: Known) -> list[Known]:
        own = line.department_id, line.programme
        if programme := self.decided.get(own):
            return self.by_programme[line.department_id, programme]
        if own in self.by_programme:
            return self.by_programme[own]
        named = self.by_name.get((line.department_id, line.deepest), [])
        coded = self.by_code.get((line.department_id, line.detailed_code), []) if line.detailed_code else []
        found = {known.pk: known for known in (*coded, *named) if fits_programme(line, known)}
        return list(found.values())


def reconcile(source: Source, made: NewLines | None = None) -> tuple[list[Known], bool]:
    """Puts the figures of a draft under the lines that are known already, as far as that is certain. `made` are its lines where all are new, so
    that none of them need be looked at.

    Returns those that it may yet be, and whether any was put or named anew.
    """
    beside = _known_beside(source, made)
    lines = Lines(beside, _decided(source))
    same, named = {}, []
    for line in _lines(_only_of(source).filter(department__in=lines.departments)):
        programme = lines.of_programme(line)
        fitting = [known for known in programme if fits_objects(line, known)]
        if len(fitting) == 1:
            same[line] = fitting[0]
        elif len({known.programme for known in programme}) == 1:
            named.append((line, programme[0]))
    claimed = Counter(same.values())
    put_under(source, [(line, known) for line, known in same.items() if claimed[known] == 1])
    _take_names(source, named)
    return _known_beside(source) if same else beside, bool(same or named)


def _decided(source: Source) -> dict[Programme, tuple[str, ...]]:
    """By department and the programme's names in files, the names of the known programme that people have said that it is."""
    decisions = ProgrammeDecision.objects.filter(
        source__state=Source.State.IN_FORCE,
        source__fiscal_year=source.fiscal_year,
        source__as_of__lte=source.as_of,
    ).order_by("source__as_of", "source__received_at", "pk")
    return {
        (decision.department_id, tuple(decision.names)): tuple(
            getattr(decision.line, name) for name in PROGRAMME
        )
        for decision in decisions.select_related("line")
    }


def _lines(lines) -> list[Known]:
    fields = ("pk", "department_id", *LINE_NAMES)
    return [Known(*values) for values in lines.order_by("pk").values_list(*fields).iterator(AT_ONCE)]


def _only_of(source):
    """Lines that this source alone speaks of."""
    others = BudgetFigure.objects.filter(line=OuterRef("pk")).exclude(source=source)
    return BudgetLine.objects.filter(figures__source=source).exclude(Exists(others))


def _known_beside(source, made=None):
    """Lines of the year, in departments where the source brings new ones, that it does not speak of: some of them are its new ones."""
    departments = (
        made.departments
        if made
        else set(_only_of(source).order_by().values_list("department", flat=True).distinct())
    )
    own = BudgetFigure.objects.filter(line=OuterRef("pk"), source=source)
    lines = BudgetLine.objects.filter(fiscal_year=source.fiscal_year, department__in=departments)
    if made:
        lines = lines.exclude(pk__range=made.keys)
    return [line for line in _lines(lines.exclude(Exists(own))) if any(line.deepest)]


def put_under(source: Source, pairs: Sequence[tuple[Known, Known]]) -> None:
    """The figures of new lines become those of known ones; names that the file has beyond theirs are kept until it is in force."""
    figures, quote = BudgetFigure._meta.db_table, connection.ops.quote_name
    statement = f"UPDATE {quote(figures)} SET line_id = %s WHERE source_id = %s AND line_id = %s"  # noqa: S608 (names of models only)
    for start in range(0, len(pairs), AT_ONCE):
        batch = pairs[start : start + AT_ONCE]
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.executemany(statement, [(known.pk, source.pk, line.pk) for line, known in batch])
            LineNaming.objects.bulk_create(_namings(source, batch))
            # Of figures that somebody has edited history tells their values: it tells that they moved, too.
            moved = BudgetFigure._base_manager.filter(
                source=source, line__in=[known.pk for _, known in batch]
            )
            newest = ChangeRecord.objects.newest_ids(BudgetFigure, moved.values_list("pk", flat=True))
            record_rows(BudgetFigure, newest)
            new = BudgetLine._base_manager.filter(pk__in=[line.pk for line, _ in batch])
            remove_lines(new.filter(figures__isnull=True), source)


def _namings(source, pairs):
    for line, known in pairs:
        names = {name: text or known.names[name] for name, text in line.names.items()}
        if names != known.names:
            yield LineNaming(source=source, line_id=known.pk, names=names)


def _take_names(source, named):
    """New lines of a known programme take its names, unless another line has them: one for the whole just those, one of its objects
    where it has none itself."""
    units = {line.department_id for line, _ in named}
    others = BudgetLine.objects.filter(fiscal_year=source.fiscal_year, department__in=units)
    taken = {(line.department_id, *line.names.values()) for line in _lines(others)} if named else set()
    renamed = []
    for line, part in named:
        names = {
            name: (line.has_objects and getattr(line, name)) or getattr(part, name) for name in PROGRAMME
        }
        key = line.department_id, *(line.names | names).values()
        if key not in taken:
            taken.add(key)
            renamed.append(BudgetLine(pk=line.pk, **names))
    BudgetLine._base_manager.bulk_update(renamed, PROGRAMME, batch_size=500)


# What is not certain is asked.


def proposals(source: Source, known: Sequence[Known]) -> list[dict]:
    """New programmes of a draft that may be known ones: those that more than one fits, and those of a name that is like that of
    one in force that the draft lacks.

    `known` are the lines that `reconcile` left.
    """
    lines = Lines(known, {})
    new = _programmes(_lines(_only_of(source).filter(department__in=lines.departments)))
    fitting = {key: lines.of_programme(own[0]) for key, own in new.items()}
    fitting = {key: found for key, found in fitting.items() if key not in lines.by_programme}
    in_force = BudgetFigure.objects.filter(
        source__in=sources_before(source), line__in=[line.pk for line in known]
    )
    has_room = len(known) <= MOST_COMPARED
    gone = set(in_force.values_list("line", flat=True)) if fitting and has_room else set()
    left = _programmes(line for line in known if line.pk in gone)
    likely = {
        key: list({line.programme: line.pk for line in found}.values()) or _alike(key[0], new[key][0], left)
        for key, found in fitting.items()
        if found or len(new) * len(left) <= MOST_COMPARED
    }
    return [
        {"new": new[key][0].pk, "known": keys, "fits": bool(fitting[key])}
        for key, keys in likely.items()
        if keys
    ]


def _alike(department, line, left):
    """The first lines of programmes with a name like that of the line, the likeliest first."""
    beside = [others[0] for (unit, _), others in left.items() if unit == department]
    alike = sorted(((_likeness(line, other), other.pk) for other in beside), reverse=True)
    return [pk for likeness, pk in alike if likeness >= ALIKE][:PROPOSED]


def _programmes(lines):
    found = defaultdict(list)
    for line in lines:
        found[line.department_id, line.programme].append(line)
    return found


def _likeness(line: Known, other: Known) -> float:
    """Between 0 and 1; 0 where two lines cannot be the same."""
    (level, name), (other_level, other_name) = line.deepest, other.deepest
    both_coded = line.detailed_code and other.detailed_code
    of_a_kind = (line.has_objects, line.account_kind) == (other.has_objects, other.account_kind)
    if both_coded or not of_a_kind or level != other_level:
        return 0
    return SequenceMatcher(None, name, other_name).ratio()


def questions(report: dict) -> list[dict]:
    """The first proposals with their lines, as the preview asks about them."""
    asked = report.get("proposals", [])[:MOST_ASKED]
    keys = {pk for proposal in asked for pk in (proposal["new"], *proposal["known"])}
    lines = BudgetLine.objects.select_related("department").in_bulk(keys)
    return [
        {
            "field": f"{FIELD}{proposal['new']}",
            "new": lines[proposal["new"]],
            "known": {pk: _label(lines[pk]) for pk in proposal["known"] if pk in lines},
            "fits": proposal.get("fits", False),  # not in reports of earlier releases
        }
        for proposal in asked
        if proposal["new"] in lines
    ]


def _label(line):
    """A programme with what tells it from others of its name."""
    account = line.account_name or (line.account_kind and line.get_account_kind_display())
    beside = ", ".join(filter(None, [line.detailed_code, account]))
    return f"{line.programme} ({beside})" if beside else line.programme


class ProgrammeMatchError(Exception):
    """A new programme that cannot be put under the known one line by line; the message says why, in Korean."""


def same_programme(source: Source, new: int, known: int) -> None:
    """A person says that a draft's new programme, given by one of its lines, is the known one of another line.

    Raises ProgrammeMatchError where another new programme has become it already, or where two of its lines would be one.
    """
    own, others = _programmes(_lines(_only_of(source))), _programmes(_known_beside(source))
    lines: list[Known] = next((found for found in own.values() if new in _keys(found)), [])
    olds: list[Known] = next((found for found in others.values() if known in _keys(found)), [])
    fitting = [(line, old) for line in lines for old in olds if fits_objects(line, old)]
    name = quoted(lines[0].detailed or lines[0].deepest[1], "을/를") if lines else "이 사업을"
    is_divided = {line.has_objects for line in lines} == {old.has_objects for old in olds}
    if not (fitting or (lines and olds and not is_divided)):
        raise ProgrammeMatchError(
            f"{name} 잇지 못했습니다. 고른 사업의 줄이 이 파일에 이미 있거나 편성목·통계목이 서로 다릅니다. 새 사업으로 두십시오."
        )
    for side in (0, 1):
        if len({pair[side] for pair in fitting}) < len(fitting):
            raise ProgrammeMatchError(
                f"{name} 잇지 못했습니다. 두 줄이 확정된 자료의 한 줄에, 또는 한 줄이 두 줄에 맞습니다. "
                "파일에 편성목과 통계목을 적어 다시 올리거나 새 사업으로 두십시오."
            )
    put_under(source, fitting)
    matched = {line for line, _ in fitting}
    _take_names(source, [(line, olds[0]) for line in lines if line not in matched])
    ProgrammeDecision.objects.create(
        source=source, department_id=lines[0].department_id, names=lines[0].programme, line_id=known
    )


def _keys(lines):
    return {line.pk for line in lines}


def apply_namings(source: Source) -> None:
    """Lines take the names that a source in force has for them, unless another line has those names already."""
    namings = list(LineNaming.objects.filter(source=source).select_related("line"))
    if not namings:
        return
    renamed = {naming.line_id for naming in namings}
    others = BudgetLine.objects.filter(fiscal_year=source.fiscal_year).exclude(pk__in=renamed)
    taken = {(line.department_id, *line.names.values()) for line in _lines(others)}
    lines = []
    for naming in namings:
        key = (naming.line.department_id, *(naming.names[name] for name in LINE_NAMES))
        if key not in taken:
            taken.add(key)
            for name in LINE_NAMES:
                setattr(naming.line, name, naming.names[name])
            lines.append(naming.line)
    BudgetLine.objects.bulk_update(lines, LINE_NAMES, batch_size=500)
    LineNaming.objects.filter(source=source).delete()

"""The page that compares two dates: which dates, its sections, their sentences and tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from core.models import Source
from seoul_digital.lib import query_params
from seoul_digital.lib.hangul import postposition
from seoul_digital.lib.tables import Table, day

from ..assembly import assemble
from . import sentences, tables
from .changes import Counts
from .compare import Comparison, compare
from .text import TextDiff

WORDS = {"from": "앞의 날", "to": "뒤의 날"}  # the parameters, and what readers see them called
PAIRS_OFFERED = 6


@dataclass(frozen=True)
class Asked:
    """The two days, the earlier first; None where there is none to take. `error` (Korean) says what can't be read."""

    before: date | None = None
    after: date | None = None
    error: str = ""
    is_turned: bool = False


def asked_dates(parameters, snapshot) -> Asked:
    """What the query string asks for. A later day that is left open is the date read, or the first base date after the
    earlier one; an earlier day that is left open is the base date before the later one."""
    days = [query_params.asked_date(parameters.get(name, ""), word) for name, word in WORDS.items()]
    if error := next((one.error for one in days if one.error), ""):
        return Asked(error=error)
    before, after = (one.on for one in days)
    after = after or _after(before, snapshot)
    before = before or next((known for known in snapshot.base_dates if after and known < after), None)
    if before and after and before > after:
        return Asked(after, before, is_turned=True)
    return Asked(before, after)


def _after(before: date | None, snapshot) -> date | None:
    if before is None or (snapshot.as_of and before < snapshot.as_of):
        return snapshot.as_of
    return next((known for known in reversed(snapshot.base_dates) if known > before), None)


def known_pairs(snapshot) -> list[tuple[date, date]]:
    """Base dates that follow each other, the newest first, to choose from."""
    known = snapshot.base_dates
    return list(zip(known[1:], known, strict=False))[:PAIRS_OFFERED]


@dataclass(frozen=True)
class Diffs:
    """The texts of one thing that differ: a unit's duties, a project's texts, a term's definition."""

    title: str
    texts: Sequence[TextDiff]
    word: str = ""
    href: str = ""


@dataclass(frozen=True)
class Section:
    """`tables` are shown, `files` can only be downloaded, for `diffs` shows the same; `missing` says why there is nothing."""

    slug: str = ""
    title: str = ""
    sentence: str = ""
    counts: Counts | None = None
    tables: Sequence[Table] = ()
    files: Sequence[Table] = ()
    diffs: Sequence[Diffs] = ()
    notes: Sequence[str] = ()
    missing: str = ""
    days: tuple[date | None, date | None] = (None, None)

    @property
    def is_changed(self) -> bool:
        return bool(self.diffs) or any(table.rows for table in self.tables)

    @property
    def is_of_one_source(self) -> bool:
        return self.days[0] == self.days[1]


@dataclass(frozen=True)
class Page:
    """`sections` are all subjects; those in which nothing changed, or that cannot be compared, are said in `rest`."""

    comparison: Comparison
    lead: Sequence[str]
    summary: Table
    sections: Sequence[Section] = field(default_factory=list)

    @property
    def shown(self) -> list[Section]:
        return [section for section in self.sections if section.is_changed]

    @property
    def rest(self) -> list[str]:
        """What is the same at both dates, and what there is no source for."""
        same = [section.title for section in self.sections if section.counts and not section.is_changed]
        reasons = dict.fromkeys(section.missing for section in self.sections if section.missing)
        lacking = {
            reason: [section.title for section in self.sections if section.missing == reason]
            for reason in reasons
        }
        said = [f"{_listed(same)} 그대로입니다."] if same else []
        return said + [
            f"{reason} {', '.join(titles)} 자료가 없어 견주지 않았습니다."
            for reason, titles in lacking.items()
        ]

    @property
    def tables(self) -> list[Table]:
        """Every table, for download by name and for the workbook of all."""
        return [
            self.summary,
            *(table for section in self.sections for table in (*section.tables, *section.files)),
        ]


def problem(asked: Asked, snapshot) -> str:
    """Why two days can't be compared, in a sentence; empty where they can."""
    if asked.error:
        return asked.error
    if asked.before is None or asked.after is None:
        return _lacking(asked, snapshot)
    if asked.before == asked.after:
        return "같은 날을 골랐습니다. 서로 다른 두 날을 고르십시오."
    empty = [on for on in (asked.before, asked.after) if snapshot.at(on).is_empty]
    return f"{day(empty[0])} 기준으로는 자료가 없어 견줄 수 없습니다." if empty else ""


def _lacking(asked: Asked, snapshot) -> str:
    if len(snapshot.base_dates) < 2:
        return "견줄 앞선 자료가 없습니다. 기준일이 다른 자료가 둘 이상 있어야 견줄 수 있습니다."
    if asked.after is None:
        return f"기준일이 {day(asked.before)}보다 늦은 자료가 없습니다. 뒤의 날을 고르십시오."
    return f"기준일이 {day(asked.after)}보다 앞선 자료가 없습니다. 뒤의 날을 더 늦은 날로 고르십시오."


def page_of(snapshot, asked: Asked) -> Page:
    """Two reports of the snapshot's bureau, compared. There must be no `problem`."""
    before, after = (assemble(snapshot.at(on)) for on in (asked.before, asked.after))
    return page(
        compare(before, after), lambda slug: snapshot.url("projects:detail", slug, as_of=str(asked.after))
    )


def page(comparison: Comparison, project_url: Callable[[str], str]) -> Page:
    builders = {
        Source.Scope.ORGANISATION: _organisation,
        Source.Scope.STAFFING: _staffing,
        Source.Scope.DUTIES: _duties,
        Source.Scope.REVENUE: _revenue,
        Source.Scope.EXPENDITURE: _expenditure,
        Source.Scope.VISION: _vision,
        Source.Scope.PROJECTS: lambda part, dates: _projects(part, dates, project_url),
        Source.Scope.INDICATORS: _indicators,
        Source.Scope.GLOSSARY: _glossary,
    }
    sections = [_section(comparison, scope, build) for scope, build in builders.items()]
    compared = [section for section in sections if section.counts]
    rows = [
        (section.slug, section.title, section.is_changed, section.counts, section.days)
        for section in compared
    ]
    whole = tables.Dates(comparison.before.as_of, comparison.after.as_of)
    return Page(comparison, sentences.lead(comparison), tables.summary_table(rows, whole), sections)


def _section(comparison: Comparison, scope, build) -> Section:
    sources = [report.source(scope) for report in (comparison.before, comparison.after)]
    days = tuple(source and source.as_of for source in sources)
    part = getattr(comparison, str(scope))
    if part is None:
        section = Section(missing=_missing(comparison, sources))
    else:
        dates = _dates(comparison, scope, days)
        section = build(part, dates)
    return replace(
        section, slug=str(scope), title=str(scope.label), counts=part.counts if part else None, days=days
    )


def _dates(comparison: Comparison, scope, days) -> tables.Dates:
    """Facts bear their sources' dates; statuses of milestones are told on the days asked for."""
    if scope == Source.Scope.PROJECTS:
        return tables.Dates(comparison.before.as_of, comparison.after.as_of)
    return tables.Dates(*days)


def _missing(comparison: Comparison, sources) -> str:
    """On which of the days there is nothing to compare."""
    reports = (comparison.before, comparison.after)
    lacking = [day(report.as_of) for report, source in zip(reports, sources, strict=True) if source is None]
    return f"{lacking[0]} 기준으로는" if len(lacking) == 1 else "두 날을 함께 견줄"


def _listed(titles: Sequence[str]) -> str:
    return f"{', '.join(titles)}{postposition(titles[-1], ('은', '는'))}"


def _organisation(changes, dates) -> Section:
    notes = [sentences.untold(one, dates.before, dates.after) for one in changes.untold]
    stated = tables.field_table("unit-words", "원문에 적힌 말", changes.fields, dates)
    shown = [tables.unit_table(changes, dates), tables.number_table(changes, dates), stated]
    return Section(sentence=sentences.organisation(changes), tables=shown, notes=notes)


def _staffing(changes, dates) -> Section:
    return Section(
        sentence=sentences.staffing(changes),
        tables=[tables.staff_table(changes, dates), tables.series_table(changes, dates)],
    )


def _duties(changes, dates) -> Section:
    diffs = [Diffs(unit.name, [unit.diff]) for unit in changes.shown]
    file = tables.diff_table(
        "duties", "달라진 주요업무", "부서", [(unit.name, unit.diff) for unit in changes.shown], dates
    )
    return Section(sentence=sentences.counted(changes.counts), files=[file], diffs=diffs)


def _revenue(changes, dates) -> Section:
    shown = [tables.revenue_table(changes, dates), tables.corrected_table("revenue-previous", changes, dates)]
    return Section(sentence=sentences.money(changes, "세입"), tables=shown)


def _expenditure(changes, dates) -> Section:
    shown = [
        tables.expenditure_table(changes, dates),
        tables.corrected_table("expenditure-previous", changes, dates),
    ]
    return Section(sentence=sentences.money(changes, "세출"), tables=shown)


def _vision(changes, dates) -> Section:
    shown = [tables.field_table("vision", "비전·전략의 변화", changes.fields, dates)]
    return Section(sentence=sentences.counted(changes.counts), tables=shown)


def _projects(changes, dates, url_of) -> Section:
    diffs = [
        Diffs(project.title, project.diffs, project.kind.word, url_of(project.slug))
        for project in changes.shown
        if project.diffs
    ]
    shown = [
        tables.project_table(changes, dates, url_of),
        tables.project_field_table(changes, dates),
        tables.milestone_table(changes, dates),
    ]
    texts = [(project.title, diff) for project in changes.shown for diff in project.diffs]
    file = tables.diff_table("project-texts", "달라진 사업의 글", "사업", texts, dates)
    return Section(sentence=sentences.projects(changes), tables=shown, files=[file], diffs=diffs)


def _indicators(changes, dates) -> Section:
    return Section(sentence=sentences.indicators(changes), tables=[tables.indicator_table(changes, dates)])


def _glossary(changes, dates) -> Section:
    diffs = [Diffs(one.term.heading, [one.text], one.kind.word) for one in changes.shown if one.text]
    file = tables.diff_table(
        "term-texts", "달라진 뜻풀이", "용어", [(one.term.heading, one.text) for one in changes.shown], dates
    )
    return Section(
        sentence=sentences.counted(changes.counts),
        tables=[tables.term_table(changes, dates)],
        files=[file],
        diffs=diffs,
    )

"""Search entries of the projects: every word of a brief, and indicators with their figures."""

from collections.abc import Iterator
from functools import lru_cache

from core.models import Source
from core.remembered.ahead import reading
from core.search import SearchEntry, register_search_entries
from core.snapshot import Snapshot, address, cached_on_snapshot
from seoul_digital.lib.outline import parser

from . import data
from .indicators.tables import with_unit
from .indicators.tree import entries
from .models import Brief


@register_search_entries(Source.Scope.VISION, rows=[data.vision_of])
def vision_texts(snapshot: Snapshot) -> Iterator[SearchEntry]:
    words = data.vision_words(snapshot)
    if words:
        statement = " ".join(words[0][0].split())
        yield SearchEntry(
            "정책목표",
            f"정책목표 {statement}",
            address("projects:list"),
            ", ".join(name for _, name in words if name),
            scope=Source.Scope.VISION,
        )


@register_search_entries(Source.Scope.PROJECTS, rows=[data.listed_briefs, data.lines_below])
def brief_texts(snapshot: Snapshot) -> Iterator[SearchEntry]:
    for brief, words in words_of_briefs(snapshot):
        yield SearchEntry(
            "사업",
            str(brief),
            _url(brief.project),
            words,
            scope=Source.Scope.PROJECTS,
            name_english=brief.name_english,
        )


@cached_on_snapshot
@reading(data.listed_briefs, data.lines_below)
def words_of_briefs(snapshot: Snapshot) -> list[tuple[Brief, str]]:
    """Every brief with every word of it, a line a statement."""
    below = data.lines_below(snapshot)
    return [
        (brief, "\n".join(filter(None, _words(brief, below.get(brief.pk, ())))))
        for brief in data.listed_briefs(snapshot)
    ]


def _words(brief, below):
    yield brief.title_in_vision
    yield brief.strategy.name if brief.strategy else ""
    yield brief.lead_department.name
    yield brief.purpose
    yield from map(_plain, (brief.overview, brief.achievements))
    yield f"사업예산 {brief.budget_printed}" if brief.budget_printed else ""
    for kind, first, second, third in below:
        if kind == data.MILESTONE:
            yield f"{first} {second}".strip()
            yield _plain(third)
        else:
            yield f"{first} {second} {third}".strip()


@lru_cache(1_024)
def _plain(text):
    return parser.plain_text(parser.parse(text))


@register_search_entries(Source.Scope.INDICATORS, rows=[data.statements_by_model])
def indicator_texts(snapshot: Snapshot) -> Iterator[SearchEntry]:
    """Their measurements; targets are words of the briefs, where they are found."""
    sources = snapshot.sources_of(Source.Scope.INDICATORS)
    for root in entries(data.statements_by_model(snapshot)[0], [], sources):
        for entry, _ in root.walk():
            project = entry.indicator.project
            url = _url(project) if project else address("projects:indicators")
            body = ", ".join([*map(_figure(entry), reversed(entry.series)), *_above(entry)])
            yield SearchEntry(
                "지표", entry.indicator.name, url, body, shows_body=True, scope=Source.Scope.INDICATORS
            )


def _figure(entry):
    """A function that writes a statement with unit, time and place: `28,006대 (’22.7.1., 추진실적 표)`."""

    def written(statement):
        value = with_unit(statement.printed, entry.indicator.unit)
        return f"{value} ({', '.join(filter(None, [statement.when, *statement.places]))})"

    return written


def _above(entry):
    """The indicator that it stands under, with its newest value."""
    parent = entry.parent
    if parent:
        value = f" {_figure(parent)(parent.latest)}" if parent.latest else ""
        yield f"위 지표 {parent.indicator.name}{value}"


def _url(project):
    return address("projects:detail", project.slug)

"""Integrity of the glossary: page references exist, and terms are used."""

from collections.abc import Iterator
from functools import reduce

from core import integrity
from core.integrity import Level
from core.mentions.states import read_rows
from core.models import Source
from core.search import search_entries
from core.snapshot import Snapshot, address
from seoul_digital.lib import hangul
from seoul_digital.lib.hangul import quoted
from seoul_digital.lib.number_parsing import number_in

from .entries import definitions
from .index import usage
from .linking import Finder, LinkedTerm
from .models import Definition

A_SLIP = (1, 2)  # letters of a heading that belong to no name of its term


@integrity.register_check("glossary", scope=Source.Scope.GLOSSARY, rows=[definitions])
def pages(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    for definition in definitions(snapshot):
        about = {"subject": definition.heading, "url": _url(definition)}
        yield integrity.condition_holds(
            definition.page is not None,
            otherwise=Level.WARNING,
            id=f"term.page/{definition.term.slug}",
            formula="용어에는 업무보고의 쪽이 적혀 있다",
            hint="용어가 나오는 쪽을 적으십시오.",
            **about,
        )
        if definition.page is not None and definition.page_printed:
            yield integrity.condition_holds(
                number_in(definition.page_printed) == definition.page,
                id=f"term.page-printed/{definition.term.slug}",
                formula=f"저장한 쪽 = 원문 표기 ‘{definition.page_printed}’",
                printed=number_in(definition.page_printed),
                computed=definition.page,
                names=integrity.STORED,
                hint="원문 표기와 쪽을 함께 고치십시오.",
                **about,
            )


@integrity.register_check("glossary", scope=Source.Scope.GLOSSARY, rows=[definitions])
def headings(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """A heading as it is printed has the term, its English name and its abbreviation."""
    for definition in definitions(snapshot):
        term, heading = definition.term, hangul.fold(definition.heading)
        names = [name for name in (term.name, term.english, term.abbreviation) if name]
        missing = [name for name in names if hangul.fold(name) not in heading]
        left = reduce(lambda text, name: text.replace(name, "", 1), map(hangul.fold, names), heading)
        yield integrity.condition_holds(
            not missing and len(left) not in A_SLIP,
            otherwise=Level.WARNING,
            id=f"term.heading/{term.slug}",
            subject=definition.heading,
            formula=f"표제에 용어 {quoted(term.name, '과/와')} 그 영문·약어가 있다",
            hint=f"{quoted(', '.join(missing) or left, '을/를')} 확인하고 표제와 용어를 함께 고치십시오.",
            url=_url(definition),
        )


@integrity.register_check("glossary", rows=[definitions])
def used(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """Every term is used by another text."""
    in_force = definitions(snapshot)
    unused = _unused(in_force, snapshot)
    for definition in in_force:
        yield integrity.condition_holds(
            definition.term.slug not in unused,
            otherwise=Level.WARNING,
            id=f"term.used/{definition.term.slug}",
            subject=definition.heading,
            formula="용어는 보고서의 다른 글에 쓰인다",
            hint="다른 표기를 더하거나 용어를 빼십시오.",
            url=_url(definition),
        )


def _unused(in_force: list[Definition], snapshot: Snapshot) -> set[str]:
    """The slugs of terms without a use: the texts that are read already come first, all others only for terms that these have not."""
    terms = [
        LinkedTerm(
            definition.term.slug, definition.term.name, definition.term.written_forms, url=_url(definition)
        )
        for definition in in_force
    ]
    finder, left = Finder(terms), {term.slug for term in terms}
    for row in read_rows(snapshot) if terms else ():
        own = row.term.slug if isinstance(row, Definition) else ""
        for text in row.mentioned_texts.values() if left and not isinstance(row, Source) else ():
            left -= {term.slug for _start, _end, term in finder.find(text)} - {own}
    uses = usage(terms, search_entries(snapshot), {}) if left else {}
    return {slug for slug in left if not uses[slug]}


def _url(definition: Definition) -> str:
    return f"{address('glossary:list')}#term-{definition.term.slug}"

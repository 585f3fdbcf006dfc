"""Integrity across the apps: the figures of the indicators stand in the texts that they are taken from."""

from collections import defaultdict
from dataclasses import replace

from core import integrity
from core.integrity import Level
from core.mentions.findings import mention_findings
from core.mentions.states import State, states
from core.models import Source
from core.snapshot import address
from glossary.entries import definitions
from projects.checks import place_of, statement_key
from projects.data import statements_of
from projects.search import words_of_briefs
from seoul_digital.lib import hangul
from seoul_digital.lib.hangul import quoted
from seoul_digital.lib.number_tokens import agrees, number_tokens, same_unit

from .text_size import MOST, size_of

OUT_OF_ORDER = (
    2  # others that a page is out of order with; with one alone it may be the other's that is wrong
)


@integrity.register_check(
    "reports", Source.Scope.PROJECTS, Source.Scope.GLOSSARY, rows=[words_of_briefs, definitions]
)
def size_of_texts(snapshot):
    """Whoever writes more than documents are made of is told at once; within it there is nothing to say."""
    words = [text for _, text in words_of_briefs(snapshot)]
    tables = [text for brief, _ in words_of_briefs(snapshot) for text in (brief.overview, brief.achievements)]
    defined = [definition.text for definition in definitions(snapshot)]
    size = replace(size_of([*words, *defined]), cells=size_of([*tables, *defined]).cells)
    if not size.within(MOST):
        yield integrity.condition_holds(
            False,
            id="text.size",
            subject="보고서의 글",
            formula=f"사업과 용어의 글은 모두 {MOST}까지다",
            hint=f"지금 {size}입니다. 넘으면 문서를 만들지 않으니 글과 표를 줄이십시오.",
        )


@integrity.register_check("reports")
def numbers_in_texts(snapshot):
    """Whoever changes a figure is told of the texts that still say the old one."""
    yield from mention_findings(snapshot)


@integrity.register_check("reports", rows=[words_of_briefs, definitions, statements_of])
def figures_in_texts(snapshot):
    """Whoever corrects a figure in a text and not in its indicator, or the other way round, is told."""
    texts = list(words_of_briefs(snapshot))
    words = {brief.project_id: hangul.fold(text) for brief, text in texts}
    leads = {brief.project_id: brief.lead_department.slug for brief, _ in texts}
    terms = hangul.fold("\n".join(definition.text for definition in definitions(snapshot)))
    bound = _bound_numbers(snapshot)
    for statement in statements_of(snapshot):
        own = words.get(statement.indicator.project_id, "")
        if not (own or terms):
            continue
        printed = hangul.fold(statement.printed)
        yield integrity.condition_holds(
            printed in own or printed in terms or _states_otherwise(statement, bound),
            otherwise=Level.WARNING,
            id=f"indicator.in-text/{statement_key(statement)}",
            subject=str(statement.indicator),
            formula=f"원문 표기 {quoted(statement.printed, '이/가')} 사업이나 용어의 글에 있다",
            hint="글과 지표 가운데 하나만 고쳐졌는지 확인하십시오.",
            unit=statement.indicator.unit,
            department=leads.get(statement.indicator.project_id, ""),
            url=place_of(statement.indicator),
        )
        when = getattr(statement, "measured_printed", "")
        if when:
            yield integrity.condition_holds(
                hangul.fold(when) in own or hangul.fold(when) in terms,
                otherwise=Level.WARNING,
                id=f"indicator.when-in-text/{statement_key(statement)}",
                subject=str(statement.indicator),
                formula=f"값의 때 {quoted(when, '이/가')} 사업이나 용어의 글에 있다",
                hint="글과 값의 때 가운데 하나만 고쳐졌는지 확인하십시오.",
                department=leads.get(statement.indicator.project_id, ""),
                url=place_of(statement.indicator),
            )


def _states_otherwise(statement, bound):
    """Whether a text states the value, in the same unit, in another notation: 2만8,006대 of 28,006대."""
    own = next(iter(number_tokens(statement.printed)), None)
    return own is not None and any(
        same_unit(token.unit, own.unit) and agrees(token, statement.value)
        for token in bound.get(statement.indicator.slug, ())
    )


def _bound_numbers(snapshot):
    """By the slug of an indicator the numbers of texts that state a value of it."""
    found = defaultdict(list)
    for text in states(snapshot):
        for state in text.tokens:
            kind, _, key = state.identity.partition(":")
            if state.state is State.BOUND and kind in ("measurement", "target"):
                found[key.partition("@")[0].partition("/")[0]].append(state.token)
    return found


@integrity.register_check(
    "reports", Source.Scope.PROJECTS, Source.Scope.GLOSSARY, rows=[words_of_briefs, definitions]
)
def pages_of_terms(snapshot):
    """A term that one project alone uses is read on a later page than those of the projects before it."""
    texts = [(brief.number, hangul.fold(text)) for brief, text in words_of_briefs(snapshot)]
    placed = []
    for definition in definitions(snapshot) if texts else ():
        forms = [hangul.fold(form) for form in definition.term.written_forms]
        numbers = [number for number, text in texts if any(form in text for form in forms)]
        if definition.page is not None and len(numbers) == 1:
            placed.append((numbers[0], definition.page, definition))
    for number, page, definition in placed:
        against = [
            other
            for other, its_page, _ in placed
            if (other < number and its_page > page) or (other > number and its_page < page)
        ]
        yield integrity.condition_holds(
            len(against) < OUT_OF_ORDER,
            otherwise=Level.WARNING,
            id=f"term.order/{definition.term.slug}",
            subject=definition.heading,
            formula=f"‘{number}.’ 사업에만 쓰인 용어의 쪽({page})은 사업의 차례를 따른다",
            hint="용어의 쪽이 잘못 적혔는지 확인하십시오.",
            url=f"{address('glossary:list')}#term-{definition.term.slug}",
        )

"""Integrity across the apps: the figures of the indicators stand in the texts that they are taken from."""

from dataclasses import replace

from core import integrity
from core.integrity import Level
from core.mentions.findings import mention_findings
from glossary.entries import definitions
from projects.checks import place_of, statement_key
from projects.data import statements_of
from projects.search import words_of_briefs
from seoul_digital.lib import hangul
from seoul_digital.lib.hangul import quoted

from .text_size import MOST, size_of


@integrity.register_check("reports", reads=("projects", "glossary"))
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


@integrity.register_check("reports", reads=("departments", "budgets", "projects", "glossary"))
def numbers_in_texts(snapshot):
    """Whoever changes a figure is told of the texts that still say the old one."""
    yield from mention_findings(snapshot)


@integrity.register_check("reports", reads=("projects", "glossary"))
def figures_in_texts(snapshot):
    """Whoever corrects a figure in a text and not in its indicator, or the other way round, is told."""
    texts = list(words_of_briefs(snapshot))
    words = {brief.project_id: hangul.fold(text) for brief, text in texts}
    leads = {brief.project_id: brief.lead_department.slug for brief, _ in texts}
    terms = hangul.fold("\n".join(definition.text for definition in definitions(snapshot)))
    for statement in statements_of(snapshot):
        own = words.get(statement.indicator.project_id, "")
        if not (own or terms):
            continue
        printed = hangul.fold(statement.printed)
        yield integrity.condition_holds(
            printed in own or printed in terms,
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

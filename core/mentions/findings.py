"""What the numbers of texts say, held against the facts that they are bound to, as findings of integrity."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from seoul_digital.lib.hangul import quoted, with_particle

from ..integrity import Finding, Level, number_text
from ..models import Source
from ..page_links import numbers_url, pages_showing, source_reached
from ..snapshot import Snapshot
from .states import State, TextState, TokenState, states, text_key

TEXT, FACT = "글의 값", "자료의 값"


def mention_findings(snapshot: Snapshot) -> Iterator[Finding]:
    """A finding for each number that its fact contradicts, and one for each text: whether all of its numbers are accounted for."""
    for text in states(snapshot):
        source = source_reached(text.row)
        for token in text.tokens:
            if token.state == State.STALE:
                yield _stale(text, token, source, snapshot)
        yield _accounted(text, source, snapshot)


def _stale(text: TextState, token: TokenState, source: Source | None, snapshot: Snapshot) -> Finding:
    _, number, unit, nth = token.place
    label = token.fact.label if token.fact else "셈한 값"
    is_exact = not (token.token.approximate or (token.mention and token.mention.rounded))
    is_number = isinstance(token.value, Decimal) and not token.token.is_date
    in_data = ""
    if not is_number:
        value: Any = token.value
        shown = number_text(value) if isinstance(value, Decimal) else value.printed()
        in_data = f" (자료에는 {quoted(shown, '이라고/라고')} 적혀 있다)"
    new = f" 글에는 {quoted(token.offered, '이라고/라고')} 적습니다." if token.offered else ""
    return Finding(
        id=f"mention.stale/{text_key(text.row, text.field)}/{number}{unit}/{nth}",
        level=Level.ERROR if is_exact else Level.WARNING,
        subject=f"{text.title[:60]} {text.label}",
        formula=f"글의 {quoted(token.token.printed, '이/가')} 자료의 {quoted(label, '과/와')} 같다" + in_data,
        printed=token.token.value if is_number else None,
        computed=token.value if is_number else None,
        unit=unit if is_number else "",
        names=(TEXT, FACT),
        hint=f"자료가 바뀌었으면 글을, 글이 맞으면 자료를 고치십시오.{new}",
        department=text.department,
        url=_url(text, source, snapshot),
        scope=source.scope if source else "",
    )


def _accounted(text: TextState, source: Source | None, snapshot: Snapshot) -> Finding:
    """In a draft a warning: nobody has said yet what the numbers state."""
    unbound = [token.token.printed for token in text.tokens if token.state == State.UNBOUND]
    lost = [mention.words for mention in text.lost]
    is_draft = source is not None and source.state == Source.State.DRAFT
    parts = [
        f"{name} {len(found)}개({', '.join(found[:3])}{' …' if len(found) > 3 else ''})"
        for name, found in (("확인하지 않은 수", unbound), ("글에서 없어진 수", lost))
        if found
    ]
    asked = Level.WARNING if is_draft else Level.INFO
    return Finding(
        id=f"mention.unbound/{text_key(text.row, text.field)}",
        level=asked if parts else Level.HOLDS,
        subject=f"{text.title[:60]} {text.label}",
        formula="글의 수와 날짜가 무엇을 말하는지 모두 확인했다",
        hint=f"{with_particle(', '.join(parts), '을/를')} 확인하십시오." if parts else "",
        department=text.department,
        url=_url(text, source, snapshot),
        scope=source.scope if source else "",
    )


def _url(text: TextState, source: Source | None, snapshot: Snapshot) -> str:
    """Where the text's numbers are decided on, at the text; where none is to be, the page that shows it."""
    if source is None or not text.is_asked:
        pages = pages_showing(text.row, snapshot)
        return pages[0][1] if pages else ""
    return f"{numbers_url(source, text.row)}#{text.row._meta.label_lower}.{text.row.pk}.{text.field}"

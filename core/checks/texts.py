"""Integrity of texts as they are written: no line twice, no bracket left open."""

import re
from collections.abc import Iterator
from functools import lru_cache

from seoul_digital.lib.fields import OutlineField
from seoul_digital.lib.hangul import fold

from .. import integrity
from ..integrity import Level
from ..mentions.states import read_rows, text_key
from ..page_links import findings_url, source_reached
from ..snapshot import Snapshot

MARKED = re.compile(r"\s*(ㅇ\s|[^\w\s|(\[‘“「｢])")  # an item; rows of a table may be alike
SHORTEST = 4  # letters of a line
OPEN = "여는 ‘{}’ 수와 닫는 ‘{}’ 수가 다릅니다. 빠진 글이 있는지 확인하십시오."
BRACKETS = ("()", "[]", "「」", "｢｣", "“”")


@integrity.register_check("core", of_each_scope=True)
def writing(snapshot: Snapshot, scope: str) -> Iterator[integrity.Finding]:
    """What broke off or was pasted twice leaves a bracket open or a line twice."""
    for row in read_rows(snapshot):
        source = source_reached(row)
        if source is None or source.scope != scope:
            continue
        for name in row.mention_fields:
            is_outline = isinstance(row._meta.get_field(name), OutlineField)
            for kind, (words, lines) in _problems(getattr(row, name), is_outline):
                if lines:
                    yield integrity.condition_holds(
                        False,
                        otherwise=Level.WARNING,
                        id=f"text.{kind}/{text_key(row, name)}",
                        subject=f"{str(row)[:60]} {row._meta.get_field(name).verbose_name}",
                        formula=_FORMULAS[kind],
                        hint=words,
                        particulars="\n".join(lines),
                        department=getattr(row, "unit_slug", ""),
                        scope=scope,
                        url=findings_url(source),
                    )


_FORMULAS = {"twice": "글에 같은 줄을 두 번 적지 않는다", "brackets": "글의 괄호는 모두 닫혀 있다"}


@lru_cache(1_024)
def _problems(text: str, is_outline: bool) -> tuple[tuple[str, tuple[str, list[str]]], ...]:
    """Most texts are read again and again as they were."""
    return ("twice", _twice(text, is_outline)), ("brackets", _open(text))


def _twice(text: str, is_outline: bool) -> tuple[str, list[str]]:
    """What to do, and the lines; of an outline its items."""
    seen: set[str] = set()
    again = []
    for line in text.splitlines():
        folded = fold(line)
        if (not is_outline or MARKED.match(line)) and len(folded) >= SHORTEST:
            if folded in seen:
                again.append(line.strip())
            seen.add(folded)
    return (f"‘{again[0][:60]}’ 줄이 두 번 있습니다. 하나를 지우십시오." if again else "", again)


def _open(text: str) -> tuple[str, list[str]]:
    """The same of brackets: every line that opens and closes unequally many of a pair, for a pair may go over several."""
    pairs = [pair for pair in BRACKETS if text.count(pair[0]) != text.count(pair[1])]
    lines = [
        line.strip()
        for line in text.splitlines()
        if any(line.count(pair[0]) != line.count(pair[1]) for pair in pairs)
    ]
    return (OPEN.format(*pairs[0]) if pairs else "", lines)

"""No parser of what people type is slow on, or broken by, the longest text that it may get (20,000 characters)."""

import time
from contextlib import suppress
from itertools import islice
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from core.mentions.alignment import renewed
from core.mentions.states import context_of
from departments.accounts import passwords
from glossary.linking import Finder, LinkedTerm
from seoul_digital.lib import (
    amounts,
    hangul,
    money_units,
    number_parsing,
    number_tokens,
    periods,
    query_params,
)
from seoul_digital.lib.outline import html, parser
from seoul_digital.lib.outline.errors import MAX_CHARACTERS, MAX_LINES, OutlineError

FINDER = Finder(
    [LinkedTerm(form, form, (form,)) for form in ("공공와이파이", "AP", "가 나", "a" + " " * 30 + "b")]
)
QUERY = hangul.Query("ㄱㄴ 가나 é漢")
ROW = SimpleNamespace(_meta=SimpleNamespace(fields=()), natural_key=lambda: ("a",))
PARSERS = {
    "outline": lambda text: html.render(parser.parse(text)),
    "outline as text": lambda text: parser.print_text(parser.parse(text)),
    "folded": hangul.fold,
    "initials": hangul.initials,
    "romanised": hangul.romanised,
    "stems": hangul.stems,
    "particle": lambda text: hangul.with_particle(text, "을/를"),
    "query": hangul.Query,
    "search": lambda text: QUERY.matches(text, text),
    "snippet": lambda text: hangul.snippet(text, QUERY),
    "amount": amounts.parse,
    "number": number_parsing.number_in,
    "date": periods.iso_text,
    "full date": periods.full_text,
    "part of a date": periods.PartialDate.parse,
    "as-of date": query_params.asked_date,
    "terms": lambda text: list(FINDER.find(text)),
    "numbers": number_tokens.number_tokens,
    "mentions": lambda text: renewed({"text": f"{text} 1대"}, [{"field": "text", "number": "1"}], {"text": text}),
    "context of numbers": lambda text: [context_of(ROW, text, token) for token in number_tokens.number_tokens(text)],
    "unit": money_units.money_unit,
    "password": passwords.ContextWordValidator().validate,
}  # fmt: skip
PIECES = [
    "1", "9,", "1.", "1/", "-", "△", "ㅇ ", "○ \n", "가", "가나다 ", "é", "漢", "あ", "[표] (단위:", "(단위:", "|", "||\n", "| a | b |\n", "|-|",
    "1. \n", "①", "※", "\n", "\t", " ", "\r\n", "[", "2022.", "2022-", "~", "20만", "만", "1만", "*", " - ", "\xa0", "\u200b", "가\n  나\n", "ㄱ",
    "０", "²", "<", "&lt;", "\\", "억", "1십", "%",
]  # fmt: skip
SECONDS = 2.0  # of a processor that others share; the slowest takes 0.4 alone, what is quadratic takes tens


@pytest.mark.parametrize("nth", [4, pytest.param(1, marks=pytest.mark.thorough)])
@pytest.mark.parametrize(("number", "name"), [*enumerate(PARSERS)], ids=str)
def test_no_parser_is_slow_or_broken(number, name, nth):
    """Each fourth of the texts, another for each parser; in the thorough runs all."""
    slow = []
    for text in islice(texts(), number % nth, None, nth):
        begun = time.process_time()
        with suppress(OutlineError, ValueError, ValidationError):
            PARSERS[name](text)
        if time.process_time() - begun > SECONDS:
            slow.append(text[:20])
    assert slow == []


def texts():
    """As long as a text may be: in one line, and in as many as it may have."""
    for piece in PIECES:
        for end in ("", "\1"):
            yield (piece * MAX_CHARACTERS)[: MAX_CHARACTERS - len(end)] + end
        yield "\n".join([(piece.replace("\n", " ") * 40)[:39]] * MAX_LINES)


def test_a_text_beyond_the_limit_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(parser, "lines_of", None)
    with pytest.raises(OutlineError):
        parser.parse("가" * (MAX_CHARACTERS + 1))

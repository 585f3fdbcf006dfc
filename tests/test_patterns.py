"""No expression of the product backtracks: a text ten times as long costs about ten times as much.

A regular expression holds the interpreter, so that one of quadratic cost lets a small request stop a worker. Every
expression is collected, module by module, and fed long runs and near misses made of its own alphabet.
"""

import ast
import importlib
import pkgutil
import re
import signal
import time
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from re import _constants as sre
from re import _parser as sre_parser

import pytest

from glossary.linking import Entry, Finder
from seoul_digital.lib import hangul

PRODUCT = ("seoul_digital", "core", "departments", "budgets", "projects", "glossary", "reports", "dashboard")
ROOT = Path(__file__).parent.parent
SHORT, LONG = 10_000, 100_000
GROWTH = 15
AT_ONCE = 0.008  # seconds for the short text; at quadratic cost it takes more
LIMIT = 1.5  # seconds of the processor, for what would never end
TOKENS = ("éa", "aé", "Ж漢あ", "ㄱㄴ", "공공와이파이에서는", "é" * 40)
FORMS = ("a" + " " * 30 + "b", "가" + "·" * 30 + "나", "a · - b", "· a ·", "S-Map", "AP")


def modules():
    for name in PRODUCT:
        package = importlib.import_module(name)
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            if ".migrations" not in found.name and not found.name.endswith(
                ("asgi", "wsgi", "child", "__main__")
            ):
                yield importlib.import_module(found.name)


def written_in_calls(module):
    """Expressions that are not compiled ahead: `re.sub("…", …)`."""
    for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and getattr(getattr(node.func, "value", None), "id", "") == "re"
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield re.compile(node.args[0].value)


def collected():
    found = {}
    for module in modules():
        if module.__file__:
            for pattern in (*vars(module).values(), *written_in_calls(module)):
                if isinstance(pattern, re.Pattern):
                    found[pattern] = module.__name__
    found |= {re.compile(hangul.pattern(token), re.IGNORECASE): "hangul.pattern" for token in TOKENS}
    finder = Finder([Entry(form, form, (form,)) for form in FORMS])
    return found | {finder._pattern: "glossary.Finder"}


def pieces(tree):
    """Characters that the parts of an expression take, a few of each, in its order."""
    for operation, argument in tree:
        if operation in (sre.LITERAL, sre.NOT_LITERAL):
            yield chr(argument + (operation is sre.NOT_LITERAL))
        elif operation is sre.ANY:
            yield "x"
        elif operation is sre.IN:
            yield from islice(members(argument), 3)
        else:
            yield from pieces_within(argument)


def pieces_within(argument):
    """Of groups, repeats and branches, however their parts are nested."""
    if isinstance(argument, sre_parser.SubPattern):
        yield from pieces(argument)
    elif isinstance(argument, tuple | list):
        for part in argument:
            yield from pieces_within(part)


SAMPLES = {
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_SPACE: "b",
    sre.CATEGORY_NOT_DIGIT: "c",
    sre.CATEGORY_NOT_WORD: "-",
}


def members(parts):
    excluded = [argument for operation, argument in parts if operation is not sre.NEGATE]
    if len(excluded) < len(parts):
        yield from (
            sign for sign in ' ="-.a<(é' if not re.match(re.escape(sign), "".join(in_class(parts[1:])))
        )
        return
    yield from in_class(parts)


def in_class(parts):
    for operation, argument in parts:
        match operation:
            case sre.LITERAL:
                yield chr(argument)
            case sre.RANGE:
                yield chr(argument[0])
            case sre.CATEGORY:
                yield SAMPLES[argument]


def hostile(pattern):
    """Runs of each character and of the whole, of beginnings of a match, and beginnings with a long run behind them."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    signs = list(islice(pieces(sre_parser.parse(source)), 60))
    alphabet = list(dict.fromkeys([*signs, " ", "\n"]))
    whole = "".join(signs)
    beginnings = dict.fromkeys(whole[:length] for length in (1, 2, 3, 4, 6, 8, 12, 20, 40))
    yield from alphabet
    yield from beginnings
    for sign in alphabet:
        yield f"\0{whole[:8]}{sign}"
        yield f"{alphabet[0]}{sign}"
    for beginning in list(beginnings)[:6]:
        yield from (f"{beginning}\0{sign}" for sign in alphabet)


def grown(piece, size):
    """`a\\0b` is `a` once with `b` behind it, many times; without a NUL the whole is repeated. The end fits nothing."""
    head, once, tail = piece.partition("\0")
    return (
        head + tail * (size // len(tail)) if once and tail else piece * (size // max(len(piece), 1))
    ) + "\1"


@contextmanager
def limited():
    def stop(*_):
        raise TimeoutError

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def cost(use, text, runs=1):
    """The least processor time of some runs."""
    times = []
    for _ in range(runs):
        begun = time.process_time()
        use(text)
        times.append(time.process_time() - begun)
    return min(times)


def slow(pattern):
    """What it is slow on, three times over: a busy machine makes anything slow once."""
    for piece in dict.fromkeys(hostile(pattern)):
        for use in (pattern.findall, pattern.fullmatch):
            texts = [grown(piece, size) for size in (40, SHORT, LONG)]
            if isinstance(pattern.pattern, bytes):
                texts = [text.encode() for text in texts]
            if all(grows(use, *texts) for _ in range(3)):
                return f"{piece!r} grows more than {GROWTH} times, or takes longer than {LIMIT} s"
    return ""


def grows(use, tiny, short, long):
    try:
        with limited():
            if cost(use, tiny) + cost(use, short) < AT_ONCE:
                return False
            return cost(use, long, 3) > GROWTH * cost(use, short, 3)
    except TimeoutError:
        return True


def test_every_expression_grows_with_its_text():
    patterns = collected()
    assert len(patterns) > 70
    found = {f"{module}: {pattern.pattern!r}": slow(pattern) for pattern, module in patterns.items()}
    assert {name: why for name, why in found.items() if why} == {}


@pytest.mark.parametrize(
    "expression", [r"\s*\(x", r"(.*?)\(단위:(.+)\)", r"(a|aa)+$", r"(é[^a]*){9}z", r'<c\s[^>]*r="1"']
)
def test_the_search_finds_what_backtracks(expression):
    assert slow(re.compile(expression))

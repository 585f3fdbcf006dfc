"""No expression of the product backtracks: a text ten times as long costs about ten times as much.

A regular expression holds the interpreter, so that one of quadratic cost lets a small request stop a worker. Every
expression is collected, module by module, and fed long runs and near misses made of its own alphabet.
"""

import ast
import importlib
import pkgutil
import re
import signal
import sys
import time
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from re import _constants as sre
from re import _parser as sre_parser
from types import FunctionType, MappingProxyType

import pytest
from django.apps import apps
from django.urls.resolvers import RoutePattern

from budgets.imports.sandbox import plain_rows
from glossary.linking import Finder, LinkedTerm
from seoul_digital.lib import hangul
from seoul_digital.server.incoming import LONGEST_LINE
from tests.samples import each
from tests.test_pages import ROUTES

PRODUCT = ("seoul_digital", "core", "departments", "budgets", "projects", "glossary", "reports", "dashboard")
ROOT = Path(__file__).parent.parent
SHORT, LONG = 10_000, 100_000
GROWTH = 15
AT_ONCE = 0.008  # seconds for the short text; at quadratic cost it takes more
LIMIT = 2  # seconds of the processor, for what would never end; a busy machine takes several times what an idle one does
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


@cache
def tree_of(file):
    return ast.parse(Path(file).read_text(encoding="utf-8"))


def written_in_calls(module):
    """Expressions that are not compiled ahead: `re.sub("…", …)`."""
    for node in ast.walk(tree_of(module.__file__)):
        if (
            isinstance(node, ast.Call)
            and getattr(getattr(node.func, "value", None), "id", "") == "re"
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield re.compile(node.args[0].value)


def held(value, depth=3):
    """Expressions in a module's value: itself, in what classes and containers hold, in what functions default to."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict | MappingProxyType):
        yield from (found for part in value.values() for found in held(part, depth - 1))
    elif depth and isinstance(value, list | tuple | set | frozenset):
        yield from (found for part in value for found in held(part, depth - 1))
    elif depth and isinstance(value, type) and value.__module__.startswith(PRODUCT):
        yield from held(vars(value), depth - 1)
    elif isinstance(value, FunctionType) and depth:
        yield from held([value.__defaults__, value.__kwdefaults__], depth - 1)


def validators():
    """Of every field of our models and of the users' forms: expressions of Django that read what people type."""
    fields = (
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if hasattr(field, "validators")
    )
    for field in fields:
        for validator in field.validators:
            for name in ("regex", "user_regex", "domain_regex"):
                if hasattr(validator, name):
                    yield re.compile(getattr(validator, name).pattern, getattr(validator, name).flags)


def addresses():
    """One route of each form: what stands between the arguments is plain text."""
    shapes = {}
    for _, route, pattern in ROUTES:
        shape = tuple(type(converter).__name__ for converter in pattern.pattern.converters.values())
        shapes.setdefault(
            shape, re.compile(RoutePattern(route.replace("(?P<url>.*)$", "<path:url>")).regex.pattern)
        )
    return shapes.values()


LITERAL = re.compile(
    r"(?<=[(,=!:&|?\s])/((?![*/\s])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)/[a-z]*(?=[.,;)\s])"
)


def of_scripts():
    """Literals in our scripts, as Python reads them."""
    for path in (ROOT / "static" / "js").glob("*.js"):
        for found in LITERAL.findall(path.read_text(encoding="utf-8")):
            yield re.compile(found.replace("(?<", "(?P<") if re.search(r"\(\?<[a-z]", found) else found)


@cache
def collected():
    found = {}
    for module in modules():
        if module.__file__:
            for pattern in (
                *(one for value in vars(module).values() for one in held(value)),
                *written_in_calls(module),
            ):
                found[pattern] = module.__name__
    found |= {re.compile(hangul.pattern(token), re.IGNORECASE): "hangul.pattern" for token in TOKENS}
    found |= dict.fromkeys(validators(), "validators")
    found |= dict.fromkeys(of_scripts(), "scripts")
    found[re.compile(f"{'0f' * 16}-([a-z]+)-".encode())] = "core.remembered.pages"
    columns = tuple(
        (plain_rows.COLUMNS[at], kind, b' t="%s"' % kind.encode())
        for at, kind in enumerate(plain_rows.VALUES)
    )
    styles = plain_rows.Styles(frozenset({b"1"}), frozenset({b"2"}))
    for is_exact in (True, False):
        row = plain_rows._pattern(columns, styles, has_formulas=True, is_exact=is_exact)
        found[row] = "budgets.imports.sandbox.plain_rows"
    finder = Finder([LinkedTerm(form, form, (form,)) for form in FORMS])
    return found | {finder._pattern: "glossary.Finder"}


def test_the_collection_reaches_every_kind():
    sources = set(collected().values())
    assert {"validators", "scripts", "hangul.pattern", "glossary.Finder"} <= sources
    assert {"seoul_digital.logs", "seoul_digital.request_validation"} <= sources
    assert len([*of_scripts()]) >= 4


def test_every_expression_that_is_compiled_while_running_is_known():
    """What a call makes of a variable is not found in a module; each stands in `collected` by a sample of it."""
    made = set()
    for module in modules():
        if module.__file__:
            made |= {f"{module.__name__}.{name}" for name in compiling_functions(module)}
    assert made == {
        "glossary.linking.__init__",
        "core.remembered.pages._made",
        "budgets.imports.sandbox.plain_rows._pattern",
    }


def compiling_functions(module):
    """Functions that call `re` with an expression which is no literal."""
    for function in ast.walk(tree_of(module.__file__)):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if (
                    isinstance(node, ast.Call)
                    and getattr(getattr(node.func, "value", None), "id", "") == "re"
                    and node.func.attr != "escape"
                    and not isinstance(node.args[0], ast.Constant)
                ):
                    yield function.name


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
        tiny, short = (text_of(pattern, piece, size) for size in (40, SHORT))
        for use in (pattern.findall, pattern.fullmatch):
            if all(grows(use, tiny, short, lambda: text_of(pattern, piece, LONG)) for _ in range(3)):  # noqa: B023
                return f"{piece!r} grows more than {GROWTH} times, or takes longer than {LIMIT} s"
    return ""


def text_of(pattern, piece, size):
    text = grown(piece, size)
    return text if isinstance(pattern.pattern, str) else text.encode()


def grows(use, tiny, short, make_long):
    try:
        with limited():
            if cost(use, tiny) + cost(use, short) < AT_ONCE:
                return False
            return cost(use, make_long(), 3) > GROWTH * cost(use, short, 3)
    except TimeoutError:
        return True


def test_every_expression_grows_with_its_text():
    patterns = collected()
    assert len(patterns) > 70
    found = {f"{module}: {pattern.pattern!r}": slow(pattern) for pattern, module in patterns.items()}
    assert {name: why for name, why in found.items() if why} == {}


def test_no_address_that_the_server_takes_is_slow_to_resolve():
    """Django's own route to an object by its type is quadratic; the server takes no longer line than this."""
    slow_routes = [
        (pattern.pattern, piece)
        for pattern in addresses()
        for piece in ("/", "a/", "1/", "-", pattern.pattern.partition("(")[0].lstrip("^"))
        if cost(
            pattern.search,
            (pattern.pattern.partition("(")[0].lstrip("^") + piece * LONGEST_LINE)[:LONGEST_LINE],
            3,
        )
        > 0.05
    ]
    assert slow_routes == []


@pytest.mark.parametrize(
    "expression", each(3, [r"\s*\(x", r"(.*?)\(단위:(.+)\)", r"(a|aa)+$", r"(é[^a]*){9}z", r'<c\s[^>]*r="1"'])
)
def test_the_search_finds_what_backtracks(expression, monkeypatch):
    """Under a limit that is reached soon, and under which a harmless one passes."""
    monkeypatch.setattr(sys.modules[__name__], "LIMIT", 0.2)
    assert slow(re.compile(expression))
    assert not slow(re.compile(r"[가-힣]{2}\d"))

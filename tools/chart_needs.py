"""Cuts out of the modules of the chart script (tools/chart_script.py) the functions that nothing in it names.

Of d3 alone, whose maps, layouts and requests Plotly never asks for, these are most. A module is read by its statements, as esbuild has set them out: a line at the module's own indent begins one. What stays is
found from those that do something: a statement that only declares stays where one that stays names it, one that gives a function to an object where some module names that function, be it in a text.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

NAME = re.compile(r"[\w$]+")
OF_D3 = re.compile(
    r"(?<![\w$.])(?=(d3\.\w+\.\w+))?(d3\.\w+)"
)  # d3 gives functions names that others have, too
BODY = re.compile(r'^    "[^"]+"\([^)]*\) \{\n(?:      !function\(\) \{\n)?( +)', re.MULTILINE)
BLOCK = re.compile(r"\{[^{}]*\}")
FUNCTION = re.compile(r"function ([\w$]+)\(")
VARIABLE = re.compile(
    r"var [\w$]+ = (?:function|[\[{]|\d|d3\w*\.|d3_|require_\w+\(\);$)|var [\w$]+(?:, [\w$]+)*;$",
    re.MULTILINE,
)
ASSIGNED = re.compile(r"(?<![\w$.])([\w$]+)(?= = |[,;])")
ALSO = re.compile(
    r"(?<![\w$.])(?:(d3\.\w+(?:\.\w+)?)|(?!d3\.)[\w$.]+\.([\w$]+))(?= = )"
)  # var a = exports.b = …
# A value that is no function may be found by going through all that an object has.
GIVEN = re.compile(
    r"(?:(d3_\w+)|[\w$]+)(?:\.[\w$]+)*\.([\w$]+) = function|(?:exports|lib|plots)\.([\w$]+) = [A-Za-z_$][\w$.]*;$",
    re.MULTILINE,
)
GIVEN_BY_D3 = re.compile(
    r"(d3\.\w+(?:\.\w+)?)(?:\.prototype)? = (?:function|[\[{]|d3_\w+\(|d3\.\w+\(|[\w$.]+;$)", re.MULTILINE
)
NO_NAME = {"exports", "prototype"}  # under which anybody may have what is given
EVERYWHERE = ""


@dataclass
class Statement:
    """A statement of the module `path`. It stays once a name of each of `awaited` is there: (path, or EVERYWHERE, and name)."""

    path: str
    text: str
    awaited: list[set[tuple[str, str]]] = field(default_factory=list)

    @classmethod
    def of(cls, path: str, text: str) -> "Statement":
        begun = text.lstrip()
        if found := FUNCTION.match(begun):
            return cls(path, text, [{(path, found[1])}])
        if VARIABLE.match(begun):
            head = without_blocks(begun)
            given = {(EVERYWHERE, name) for name in chain(*ALSO.findall(head)) if name}
            return cls(path, text, [given | {(path, name) for name in ASSIGNED.findall(head)}])
        if found := GIVEN_BY_D3.match(begun):
            return cls(path, text, [{(EVERYWHERE, found[1])}])
        if found := GIVEN.match(begun):
            holder, name = found[1], found[2] or found[3]
            awaited = [{(path, holder)}] if holder else []
            return cls(path, text, awaited + ([{(EVERYWHERE, name)}] if name not in NO_NAME else []))
        return cls(path, text)

    def names(self) -> set[tuple[str, str]]:
        found = {*NAME.findall(self.text), *chain(*OF_D3.findall(self.text))}
        return {(path, name) for path in (self.path, EVERYWHERE) for name in found}


def without_blocks(text: str) -> str:
    """What stands in no braces."""
    while (shorter := BLOCK.sub("", text)) != text:
        text = shorter
    return text


def statements(path: str, text: str) -> Iterator[Statement]:
    """All of a module's text, in order."""
    body = BODY.search(text)
    if not body:
        yield Statement(path, text)
        return
    indent = len(body[1])
    begins = [
        found.start() for found in re.finditer(rf"^ {{{indent}}}(?!else\b)[^\s}})\]]", text, re.MULTILINE)
    ]
    end = re.compile(rf"^ {{0,{indent - 2}}}\}}", re.MULTILINE).search(text, begins[-1])
    places = [0, *begins, end.start() if end else len(text), len(text)]
    for place, following in zip(places, places[1:], strict=False):
        yield Statement.of(path, text[place:following])


def needed(texts: Mapping[str, str]) -> dict[str, str]:
    """The modules by their paths, without what is not needed."""
    every = [statement for path, text in texts.items() for statement in statements(path, text)]
    by_name: defaultdict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in every:
        for name in set().union(*statement.awaited):
            by_name[name].append(statement)
    waiting = [statement for statement in every if not statement.awaited]
    reached: set[tuple[str, str]] = set()
    while waiting:
        for name in waiting.pop().names() - reached:
            reached.add(name)
            for other in by_name[name]:
                was_awaited = other.awaited
                other.awaited = [names for names in was_awaited if name not in names]
                if was_awaited and not other.awaited:
                    waiting.append(other)
    return {
        path: "".join(one.text for one in every if one.path == path and not one.awaited) for path in texts
    }

"""Finding glossary terms in a text, the longest written form first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from seoul_digital.lib.language import is_english

_DOTS = "·․‧･∙・ㆍ"
_DASHES = "-–—"
_LATIN = "A-Za-z0-9"
_PARTS = re.compile(rf"[\s{_DOTS}]+|.", re.DOTALL)
_LATIN_END = re.compile(f"[{_LATIN}]")
_MAY_BE_MISSING = ("*", "]?")  # ends of such parts


@dataclass(frozen=True)
class LinkedTerm:
    """A term as a page shows it; `text` and `html` are its definition, `url` its place in the glossary."""

    slug: str
    name: str
    forms: tuple[str, ...]
    heading: str = ""
    page_printed: str = ""
    other_names: tuple[str, ...] = ()
    text: str = ""
    html: str = ""
    url: str = ""
    page: int | None = None

    @property
    def anchor(self) -> str:
        return f"term-{self.slug}"

    @property
    def page_text(self) -> str:
        """`업무보고 p.15`, as printed; `Report p. 15`"""
        return f"Report p. {self.page}" if is_english() and self.page else self.page_printed


class Finder:
    """Finds the written forms of terms in a text.

    A form is found in its variants: with or without its spaces and middle dots, with any dash. Latin letters and digits
    must begin or end a word where they stand at a form's ends, so that AP is found in `AP대수` but not in `MAP` or `S-AP`.
    """

    def __init__(self, entries: Iterable[LinkedTerm]):
        forms = {form: entry for entry in entries for form in entry.forms}
        tree = _Branch()
        for form in sorted(forms, key=lambda form: (-len(form), form)):
            if bare := form.strip(f" {_DOTS}"):
                tree.add(bare, forms[form])
        # Looks at one letter before any form is tried, for at most places none begins.
        begins = "|".join(sorted({_part(form[:1]) for form in tree.forms}))
        self._entries: list[LinkedTerm] = []
        any_of = tree.pattern(self._entries)
        self._pattern = re.compile(f"(?={begins}){any_of}") if tree.forms else None

    def find(self, text: str) -> Iterator[tuple[int, int, LinkedTerm]]:
        """Start, end and term of every occurrence; none lies inside a longer one."""
        for match in self._pattern.finditer(text) if self._pattern else ():
            yield match.start(), match.end(), self._entries[cast(int, match.lastindex) - 1]


class _Branch:
    """Forms by what they begin with, the longest first: what many have in common is tried once for all of them."""

    def __init__(self) -> None:
        self.below: dict[str, _Branch] = {}
        self.forms: list[str] = []
        self.form, self.entry = "", cast(LinkedTerm | None, None)  # that ends here

    def add(self, form: str, entry: LinkedTerm) -> None:
        node = self
        before = rf"(?<![{_LATIN}])(?<![{_LATIN}][{_DASHES}])" if _LATIN_END.match(form[0]) else ""
        for part in map(_part, _PARTS.findall(form)):
            node.forms.append(form)
            node = node.below.setdefault(before + part, _Branch())
            before = ""
        node.forms.append(form)
        if not node.entry:
            node.form, node.entry = form, entry

    def pattern(self, entries: list[LinkedTerm]) -> str:
        """It ends in an empty group for each form; `entries` get their terms in the order of the groups."""
        if len(self.below) > 1 and any(part.endswith(_MAY_BE_MISSING) for part in self.below):
            # Several ways may then fit: form by form, or the first way's short form would come before another's long one.
            ends = sorted(self._ends(), key=lambda end: (-len(end[0]), end[0]))
            entries += [entry for _, _, entry in ends]
            return f"(?:{'|'.join(rest for _, rest, _ in ends)})"
        ways = [part + branch.pattern(entries) for part, branch in self.below.items()]
        if self.entry:
            ways.append(self._end)
            entries.append(self.entry)
        return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"

    def _ends(self) -> Iterator[tuple[str, str, LinkedTerm]]:
        """The forms from here on, each with the pattern of what is left of it and with its term."""
        for part, branch in self.below.items():
            yield from ((form, part + rest, entry) for form, rest, entry in branch._ends())
        if self.entry:
            yield self.form, self._end, self.entry

    @property
    def _end(self) -> str:
        return f"(?![{_LATIN}])()" if _LATIN_END.match(self.form[-1]) else "()"


def _part(part: str) -> str:
    """A character, or a run of blanks and dots: as one, or a long run could be divided in every way."""
    if part.isspace():
        return r"\s*"
    if part.strip(f" {_DOTS}") != part:
        return rf"[\s{_DOTS}]*" if len(part) > 1 else f"[{_DOTS}]?"
    return f"[{_DASHES}]" if part in _DASHES else re.escape(part)


class Linker:
    """Links the first occurrence of each term on a page; `used` lists the terms that it has linked, in their order.

    `link` takes raw text and returns safe HTML, as outline_html wants it: `outline_html.render(outline, linker.link)`.
    """

    def __init__(self, entries: Iterable[LinkedTerm]):
        self._finder = Finder(entries)
        self._seen: set[str] = set()
        self.used: list[LinkedTerm] = []

    def section(self, *without: str) -> "Linker":
        """Begin a part of the page in which terms are linked anew, except those with the slugs given."""
        self._seen = set(without)
        return self

    def link(self, text: str) -> SafeString:
        return format_html_join("", "{}", ((piece,) for piece in self._pieces(text)))

    def _pieces(self, text: str) -> Iterator[str]:
        position = 0
        for start, end, entry in self._finder.find(text):
            if entry.slug in self._seen:
                continue
            self._seen.add(entry.slug)
            if entry not in self.used:
                self.used.append(entry)
            yield text[position:start]
            yield format_html('<a class="term" href="#{}">{}</a>', entry.anchor, text[start:end])
            position = end
        yield text[position:]

"""The glossary as a page: entries and cross-references by letter, and where each term is used."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from core.search import SearchEntry
from core.templatetags.language import counted, with_facts
from seoul_digital.lib.hangul import Query, initials, postposition
from seoul_digital.lib.tables import Column, Row, Table

from .linking import Finder, LinkedTerm

KOREAN = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0–9"
_PLAIN = str.maketrans("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ")
PLACES_SHOWN = 5


@dataclass(frozen=True)
class Places:
    """The places of one subject that use a term; `rest` counts the places beyond those listed."""

    kind: str
    texts: Sequence[SearchEntry]
    rest: int = 0


@dataclass(frozen=True)
class IndexItem:
    """A line of the index under a letter: an entry, or another name (`see`) that leads to one."""

    name: str
    entry: LinkedTerm
    see: bool = False
    used: Sequence[Places] = ()


@dataclass
class Letter:
    """`anchor` is empty where no item stands under the letter."""

    letter: str
    items: list[IndexItem] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"letter-{self.letter if self.letter != DIGITS else '0'}" if self.items else ""


def letter_of(name: str) -> str:
    """The letter under which a name stands: ㄱ…ㅎ (ㄲ under ㄱ), A…Z, or `0–9` for all else."""
    first = initials(name)[:1].translate(_PLAIN).upper()
    return first if first and (first in KOREAN or first in LATIN) else DIGITS


def index(items: Iterable[IndexItem]) -> list[list[Letter]]:
    """Two rows of letters, Korean and Latin with digits, all of them there, each with its items in order."""
    rows = [[Letter(letter) for letter in KOREAN], [Letter(letter) for letter in (*LATIN, DIGITS)]]
    by_letter = {letter.letter: letter for row in rows for letter in row}
    for item in sorted(items, key=lambda item: item.name.casefold()):
        by_letter[letter_of(item.name)].items.append(item)
    return rows


def items_of(entries: Iterable[LinkedTerm], used: dict[str, list[Places]]) -> list[IndexItem]:
    """Every entry under its name, and its other names where these stand under another letter."""
    items = []
    for entry in entries:
        items.append(IndexItem(entry.name, entry, used=used.get(entry.slug, ())))
        others = [name for name in entry.other_names if letter_of(name) != letter_of(entry.name)]
        items += [IndexItem(name, entry, see=True) for name in others]
    return items


def matching(entries: Iterable[LinkedTerm], words: str) -> list[LinkedTerm]:
    """The entries that a filter leaves, by heading, written forms and definition; all for no words."""
    query = Query(words)
    return [entry for entry in entries if not query or query.matches(entry.heading, *entry.forms, entry.text)]


def usage(
    entries: Sequence[LinkedTerm], search_entries: Iterable[SearchEntry], query: dict[str, str]
) -> dict[str, list[Places]]:
    """By slug, where each term is used: the texts that contain it by subject, its own entry left out.

    `query` is what the reader asked for, kept in the addresses.
    """
    finder = Finder(entries)
    found: dict[str, dict[str, dict[tuple[str, str], SearchEntry]]] = {entry.slug: {} for entry in entries}
    for text in search_entries:
        if text.is_past:
            continue
        for entry in {entry for part in (text.title, text.body) for _start, _end, entry in finder.find(part)}:
            if not text.url.endswith(f"#{entry.anchor}"):
                # Two texts of one title and address are one place to a reader.
                places = found[entry.slug].setdefault(text.kind, {})
                places[text.title, text.url] = replace(text, url=text.url_with(query))
    return {
        slug: [
            Places(kind, list(places.values())[:PLACES_SHOWN], max(len(places) - PLACES_SHOWN, 0))
            for kind, places in kinds.items()
        ]
        for slug, kinds in found.items()
    }


def summary(total: int, left: int, words: str) -> str:
    if not words:
        text = counted(
            "업무보고에 나오는 용어 %(total)s개의 뜻풀이입니다. 글 속의 밑줄 친 용어는 여기로 이어집니다.",
            total,
        )
    elif left:
        text = _("용어 %(total)s개 가운데 %(words_subject)s 들어 있는 %(left)s개입니다.")
    else:
        text = _("%(words_subject)s 들어 있는 용어가 없습니다.")
    subject = f"‘{words}’{postposition(words, ('이', '가'))}"
    return with_facts(text, total=total, left=left, words_subject=subject, words=words)


def table(entries: Iterable[LinkedTerm], as_of: date | None) -> Table:
    """For the download: headings, pages and definitions as text."""
    columns = (Column(_("용어")), Column(_("업무보고 쪽")), Column(_("뜻풀이")))
    rows = [Row([entry.heading, entry.page_printed, entry.text]) for entry in entries]
    return Table("terms", _("용어집"), columns, rows, as_of=as_of)

"""What a milestone is of, where its own title names nothing: `메타버스 서울` before `정식 오픈`. Derived for pages, never stored."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

# Words for what is done, not for what it is done to.
_ACT = re.compile(
    "정식|시범|최종|조기|단계별|본격|완료|오픈|개시|개통|개최|개막|운영|추진|착수|구축|설치|교체|선정|확정|준공|시행|실시|"
    "검토|협의|공고|계약|발표|보고|확대|확산|예정|계속|및|등"
)
_NUMBER = re.compile(r"['’‘]?[0-9][0-9,.]*(차|대|개|건|개소|곳|명|단계|년|월|일|식|종|회)?")
_BETWEEN = re.compile(r"[\s「」『』《》()\[\]‘’'·․,:/]+")
_SHARED_BY = 3


def names_nothing(title: str) -> bool:
    """Whether a title is of acts and numbers alone: `정식 오픈`, `1차 270대 교체 완료`."""
    return all(_ACT.fullmatch(word) or _NUMBER.fullmatch(word) for word in _words(title))


def full_title(title: str, titles: Iterable[str], project: str) -> str:
    """`메타버스 서울 ‘정식 오픈’`: the quotes part the report's words from ours; else the title alone."""
    return f"{subject_of(titles, project)} ‘{title}’" if names_nothing(title) else title


def subject_of(titles: Iterable[str], project: str) -> str:
    """The two words that most `titles` of the project's steps share, else the project's own title."""
    pairs = Counter(
        pair
        for title in titles
        for pair in set(pairwise(_words(title)))
        if not any(names_nothing(word) for word in pair)
    )
    pair, number = max(pairs.items(), key=lambda item: item[1], default=((), 0))
    return " ".join(pair) if number >= _SHARED_BY else project


def _words(title: str) -> list[str]:
    return [word for word in _BETWEEN.split(title) if word]

"""What printed totals are of (`ControlTotal.subject`), by name: units here, and what other apps have with a slug."""

from collections.abc import Callable, Collection
from typing import Any

from .models.sources import ACCOUNT_KINDS, ACCOUNT_NAMES

WHOLE = "전체"
UNKNOWN = "‘{}’에 맞는 부서나 과목이 없습니다. ‘데이터센터’, ‘데이터센터 일반회계’, ‘전체 일반직’처럼 이름을 적고 전체는 비워 주세요."
Wanted = Collection[str] | None  # slugs of units or items; None: all
_naming: list[Callable[[Wanted], dict[str, str]]] = []


def register_subjects(function: Any) -> Any:
    """Decorator of a function that gives the names of an app's subjects by slug, in the order of a list: at least of those wanted."""
    _naming.append(function)
    return function


def subject_names(wanted: Wanted = None) -> dict[str, str]:
    """Every subject that there may be, or those that are wanted; of two with one slug the unit."""
    return {slug: name for naming in reversed(_naming) for slug, name in naming(wanted).items()}


def subject_of(text: str, names: dict[str, str]) -> str:
    """The subject that `name_of` calls so; a subject itself, as older files have it, stays. ValueError where there is none."""
    slugs = {name: slug for slug, name in names.items()} | {WHOLE: ""}
    if text in slugs or not text:
        return slugs.get(text, "")
    if text.partition("/")[0] in names or text.startswith("/"):
        return text
    ends = [place for place, character in enumerate(text) if character == " "]
    for end in reversed(ends):
        if (name := text[:end]) in slugs:
            return f"{slugs[name]}/{ACCOUNT_KINDS.get(text[end + 1 :], text[end + 1 :])}"
    raise ValueError(UNKNOWN.format(text[:80]))


def name_of(subject: str, names: dict[str, str]) -> str:
    """`정보통신보안담당관 일반회계` of `ict-security/general`; a slug that nobody knows stands as it is."""
    slug, _, account = subject.partition("/")
    return " ".join(filter(None, [names.get(slug, slug) or WHOLE, ACCOUNT_NAMES.get(account, account)]))

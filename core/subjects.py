"""What printed totals are of (`ControlTotal.subject`), by name: units here, and what other apps have with a slug."""

from collections.abc import Callable
from typing import Any

from .models.sources import ACCOUNT_NAMES

WHOLE = "전체"
_naming: list[Callable[[], dict[str, str]]] = []


def register_subjects(function: Any) -> Any:
    """Decorator of a function that gives the names of an app's subjects by slug, in the order of a list."""
    _naming.append(function)
    return function


def subject_names() -> dict[str, str]:
    """Every subject that there may be; of two with one slug the unit."""
    return {slug: name for naming in reversed(_naming) for slug, name in naming().items()}


def name_of(subject: str, names: dict[str, str]) -> str:
    """`정보통신보안담당관 일반회계` of `ict-security/general`; a slug that nobody knows stands as it is."""
    slug, _, account = subject.partition("/")
    return " ".join(filter(None, [names.get(slug, slug) or WHOLE, ACCOUNT_NAMES.get(account, account)]))

"""What holds for every change made inside: who makes it, why, and in which act."""

from collections.abc import Callable, Iterator
from contextlib import _GeneratorContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.core.exceptions import BadRequest

from ..models.changes import LONGEST_REASON


@dataclass(frozen=True)
class Act:
    """One request, command or import. `get_user` gives who does it, or None; asked late, since a request may sign in."""

    get_user: Callable[[], Any] = lambda: None
    id: UUID = field(default_factory=uuid4)


COMMAND = Act()  # the process itself, with nobody signed in
_act: ContextVar[Act] = ContextVar("act", default=COMMAND)
_reason: ContextVar[str] = ContextVar("reason", default="")
_disabled: ContextVar[bool] = ContextVar("history_disabled", default=False)


T = TypeVar("T")


@contextmanager
def _set(variable: ContextVar[T], value: T) -> Iterator[None]:
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)


def acting(get_user: Callable[[], Any]) -> _GeneratorContextManager[None]:
    """All changes made inside are one act of this user."""
    return _set(_act, Act(get_user))


def change_reason(reason: str) -> _GeneratorContextManager[None]:
    """Why, in one line. Raises BadRequest for more than a record holds: forms say so before."""
    words = " ".join(reason.split())
    if len(words) > LONGEST_REASON:
        raise BadRequest(f"a reason of {len(words):,} characters")
    return _set(_reason, words)


def history_disabled() -> _GeneratorContextManager[None]:
    """What is saved inside leaves no records: a whole database that moves brings its own, and a bulk write leaves them at its end."""
    return _set(_disabled, True)


def current_act() -> Act:
    return _act.get()


def current_actor() -> Any:
    """Who does it, by `pk` and `display_name`: also one who is signed in to the server alone and is no user."""
    actor = _act.get().get_user()
    return actor if actor is not None and actor.is_authenticated else None


def current_user() -> Any:
    """None for whoever is no user: a key can lead to users alone."""
    actor = current_actor()
    return actor if actor and actor.pk else None


def current_reason() -> str:
    return _reason.get()


def is_disabled() -> bool:
    return _disabled.get()

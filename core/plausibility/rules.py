"""Values that are possible but improbable: asked about before they are saved and told of in files, never refused."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
Rule = Callable[[Any], Iterable[str]]
_rules: dict[str, list[Rule]] = {}
_memory: ContextVar[dict[Any, Any] | None] = ContextVar("plausibility", default=None)


def register_plausibility(label: str) -> Callable[[Rule], Rule]:
    """A rule of a model: a generator of sentences on what is improbable of an instance as it would be saved."""

    def register(rule: Rule) -> Rule:
        _rules.setdefault(label, []).append(rule)
        return rule

    return register


def doubts(instance: Any) -> list[str]:
    with remembering():
        return [
            sentence for rule in _rules.get(instance._meta.label_lower, ()) for sentence in rule(instance)
        ]


@contextmanager
def remembering() -> Iterator[None]:
    """Inside, what rules ask for by `remembered` is worked out once: for one row, or for all rows of a file."""
    memory = _memory.get()
    token = _memory.set({} if memory is None else memory)
    try:
        yield
    finally:
        _memory.reset(token)


def remembered(key: Any, make: Callable[[], T]) -> T:
    memory = _memory.get()
    if memory is None:
        return make()
    if key not in memory:
        memory[key] = make()
    value: T = memory[key]
    return value


def token(sentences: Sequence[str]) -> str:
    """What a confirmation of these sentences sends."""
    return " ".join(hashlib.sha256(sentence.encode()).hexdigest()[:12] for sentence in sentences)

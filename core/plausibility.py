"""Values that are possible but improbable: asked about before they are saved and told of in files, never refused."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

Rule = Callable[[Any], Iterable[str]]
_rules: dict[str, list[Rule]] = {}


def register_plausibility(label: str) -> Callable[[Rule], Rule]:
    """A rule of a model: a generator of sentences on what is improbable of an instance as it would be saved."""

    def register(rule: Rule) -> Rule:
        _rules.setdefault(label, []).append(rule)
        return rule

    return register


def doubts(instance: Any) -> list[str]:
    return [sentence for rule in _rules.get(instance._meta.label_lower, ()) for sentence in rule(instance)]


def token(sentences: Sequence[str]) -> str:
    """What a confirmation of these sentences sends."""
    return " ".join(hashlib.sha256(sentence.encode()).hexdigest()[:12] for sentence in sentences)

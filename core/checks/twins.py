"""Integrity of what lasts: no name is registered twice, with a letter wrong, where nothing uses the second."""

from collections.abc import Iterator
from functools import cache, reduce
from itertools import groupby
from operator import itemgetter, or_
from typing import Any

from django.apps import apps
from django.db.models import Q, Value

from seoul_digital.lib.alike import is_letter_off

from .. import integrity
from ..integrity import Level
from ..models import NaturalKeyModel
from ..snapshot import Snapshot

SHORT = 4  # letters: of shorter names another letter is mostly another thing (공업, 농업; 총무과, 재무과)


@integrity.register_check("core", of_all_sources=True)
def twins(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """A name that no report speaks of, and that is another's but for a letter, was most likely registered by mistake."""
    models = {model._meta.model_name: model for model in _lasting_models()}
    queries = [_unused(model).values_list(Value(name), "pk", "name") for name, model in models.items()]
    unused = sorted(queries[0].union(*queries[1:], all=True))
    for name, rows in groupby(unused, key=itemgetter(0)):
        model = models[name]
        known = list(_told_by(snapshot, model).order_by("pk").values_list("pk", "name"))
        pairs = {key: (called, _alike(key, called, known)) for _, key, called in rows}
        found = model._base_manager.in_bulk([key for key, (_, alike) in pairs.items() if alike])
        for key, (called, alike) in pairs.items():
            if alike:
                own_key = "/".join(map(str, found[key].natural_key()))
                yield integrity.condition_holds(
                    False,
                    otherwise=Level.WARNING,
                    id=f"name.twice/{name}/{own_key}",
                    subject=f"{model._meta.verbose_name} {called}",
                    formula="같은 이름을 두 번 등록하지 않는다",
                    particulars=alike,
                    hint=f"‘{alike}’의 잘못이면 지우고, 다른 것이면 이름을 더 다르게 적으십시오.",
                )


def _alike(key: int, called: str, known: list[tuple[int, str]]) -> str:
    """The first other name that it is the same as, or off by a letter."""
    return next(
        (
            other
            for pk, other in known
            if pk != key and (other == called or len(called) >= SHORT and is_letter_off(called, other))
        ),
        "",
    )


def _told_by(snapshot: Snapshot, model: Any) -> Any:
    """What the snapshot's own sources speak of, in a tree with what stands above it, and what nobody uses: never a name that only
    a draft or another bureau has."""
    own = reduce(or_, (Q(**{f"{path}__in": snapshot.sources}) for path in model.speaking_paths()))
    known = set(model._base_manager.filter(own).values_list("pk", flat=True))
    if _is_tree(model):
        above = dict(model._base_manager.exclude(parent=None).values_list("pk", "parent"))
        level = known
        while level := {above[key] for key in level if key in above} - known:
            known |= level
    return model._base_manager.filter(Q(pk__in=known) | Q(pk__in=_unused(model).values("pk")))


@cache
def _lasting_models() -> list[Any]:
    """Those with a name that sources speak of from report to report."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, NaturalKeyModel)
        and not model.source_path()
        and model.speaking_paths()
        and any(field.name == "name" for field in model._meta.fields)
    ]


def _unused(model: Any) -> Any:
    """Of a tree those without anything below them: what stands above names, and says nothing of its own."""
    paths = [*model.speaking_paths(), *(["children"] if _is_tree(model) else [])]
    used = (model._row_with(Q(**{f"{path}__isnull": False})) for path in paths)
    return model._base_manager.exclude(reduce(or_, used)).order_by()  # joined, a bureau has a thousand rows


def _is_tree(model: Any) -> bool:
    return any(field.name == "parent" for field in model._meta.fields)

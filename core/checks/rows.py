"""Integrity of a source's tables: what nearly every row says, the rest says, too."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache
from itertools import chain
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, F, Value
from django.db.models.functions import NullIf

from seoul_digital.lib.hangul import quoted

from .. import integrity
from ..audit.recording import naming_relations
from ..integrity import Level
from ..models import ControlTotal, NaturalKeyModel, Source
from ..models.sources import scopes_of
from ..page_links import findings_url
from ..snapshot import Snapshot

MOSTLY = 0.85  # of its rows a table has a field
FEWEST = 6  # rows, from which that says anything
LISTED = 5


@integrity.register_check("core", of_each_scope=True)
def blanks(snapshot: Snapshot, scope: str) -> Iterator[integrity.Finding]:
    """A field that most rows of a table fill in was most likely forgotten, or emptied, in the others."""
    for model, names, source, rows, counts in integrity.rows_of_scope(snapshot, _counted, scope):
        for name, count in zip(names, counts, strict=False):
            if FEWEST <= rows > count >= MOSTLY * rows:
                yield _blank(model, name, source)


def _counted(snapshot: Snapshot, scopes: Collection[str]) -> dict[str, list[Any]]:
    """By scope (model, names of its fields, source, rows, how many of them say each field); one query."""
    sources = {source.pk: source for source in snapshot.in_force if source.scope in scopes}
    own = {
        place: [key for key, source in sources.items() if source.scope in scopes_of(model)]
        for place, (model, _) in enumerate(_models())
    }
    places = [place for place, keys in own.items() if keys]
    most = max((len(_models()[place][1]) for place in places), default=0)
    queries = [_counts(place, *_models()[place], own[place], most) for place in places]
    counted = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else chain.from_iterable(queries)
    found = defaultdict[str, list[Any]](list)
    for place, source, rows, *counts in counted:
        found[sources[source].scope].append((*_models()[place], sources[source], rows, counts))
    return found


def _counts(place: int, model: Any, names: list[str], sources: list[int], most: int) -> Any:
    """(place, source, rows, how many of them say each field …): as wide as the model with `most` fields."""
    path = model.source_path()
    filled = {f"_{number}": Count(_value(model, name)) for number, name in enumerate(names)}
    filled |= {f"_{number}": Value(0) for number in range(len(names), most)}
    rows = model._base_manager.filter(**{f"{path}__in": sources}).order_by().values(path)
    counted = rows.annotate(_place=Value(place), _rows=Count("pk"), **filled)
    return counted.values_list("_place", path, "_rows", *filled)


@cache
def _models() -> list[tuple[Any, list[str]]]:
    """Those with a source, but totals, where a word may stand in place of a value; with their fields that may be blank."""
    facts = [
        model
        for model in apps.get_models()
        if issubclass(model, NaturalKeyModel) and model is not ControlTotal and model.source_path()
    ]
    found = [(model, _fields_that_may_be_blank(model)) for model in facts]
    return [(model, names) for model, names in found if names]


def _fields_that_may_be_blank(model: type[NaturalKeyModel]) -> list[str]:
    """Its numbers and words; what tells rows apart may say `the whole` by nothing."""
    kinds = (models.CharField, models.TextField, models.IntegerField, models.DecimalField)
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, kinds)
        and not (field.primary_key or field.is_relation)
        and (field.null or field.blank)
        and field.name not in (*model.natural_key_fields, *model.may_be_blank)
    ]


def _value(model: type[NaturalKeyModel], name: str) -> Any:
    """NULL where there is none."""
    is_number = isinstance(model._meta.get_field(name), (models.IntegerField, models.DecimalField))
    return F(name) if is_number else NullIf(F(name), Value(""), output_field=models.CharField())


def _blank(model: type[NaturalKeyModel], name: str, source: Source) -> integrity.Finding:
    label = str(model._meta.get_field(name).verbose_name)
    valued = model._base_manager.alias(_said=_value(model, name))
    rows = valued.filter(_said__isnull=True, **{model.source_path(): source})
    blank = list(rows.select_related(*naming_relations(model)).order_by("pk"))
    called = [str(row) for row in blank[:LISTED]]
    return integrity.condition_holds(
        False,
        otherwise=Level.WARNING,
        id=f"row.blank/{source.slug}/{model._meta.model_name}/{name}",
        subject=f"{model._meta.verbose_name} {called[0][:60]}",
        formula=f"다른 줄마다 적힌 {quoted(label, '은/는')} 모든 줄에 적는다",
        hint=f"비어 있는 줄: {', '.join(called)}. 원문에 없으면 그대로 두십시오.",
        particulars=str(sorted(row.natural_key() for row in blank)),
        scope=source.scope,
        url=findings_url(source),
    )

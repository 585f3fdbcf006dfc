"""Integrity of a source's tables: what nearly every row says, the rest says, too."""

from collections.abc import Iterator
from functools import cache
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
from ..page_links import findings_url
from ..snapshot import Snapshot
from .rows_of_scopes import RowsOfScopes

MOSTLY = 0.85  # of its rows a table has a field
FEWEST = 6  # rows, from which that says anything
LISTED = 5


@cache
def _models() -> dict[Any, list[str]]:
    """Those with a source, but totals, where a word may stand in place of a value; with their fields that may be blank."""
    facts = [
        model
        for model in apps.get_models()
        if issubclass(model, NaturalKeyModel) and model is not ControlTotal and model.source_path()
    ]
    found = {model: _fields_that_may_be_blank(model) for model in facts}
    return {model: names for model, names in found.items() if names}


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


def _counts(model: Any, sources: list[int]) -> Any:
    """(source, rows, how many of them say each field …)."""
    path = model.source_path()
    filled = {f"_{number}": Count(_value(model, name)) for number, name in enumerate(_models()[model])}
    rows = model._base_manager.filter(**{f"{path}__in": sources}).values(path).order_by(path)
    return rows.annotate(_rows=Count("pk"), **filled).values_list(path, "_rows", *filled)


_counted = RowsOfScopes(lambda: [*_models()], _counts)


@integrity.register_check("core", of_each_scope=True, rows=[_counted])
def blanks(snapshot: Snapshot, scope: str) -> Iterator[integrity.Finding]:
    """A field that most rows of a table fill in was most likely forgotten, or emptied, in the others."""
    sources = {source.pk: source for source in snapshot.in_force}
    for model, counted in _counted(snapshot, scope):
        for source, rows, *counts in counted:
            for name, count in zip(_models()[model], counts, strict=True):
                if FEWEST <= rows > count >= MOSTLY * rows:
                    yield _blank(model, name, sources[source])


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

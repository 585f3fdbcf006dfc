"""What an edition's parts say, as a fingerprint of each: whoever confirms one confirms it as it stands."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from hashlib import sha256
from typing import Any, cast

from django.db.models import BigIntegerField, Count, F, Sum, Value
from django.db.models.functions import Coalesce

from core.models import ControlTotal, NaturalKeyModel, Source
from departments.models import Department

from .activity import watched
from .part import WHOLE, Watched
from .parts import Key, collected

# Figures of files are too many to be read: their amounts are added up, each weighed by its row, so that money moved between lines shows.
MODULUS, WEIGHTS = 1_000_003, 997
UNKNOWN = -1


def fingerprints(sources: list[Source]) -> dict[Key, str]:
    """Of each part of which the sources say anything; a query a model."""
    keys = [source.pk for source in sources]
    found: dict[Key, Any] = defaultdict(sha256)
    for part, entry in watched():
        for of, *values in _values(entry, keys):
            found[part, of].update(repr((entry.model.__name__, values)).encode())
    for part, unit, printed in _printed(keys):
        found[part, unit].update(repr(printed).encode())
    return {key: digest.hexdigest() for key, digest in found.items()}


def texts_of(sources: list[Source], parts: Collection[Key]) -> str:
    """Every word of these parts, a line a field."""
    keys, chapters = [source.pk for source in sources], {part for part, _ in parts}
    rows = (
        (part, row)
        for part, entry in watched()
        if part in chapters and not entry.comes_in_files
        for row in _values(entry, keys)
    )
    found = [values for part, (of, *values) in rows if (part, of) in parts]
    return "\n".join(value for values in found for value in values if isinstance(value, str))


def _printed(keys: list[int]) -> Iterator[tuple[str, int, tuple[Any, ...]]]:
    """What the sources print of their sums: of a unit it is in its part, of the whole in the chapter's every part."""
    parts = {chapter.scope: chapter.key for chapter, _ in collected()}
    units = dict(Department.objects.values_list("slug", "pk"))
    totals = ControlTotal.objects.filter(source__in=keys).order_by("pk")
    for scope, subject, *values in totals.values_list(
        "source__scope", "subject", "measure", "fiscal_year", "printed"
    ):
        if scope in parts:
            yield parts[scope], units.get(subject.partition("/")[0], WHOLE), (subject, *values)


def _values(entry: Watched, keys: list[int]) -> Iterator[tuple[Any, ...]]:
    """(what a row is of, its values …), in a fixed order."""
    path = cast("type[NaturalKeyModel]", entry.model).source_path()
    rows = entry.model._base_manager.filter(**{f"{path}__in": keys}).annotate(
        of_key=F(entry.subject) if entry.subject else Value(WHOLE)
    )
    if not entry.comes_in_files:
        names = [field.attname for field in entry.model._meta.concrete_fields]
        return rows.order_by("pk").values_list("of_key", *names).iterator()
    source, weight = f"{path}_id", F("pk") % WEIGHTS + 1
    amounts = [field.name for field in entry.model._meta.concrete_fields if type(field) is BigIntegerField]
    sums = {f"sum_{name}": Sum(Coalesce(name, Value(UNKNOWN)) % MODULUS * weight) for name in amounts}
    grouped = rows.order_by("of_key", source).values("of_key", source)
    return grouped.annotate(rows=Count("pk"), **sums).values_list("of_key", source, "rows", *sums).iterator()

"""Copying a source with all that it says to a new base date, so that the next report starts from the last one."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db import models, transaction
from django.db.models import Model
from django.utils import timezone

from .audit.recording import change_reason
from .models import Source

ROWS_AT_ONCE = 2_000
COPIED = "자료에서 복사"  # how the reason of what came by copying ends


@transaction.atomic
def copy_source(
    source: Any, as_of: date, user: Any, without: Mapping[type[Model], Sequence[str]] | None = None
) -> Source:
    """A draft of the same scope and limits with the same facts on another base date; `without`: fields that are left empty, by model.

    What says how the original was delivered (document, time, who) is the copy's own; its headings and footnotes stay to be edited.
    """
    copy = Source.objects.get(pk=source.pk)
    copy.pk, copy._state.adding = None, True
    copy.slug, copy.as_of, copy.state = free_slug(source, as_of), as_of, Source.State.DRAFT
    copy.received_at, copy.document, copy.brought_by = timezone.now(), "", user
    with change_reason(f"‘{source}’ {COPIED}"):
        copy.full_clean()
        copy.save()
        _copy_parts(Source, {source.pk: copy.pk}, without or {})
    return copy


def free_slug(source: Any, as_of: date) -> str:
    """The slug with the new date in place of the old one, numbered where it is taken."""
    old, new = str(source.as_of), str(as_of)
    slug = source.slug.replace(old, new) if old in source.slug else f"{source.slug}/{new}"
    taken = set(Source.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    names = (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def parts_of(model: type[Model]) -> list[tuple[type[Any], Any]]:
    """The models whose rows go with a row of `model` when it is deleted, and so belong to it, by the key that says so."""
    links = [
        relation
        for relation in model._meta.related_objects
        if relation.one_to_many and relation.on_delete is models.CASCADE
    ]
    return [
        (link.related_model, link.field)
        for link in links
        if hasattr(link.related_model, "natural_key_fields")
    ]


def _copy_parts(model: type[Model], keys: Any, without: Mapping[type[Model], Sequence[str]]) -> None:
    """Copies what belongs to the rows of `model`; `keys` are their copies' by theirs."""
    for part, link in parts_of(model):
        copied: dict[Any, Any] = {}
        rows = (
            part._base_manager.filter(**{f"{link.name}__in": list(keys)})
            .order_by("pk")
            .iterator(ROWS_AT_ONCE)
        )
        while batch := list(islice(rows, ROWS_AT_ONCE)):
            copied |= _copy_rows(part, link, batch, keys, without.get(part, ()))
        if copied and parts_of(part):
            _copy_parts(part, copied, without)


def _copy_rows(part: Any, link: Any, rows: list[Any], keys: Any, without: Sequence[str]) -> Any:
    old = [row.pk for row in rows]
    for row in rows:
        row.pk, row._state.adding = None, True
        setattr(row, link.attname, keys[getattr(row, link.attname)])
        for name in without:
            setattr(row, name, None)
    return dict(zip(old, (row.pk for row in part.objects.bulk_create(rows)), strict=True))


def counts_of(source: Any) -> list[tuple[str, int]]:
    """How many rows of each model a source holds, by the model's name."""
    found = (
        (part._meta.verbose_name, part._base_manager.filter(**{link.name: source}).count())
        for part, link in parts_of(Source)
    )
    return [(str(name), number) for name, number in found if number]

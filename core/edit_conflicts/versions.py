"""What a page was opened with: the newest change record of each object on it, signed into its form.

Of one object records are numbered in the order of its changes, since whoever changes a row holds it until the change is whole.
Of a whole table that is not so, which is why each object has a version of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.db import models
from django.db.models import CASCADE, Count, Max

from ..audit.recording import is_tracked
from ..models.changes import ChangeRecord

FORM_VERSIONS = "form_versions"  # the form field's name, in templates/admin/_form_versions.html too
SALT = "core.edit_conflicts.versions"
MOST_ADDED = 20  # of the rows that others have added, those that a page tells of
Model = type[models.Model]
Versions = dict[tuple[Model, int], tuple[int, int]]


@dataclass
class FormVersions:
    """`versions`: the newest record of each object, by model label and key. `owners`: by `label.foreign_key` the object that rows
    on the page belong to, and the last key that a row of its model had. `cascades`: what would be deleted too, counted."""

    versions: dict[str, dict[int, int]] = field(default_factory=dict)
    owners: dict[str, tuple[int, int]] = field(default_factory=dict)
    cascades: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str | None) -> "FormVersions":
        """As `signed` wrote it; of '' nothing. Raises SuspiciousOperation."""
        if not text:
            return cls()
        try:
            versions, owners, cascades = signing.loads(text, salt=SALT)
        except signing.BadSignature as error:
            raise SuspiciousOperation("a form was sent with a version that it was not opened with") from error
        versions = {label: {int(key): newest for key, newest in of.items()} for label, of in versions.items()}
        return cls(versions, {name: tuple(owner) for name, owner in owners.items()}, cascades)

    @classmethod
    def with_cascades(cls, model: Model, keys: Iterable[int]) -> "FormVersions":
        """Of objects and of all that would be deleted with them."""
        listed = list(keys)
        versions = cls(cascades=cascade_counts(model, listed))
        versions.add(model, listed)
        return versions

    def signed(self) -> str:
        return signing.dumps([self.versions, self.owners, self.cascades], salt=SALT, compress=True)

    def add(self, model: Model, keys: Iterable[int]) -> None:
        known = self.versions.setdefault(model._meta.label_lower, {})
        known.update(ChangeRecord.objects.newest_ids(model, keys))

    def add_owner(self, model: Model, link: str, owner: int) -> None:
        """`link`: the foreign key from the model to its owner."""
        last = model._base_manager.filter(**{link: owner}).aggregate(last=Max("pk"))["last"]
        self.owners[f"{model._meta.label_lower}.{link}"] = (owner, last or 0)

    def lock(self, **options: Any) -> None:
        """Hold what is on the page until the transaction ends. Rows by key, so that no two wait for each other."""
        for label in sorted(self.versions):
            rows = apps.get_model(label)._base_manager.filter(pk__in=self.versions[label]).order_by("pk")
            list(rows.select_for_update(**options).values_list("pk"))

    def changed_since(self) -> Versions:
        """What was changed or deleted since: (version then, version now) by model and key."""
        found: Versions = {}
        for label, versions in self.versions.items():
            model = apps.get_model(label)
            now = ChangeRecord.objects.newest_ids(model, versions)
            found |= {
                (model, key): (then, now[key]) for key, then in versions.items() if now.get(key, then) != then
            }
        return found

    def added_since(self) -> Iterator[ChangeRecord]:
        """The creations of rows that others have added since, and that are still there."""
        for model, link, (owner, last) in self._owners():
            keys = model._base_manager.filter(**{link: owner}, pk__gt=last).values("pk")
            created = ChangeRecord.objects.of(model).filter(
                object_id__in=keys, kind=ChangeRecord.Kind.CREATED
            )
            yield from created.order_by("pk")[:MOST_ADDED]

    def refreshed(self) -> "FormVersions":
        """As if the page were opened now."""
        again = FormVersions()
        for label, versions in self.versions.items():
            again.add(apps.get_model(label), versions)
        for model, link, (owner, _) in self._owners():
            again.add_owner(model, link, owner)
        return again

    def _owners(self) -> Iterator[tuple[Model, str, tuple[int, int]]]:
        for name, owner in self.owners.items():
            label, _, link = name.rpartition(".")
            yield apps.get_model(label), link, owner


def cascade_counts(model: Model, keys: list[int]) -> dict[str, list[int]]:
    """What is deleted with objects: how many rows, how many changes of them, and the newest one, by label and path."""
    counts = {}
    for related, path in _cascades(model):
        rows = related._base_manager.filter(**{f"{path}__in": keys}).values("pk")
        found = (
            ChangeRecord.objects.of(related)
            .filter(object_id__in=rows)
            .aggregate(rows=Count("object_id", distinct=True), changes=Count("pk"), newest=Max("pk"))
        )
        if found["rows"]:
            counts[f"{related._meta.label_lower}.{path}"] = list(found.values())
    return counts


def _cascades(model: Model, path: str = "") -> Iterator[tuple[Model, str]]:
    """(model, path to the object) of what is deleted with an object of the model."""
    for relation in model._meta.related_objects:
        related = relation.related_model
        if relation.on_delete is CASCADE and related is not model and is_tracked(related):
            step = relation.field.name + (f"__{path}" if path else "")
            yield related, step
            yield from _cascades(related, step)

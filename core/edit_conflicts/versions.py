"""What a page was opened with: the newest history of each object on it, signed into its form.

Of one object history grows in the order of its changes, since whoever changes a row holds it until the change is whole. Of a whole
table that is not so, which is why each object has a version of its own.
"""

from dataclasses import dataclass, field

from django.apps import apps
from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.db.models import CASCADE, Count, Max

from ..audit.history_rows import label_of
from ..audit.recording import CREATED, history_of, tracked_models

OPENED = "opened"  # the form field's name, in templates/admin/_opened.html too
SALT = "core.edit_conflicts.versions"
MOST_ADDED = 20  # of the rows that others have added, those that are told


@dataclass
class Opened:
    """`versions`: history_id by key, by the model's label. `owners`: the object that rows on the page belong to and the newest history_id
    of a row that was added to it, by `label.foreign_key`. `beneath`: what would be deleted with the object, counted, by label."""

    versions: dict[str, dict[int, int]] = field(default_factory=dict)
    owners: dict[str, tuple[int, int]] = field(default_factory=dict)
    beneath: dict[str, list] = field(default_factory=dict)

    @classmethod
    def read(cls, text):
        """As `signed` wrote it; of '' nothing. Raises SuspiciousOperation."""
        if not text:
            return cls()
        try:
            versions, owners, beneath = signing.loads(text, salt=SALT)
        except signing.BadSignature as error:
            raise SuspiciousOperation("a form was sent with a version that it was not opened with") from error
        versions = {
            label: {int(key): version for key, version in of.items()} for label, of in versions.items()
        }
        return cls(versions, {name: tuple(owner) for name, owner in owners.items()}, beneath)

    @classmethod
    def whole(cls, model, keys):
        """Of objects and of all that would be deleted with them."""
        opened, listed = cls(), list(keys)
        opened.see(model, listed)
        opened.see_beneath(model, listed)
        return opened

    def signed(self):
        return signing.dumps([self.versions, self.owners, self.beneath], salt=SALT, compress=True)

    def see(self, model, keys):
        self.versions.setdefault(label_of(model), {}).update(newest(model, keys))

    def see_added(self, model, link, owner):
        """`link`: the foreign key from the model to its owner."""
        newest = additions(model, link, owner).aggregate(newest=Max("history_id"))["newest"]
        self.owners[f"{label_of(model)}.{link}"] = (owner, newest or 0)

    def see_beneath(self, model, keys):
        self.beneath = beneath(model, keys)

    def lock(self, **options):
        """Hold what is on the page until the transaction ends. Rows by key, so that nobody waits for one who waits for him."""
        for label in sorted(self.versions):
            rows = apps.get_model(label)._base_manager.filter(pk__in=self.versions[label]).order_by("pk")
            list(rows.select_for_update(**options).values_list("pk"))

    def stale(self):
        """What was changed or deleted since: (version then, version now) by model and key."""
        found = {}
        for label, versions in self.versions.items():
            model = apps.get_model(label)
            now = newest(model, versions)
            found |= {
                (model, key): (then, now[key]) for key, then in versions.items() if now.get(key, then) != then
            }
        return found

    def added(self):
        """(model's label, history_id) of the rows that others have added since."""
        for name, (owner, mark) in self.owners.items():
            label, _, link = name.rpartition(".")
            rows = (
                additions(apps.get_model(label), link, owner)
                .filter(history_id__gt=mark)
                .order_by("history_id")
            )
            yield from (
                (label, history_id) for history_id in rows.values_list("history_id", flat=True)[:MOST_ADDED]
            )

    def renewed(self):
        """As if the page were opened now."""
        again = Opened()
        for label, versions in self.versions.items():
            again.see(apps.get_model(label), versions)
        for name, (owner, _) in self.owners.items():
            label, _, link = name.rpartition(".")
            again.see_added(apps.get_model(label), link, owner)
        return again


def is_tracked(model):
    return model in tracked_models()


def newest(model, keys):
    """The newest history_id by key, of what is deleted too."""
    return dict(
        history_of(model)
        ._base_manager.filter(id__in=keys)
        .order_by()
        .values_list("id")
        .annotate(Max("history_id"))
    )


def additions(model, link, owner):
    return history_of(model)._base_manager.filter(**{link: owner}, history_type=CREATED).order_by()


def beneath(model, keys):
    """What goes with objects: how many rows, how many changes of them, and the newest one, by label."""
    counts = {}
    for related, path in _cascades(model):
        rows = related._base_manager.filter(**{f"{path}__in": keys}).values("pk")
        history = history_of(related)._base_manager.filter(id__in=rows)
        found = history.aggregate(
            rows=Count("id", distinct=True), changes=Count("history_id"), newest=Max("history_id")
        )
        if found["rows"]:
            counts[f"{label_of(related)}.{path}"] = list(found.values())
    return counts


def _cascades(model, path=""):
    """(model, path to the object) of what is deleted with an object of the model."""
    for relation in model._meta.related_objects:
        related = relation.related_model
        if relation.on_delete is CASCADE and related is not model and is_tracked(related):
            step = relation.field.name + (f"__{path}" if path else "")
            yield related, step
            yield from _cascades(related, step)

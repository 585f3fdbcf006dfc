"""The audit trail (바뀐 내역): one append-only table of who changed what, when, why, and from what to what."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, Max, Q, Value, When
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .tracked import TrackedModel

LONGEST_REASON = 1_000
LONGEST_NAME = 300


class ChangeRecordQuerySet(models.QuerySet["ChangeRecord"]):
    def of(self, subject: type[models.Model] | models.Model) -> "ChangeRecordQuerySet":
        """The records of a model, or of one object, the newest first."""
        records = self.filter(model=subject._meta.label_lower).order_by("-pk")
        return records if isinstance(subject, type) else records.filter(object_id=subject.pk)

    def newest_ids(self, model: type[models.Model], keys: Iterable[int]) -> dict[int, int]:
        """The newest record's key by the object's, of deleted objects too."""
        records = self.of(model).filter(object_id__in=keys).order_by()
        return dict(records.values_list("object_id").annotate(Max("pk")))

    def concerning(self, units: Iterable[int], *, only_owned: bool = False) -> "ChangeRecordQuerySet":
        return self.filter(concerning(units, only_owned=only_owned))


def concerning(units: Iterable[int], *, only_owned: bool = False) -> Q:
    """The condition on records that concerned one of the units (keys) when they were written."""
    links = ChangeRecordDepartment.objects.filter(department__in=units)
    return Q(pk__in=(links.filter(is_owner=True) if only_owned else links).values("record"))


class ChangeRecord(models.Model):
    """One change of one object. `before` and `after` are its tracked values by attname, and by each many-to-many field
    the list of linked keys; nothing is before a creation and after a deletion.

    What it refers to may be gone: no key is constrained, and `name` and `user_name` are those of that time. `act` is the
    same for all that one request or command did.
    """

    class Kind(models.TextChoices):
        CREATED = "created", _("추가")
        CHANGED = "changed", _("수정")
        DELETED = "deleted", _("삭제")

    model = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    name = models.CharField(max_length=LONGEST_NAME)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    kind = models.GeneratedField(
        expression=Case(
            When(before__isnull=True, then=Value(Kind.CREATED.value)),
            When(after__isnull=True, then=Value(Kind.DELETED.value)),
            default=Value(Kind.CHANGED.value),
        ),
        output_field=models.CharField(max_length=10),
        db_persist=True,
    )
    at = models.DateTimeField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    user_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    act = models.UUIDField()
    source = models.ForeignKey(
        "core.Source", models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )

    objects = ChangeRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "바뀐 내역"
        verbose_name_plural = "바뀐 내역"
        default_permissions = ()
        indexes = [
            models.Index(fields=["model", "object_id", "id"], name="change_of_object"),
            models.Index(fields=["at", "id"], name="change_by_time"),
            models.Index(fields=["act", "at", "id"], name="change_of_act"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.kind_label}"

    @property
    def kind_label(self) -> str:
        """A generated field has no `get_kind_display`."""
        return str(self.Kind(self.kind).label)

    @property
    def model_class(self) -> "type[TrackedModel]":
        return cast("type[TrackedModel]", apps.get_model(self.model))

    @property
    def state(self) -> dict[str, Any]:
        """What the object was after the change, or before it was deleted."""
        return cast("dict[str, Any]", self.before if self.after is None else self.after)


class ChangeRecordDepartment(models.Model):
    """A department that a change concerned when it was made; `is_owner` where the object was its own.

    A table of its own, for a list in a column can be indexed by PostgreSQL alone.
    """

    record = models.ForeignKey(
        ChangeRecord, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="departments"
    )
    department = models.ForeignKey(
        settings.ORGANISATION_UNIT_MODEL,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    is_owner = models.BooleanField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["department", "record"], name="change_of_department"),
            models.Index(fields=["record"], name="departments_of_change"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.department_id}"

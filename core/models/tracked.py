"""Models whose every change leaves a record, and their writes that pass by `save`."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import NotSupportedError, models, router, transaction
from django.db.models import Expression, F, Q

from ..audit import recording
from .mentions import mentions_follow

M = TypeVar("M", bound="TrackedModel")


class TrackedQuerySet(models.QuerySet[M]):
    """`delete` and `bulk_update` leave records too: by signals, and through `update`."""

    _db: str | None  # Django's own, which its stubs leave out

    def update(self, **values: Any) -> int:
        with transaction.atomic(using=self._write_db):
            keys = list(self.values_list("pk", flat=True))
            recording.ensure_baseline(self.model, keys)
            with mentions_follow(self.model, keys, values):
                changed = models.QuerySet.update(self.filter(pk__in=keys), **values) if keys else 0
            recording.record_rows(self.model, keys)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(
        self,
        objs: Iterable[M],
        batch_size: int | None = None,
        ignore_conflicts: bool = False,
        *args: Any,
        **options: Any,
    ) -> list[M]:
        if ignore_conflicts:
            raise NotSupportedError("nobody can tell which rows were ignored, and no record would say")
        with transaction.atomic(using=self._write_db):
            created = super().bulk_create(objs, batch_size, ignore_conflicts, *args, **options)
            recording.record_rows(self.model, [instance.pk for instance in created])
        return created

    bulk_create.alters_data = True  # type: ignore[attr-defined]

    @property
    def _write_db(self) -> str:
        return self._db or router.db_for_write(self.model)


class TrackedModel(models.Model):
    """`department_paths` lead to the departments whose staff a change concerns, `source_paths` to the sources that speak of a
    row, `bureau_paths` to the bureaus whose pages show it where no source has it. `bureau_path` leads to the one bureau that
    a row belongs to, where it is not that of its source.

    `restorable` objects can be put back to what a record says. The values of `untracked_fields` are in no record.
    """

    department_paths: tuple[str, ...] = ()
    source_paths: tuple[str, ...] = ()
    bureau_paths: tuple[str, ...] = ()
    bureau_path = ""
    untracked_fields: tuple[str, ...] = ()
    restorable = False

    objects = TrackedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def source_path(cls) -> str:
        """The path to the source that a row belongs to, such as `brief__source`; empty for what lasts."""
        return ""

    @classmethod
    def belonging_to(cls, bureaus: Iterable[int]) -> Q:
        """The condition on rows that belong to the bureaus (keys) and to no other."""
        path = cls.bureau_path or (f"{source}__bureau" if (source := cls.source_path()) else "")
        return Q(**{f"{path}__in": bureaus}) if path else Q()

    @classmethod
    def departments_concerned(cls) -> list[Expression | F]:
        return [F(path) for path in cls.department_paths]

    @classmethod
    def owning_department(cls) -> Expression | F | None:
        """The unit (key) that a row belongs to; None where rows belong to none."""
        return None

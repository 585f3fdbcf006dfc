"""Natural keys, so that fixtures name things by words and `loaddata` and `seed` find them again."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import models

from .tracked import TrackedModel, TrackedQuerySet

N = TypeVar("N", bound="NaturalKeyModel")


class NaturalKeyQuerySet(TrackedQuerySet[N]):
    def get_by_natural_key(self, *values: Any) -> Any:
        return self.get(**dict(zip(self.model.natural_key_fields, values, strict=True)))


class NaturalKeyModel(TrackedModel):
    """A model that `natural_key_fields` (paths such as `source__slug`) identify.

    `owner` is the field that leads to the one unit whose staff may change it, and `unit_editable` says that they do (부서 담당).

    `lasting_key` are the paths by which a source's row is known in the report before; where empty, its natural key but for the source; `called_by` lead
    to the words that it is called by in lists of the source's rows.

    `order` counts the rows of a source that agree in the paths `numbered_within`; None where it only sorts.

    Where the key is made by the system, files know a row by the fields `named_by` and, where several have one name, by those of
    `told_apart_by`; what refers to it says its `file_name`, with the `qualifier` (`qualified_by` in words) where several have it.
    """

    natural_key_fields: tuple[str, ...] = ("slug",)
    named_by: tuple[str, ...] = ("name",)
    told_apart_by: tuple[str, ...] = ()
    lasting_key: tuple[str, ...] = ()
    called_by: tuple[str, ...] = ()
    numbered_within: tuple[str, ...] | None = None
    numbers_are_read = False  # as they are printed, or as the system keeps them
    may_be_blank: tuple[
        str, ...
    ] = ()  # where most rows say something, too: a check of its own asks, or it is nobody's duty
    qualified_by = ""
    owner = ""
    unit_editable = False
    restorable = True

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def owned_by(cls, units: Any) -> Any:
        """The condition on rows that belong to one of the units (keys)."""
        if not cls.owner:
            return models.Q(pk__in=[])
        owner = cls._meta.get_field(cls.owner).related_model
        return models.Q(
            **{f"{cls.owner}__in": owner._base_manager.filter(owner.owned_by(units)).order_by().values("pk")}
        )

    @classmethod
    def belonging_to(cls, bureaus: Iterable[int]) -> models.Q:
        """What lasts belongs to the bureaus while no source of another speaks of it."""
        if cls.bureau_path or cls.source_path() or not cls.speaking_paths():
            return super().belonging_to(bureaus)
        others = apps.get_model("core.source")._base_manager.exclude(bureau__in=bureaus).order_by()
        # Nearly all sources of a city: each row's are looked at, where a list of them would be made first.
        named = (models.Exists(others.filter(pk=models.OuterRef(path))) for path in cls.speaking_paths())
        return ~reduce(or_, (cls._row_with(models.Q(by_another)) for by_another in named))

    @classmethod
    def spoken_of_by(cls, bureaus: Iterable[int]) -> models.Q:
        """The condition on what lasts and a source of the bureaus (keys), drafts included, speaks of."""
        if not cls.speaking_paths():
            return models.Q()
        sources = apps.get_model("core.source")._base_manager.filter(bureau__in=bureaus)
        named = (
            models.Q(**{f"{path}__in": sources.order_by().values("pk")}) for path in cls.speaking_paths()
        )
        return reduce(or_, map(cls._row_with, named))

    @classmethod
    def speaking_paths(cls) -> tuple[str, ...]:
        """To every source that names a row."""
        return cls.source_paths

    @classmethod
    def _row_with(cls, condition: models.Q) -> models.Q:
        """The condition on the rows of a condition that may join many others: looked at row by row, which ends at the first."""
        return models.Q(
            models.Exists(cls._base_manager.filter(condition, pk=models.OuterRef("pk")).order_by())
        )

    @classmethod
    def source_path(cls) -> str:
        first = cls.natural_key_fields[0]
        return first.removesuffix("__slug") if first.endswith("source__slug") else ""

    @classmethod
    def lasting_fields(cls) -> tuple[str, ...]:
        return cls.lasting_key or cls.natural_key_fields[1:]

    @classmethod
    def owning_department(cls) -> Any:
        path: str = cls.owner
        model: Any = cls
        while model.owner:
            model = model._meta.get_field(model.owner).related_model
            path += f"__{model.owner}" if model.owner else ""
        if not path or model is apps.get_model(settings.ORGANISATION_UNIT_MODEL):
            return models.F(path) if path else None
        owning = model._base_manager.filter(pk=models.OuterRef(path)).order_by()
        return models.Subquery(owning.annotate(owning=model.owning_department()).values("owning")[:1])

    @classmethod
    def published(cls) -> Any:
        """The condition on rows that readers may know: a source in force speaks of them, or none at all does.

        Asked the other way round: few rows are spoken of by what is not in force, and of them alone it is asked what is.
        """
        if not cls.source_paths:
            return models.Q(pk__isnull=False)  # an empty one would be lost where it is joined by OR
        others, in_force = cls._spoken_of_otherwise()
        return ~others | in_force

    @classmethod
    def unpublished(cls) -> models.Q:
        """The condition on the other rows, which are few and found by their sources; of what sources speak of alone."""
        others, in_force = cls._spoken_of_otherwise()
        return others & ~in_force

    @classmethod
    def _spoken_of_otherwise(cls) -> tuple[models.Q, models.Q]:
        """The conditions on rows that a source speaks of which is not in force, and on those that one in force speaks of."""
        in_force = (cls._row_with(models.Q(**{f"{path}__state": "in_force"})) for path in cls.source_paths)
        sources = (
            apps.get_model("core.source")._base_manager.exclude(state="in_force").order_by().values("pk")
        )
        named = (cls._base_manager.filter(**{f"{path}__in": sources}) for path in cls.source_paths)
        others = reduce(or_, (models.Q(pk__in=rows.order_by().values("pk")) for rows in named))
        return others, reduce(or_, in_force)

    @classmethod
    def named_rows(cls) -> Any:
        """All rows, with what `file_name` and `qualifier` read."""
        links = [name for name in cls.named_by if cls._meta.get_field(name).is_relation]
        return cls._default_manager.select_related(*links)

    def _get_FIELD_display(self, field: Any) -> Any:
        """The label of a field's choice; Django's own translates every choice of the field to find it."""
        value = getattr(self, field.attname)
        label = dict(field.flatchoices).get(value, value)
        return None if label is None else str(label)

    @property
    def file_name(self) -> str:
        return str(self)

    @property
    def qualifier(self) -> str:
        return ""

    def natural_key(self) -> Any:
        return tuple(reduce(getattr, path.split("__"), self) for path in self.natural_key_fields)

"""Natural keys, so that fixtures name things by words and `loaddata` and `seed` find them again."""

from functools import reduce

from django.db import models

from departments.history import History, RecordedQuerySet


def _value_at(instance, path):
    return reduce(getattr, path.split("__"), instance)


class NaturalKeyQuerySet(RecordedQuerySet):
    def get_by_natural_key(self, *values):
        return self.get(**dict(zip(self.model.natural_key_fields, values, strict=True)))


class NaturalKeyModel(models.Model):
    """A model that `natural_key_fields` (paths such as `source__slug`) identify, with history of every change.

    `department_paths` lead to the departments whose staff a change of it concerns.
    """

    natural_key_fields: tuple[str, ...] = ("slug",)
    department_paths: tuple[str, ...] = ()

    history = History(inherit=True)

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self):
        return tuple(_value_at(self, path) for path in self.natural_key_fields)

"""Model fields that know no app."""

import functools
from itertools import chain, count
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q

from .hangul import romanised
from .outline.parser import OutlineError, parse
from .periods import PartialDate, full_text, iso_text


def validate_partial_date(text: str) -> None:
    try:
        PartialDate.parse(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error


def validate_outline(text: str) -> None:
    try:
        parse(text)
    except OutlineError as error:
        raise ValidationError(str(error)) from error


class OutlineField(models.TextField):  # type: ignore[type-arg]  # not to be subscripted at run time
    """개조식 text, kept as it was typed."""

    default_validators = [validate_outline]


class LongTextField(models.TextField):  # type: ignore[type-arg]  # as above
    """Plain text of several lines, no longer than `max_length` in whatever way it comes in."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", 2_000)
        super().__init__(*args, **options)
        self.validators.append(MaxLengthValidator(options["max_length"]))


class PartialDateField(models.CharField):  # type: ignore[type-arg]  # as above
    """A date with its precision as text: `2022`, `2022-08` or `2022-08-29`; '' is open or unknown."""

    default_validators = [validate_partial_date]

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", 10)
        super().__init__(*args, **options)

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"form_class": PartialDateFormField, "max_length": 40, **options})


class PartialDateFormField(forms.CharField):
    """Reads dates as screens print them."""

    def to_python(self, value: Any) -> Any:
        return iso_text(super().to_python(value) or "")

    def prepare_value(self, value: Any) -> Any:
        return full_text(value) if isinstance(value, str) else value


class KeyField(models.CharField):  # type: ignore[type-arg]  # as above
    """What stands for a row in addresses and fixtures: made once, from the words in the attribute `words`, and shown nowhere.

    `within` is the foreign key inside which it is unique; everywhere, where there is none.
    """

    def __init__(self, *args: Any, words: str = "name", within: str = "", **options: Any) -> None:
        self.words, self.within = words, within
        super().__init__(*args, **{"blank": True, "editable": False, "unique": not within, **options})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "words": self.words, "within": self.within}

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        if not getattr(model_instance, self.attname):
            setattr(model_instance, self.attname, self._free_key(model_instance))
        return super().pre_save(model_instance, add)

    def _free_key(self, instance: Any) -> str:
        """The words in Latin letters, numbered where they are taken."""
        words = romanised(str(getattr(instance, self.words)))[: (self.max_length or 60) - 10].strip("-")
        start = words or str(self.model._meta.model_name)
        others = self.model._base_manager.filter(**{f"{self.attname}__startswith": start})
        if self.within:
            others = others.filter(**{self.within: getattr(instance, self.within)})
        taken = set(others.values_list(self.attname, flat=True))
        return next(
            key for key in chain([start], (f"{start}-{place}" for place in count(2))) if key not in taken
        )


class DayInput(forms.DateInput):
    """A day as text, as people write it; `day-picker.js` puts a calendar beside it."""

    def __init__(self, attrs: Any = None) -> None:
        given = {"data-day": "", "placeholder": "예: 22. 11. 1.", "autocomplete": "off"}
        super().__init__(given | (attrs or {}), format="%Y-%m-%d")

    def format_value(self, value: Any) -> str | None:
        text = super().format_value(value)
        return full_text(text) if text else text


class DayField(forms.DateField):
    """As above, to the day."""

    widget = DayInput

    def to_python(self, value: Any) -> Any:
        return super().to_python(iso_text(value) if isinstance(value, str) else value)


class IsPartialDate(models.Func):
    """Whether a text is '' or has the shape of a partial date, in functions that both engines have built in.

    A regular expression would be a function of Django's own on SQLite, and no standard tool could check such a file.
    """

    template = (
        functools.reduce("replace({}, '{}', '9')".format, range(9), "%(expressions)s")
        + " IN ('', '9999', '9999-99', '9999-99-99')"
    )
    output_field = models.BooleanField()


def partial_date_check(name: str, field: str) -> models.CheckConstraint:
    """The same in the database, as a named constraint."""
    return models.CheckConstraint(
        name=name,
        condition=Q(IsPartialDate(field)),
        violation_error_message="날짜는 2022, 2022. 8., 2022. 8. 29. 가운데 한 꼴로 적습니다.",
    )

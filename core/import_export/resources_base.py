"""What every import and export resource of the house does.

Columns are the model's fields under their Korean names; rows are told apart by natural key, relations named by theirs. A file is taken
whole or not at all, and never deletes: what it does not name stays as it is. django-import-export carries the rows; reading the head,
finding objects in a few queries, checking and telling what is wrong are here.
"""

import logging
from difflib import get_close_matches

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Diff, ModelResource

from seoul_digital.lib.file_errors import FileRefused, Problem

from ..audit.changes import FieldChange
from ..audit.recording import change_reason, record_rows
from . import file_formats
from .outcome import Outcome, difference, outcome_of
from .resource_fields import BLANK, UNIT_AT_END, Column
from .resource_keys import KeyColumn, Keys, LinksColumn, batches, key_paths, relations_of_key

logger = logging.getLogger(__name__)

FROM_FILE = "파일에서 가져옴"
MOST_ROWS = 5_000
TOO_MANY = f"행이 너무 많습니다. 여기서는 {MOST_ROWS:,}행까지 가져옵니다."
SPLIT = (
    "행을 나누어 올려 주세요. 예산 줄이 많은 재정시스템(e호조) 파일은 ‘예산 → 파일 가져오기’에서 가져옵니다."
)
DENIED = "이 자료를 바꿀 권한이 없습니다. 이 행을 지우고 올리거나 담당 부서에 맡겨 주세요."
DENIED_VALUE = "이 행에 적힌 부서나 자료는 고를 권한이 없습니다."
UNEXPECTED = "이 행을 저장하지 못했습니다. 값을 확인하고, 그래도 같으면 관리자에게 알려 주세요."


class KeyLoader(BaseInstanceLoader):
    """The objects of a file's rows, in a query for a thousand of them; the rows stay locked while a file is put in."""

    def __init__(self, resource, dataset=None):
        super().__init__(resource, dataset)
        self.found = {}
        keys = [row.key for row in resource.incoming if row.key is not None]
        for some in batches(keys):
            named = {
                f"{name}__in": set(values)
                for name, values in zip(resource.key_names, zip(*some, strict=True), strict=True)
            }
            for instance in (
                resource.joined(resource.get_queryset()).filter(**named).select_for_update(of=("self",))
            ):
                self.found[resource.key_of(instance)] = instance

    def get_instance(self, row):
        return self.found.get(self.resource.row_key(row))


class Changes(Diff):
    """The columns whose values differ; `as_html` gives FieldChanges, which a template draws."""

    def __init__(self, resource, instance, new):
        self.before = {} if new else shown(resource, instance)
        self.after = {}

    def compare_with(self, resource, instance):
        self.after = shown(resource, instance)

    def as_html(self) -> list[FieldChange]:
        pairs = ((label, self.before.get(label), value) for label, value in self.after.items())
        return [difference(label, old, new) for label, old, new in pairs if old != new]


def shown(resource, instance):
    return {
        header: cell
        for column in resource.fields.values()
        for header, cell in zip(column.headers, column.cells(instance), strict=True)
    }


class Incoming:
    """A row on its way in: the number that people see, and what it is about; `error` where that cannot be read."""

    def __init__(self, number, key, error=None):
        self.number, self.key, self.error = number, key, error


class BaseResource(ModelResource):
    """`may_change(instance)` and `may_become(instance)` are asked of each row that changes anything: of what was, of what will be."""

    headers: dict[str, str] = {}  # other headers than the fields' names

    class Meta:
        instance_loader_class = KeyLoader
        exclude = ("id",)
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
        use_bulk = False  # it would write no history
        store_instance = True

    def __init__(self, may_change=None, may_save_as=None, may_add=True):
        super().__init__()
        self.may_change, self.may_save_as, self.may_add = may_change, may_save_as, may_add
        self.keys, self.incoming, self.absent = Keys(), [], []
        for column in self.fields.values():
            column.keys = self.keys

    @classmethod
    def field_from_django_field(cls, field_name, django_field, readonly):
        if django_field.many_to_many:
            return LinksColumn(django_field)
        if django_field.is_relation:
            return KeyColumn(django_field)
        return Column(django_field, [cls.headers[field_name]] if field_name in cls.headers else None)

    @classmethod
    def get_diff_class(cls):
        return Changes

    @classmethod
    def get_display_name(cls):
        return str(cls._meta.model._meta.verbose_name)

    # Keys

    @property
    def key_names(self) -> list[str]:
        """The fields that tell objects apart: `source`, `department`."""
        return list(dict.fromkeys(path.split("__")[0] for path in key_paths(self._meta.model)))

    def get_import_id_fields(self):
        return self.key_names

    def key_of(self, instance):
        fields = [self.fields[name].model_field for name in self.key_names]
        return tuple(getattr(instance, field.attname) for field in fields)

    def row_key(self, row):
        """ValueError for a part that cannot be read."""
        cleaned = [self.fields[name].clean(row) for name in self.key_names]
        return tuple(value.pk if isinstance(value, models.Model) else value for value in cleaned)

    def joined(self, queryset):
        """With what natural keys are read from."""
        relations = [column for column in self.fields.values() if isinstance(column, KeyColumn)]
        paths = [
            path
            for column in relations
            for path in (
                column.attribute,
                *(f"{column.attribute}__{one}" for one in relations_of_key(column.model)),
            )
        ]
        links = [column.attribute for column in self.fields.values() if isinstance(column, LinksColumn)]
        return queryset.select_related(*paths).prefetch_related(
            *(models.Prefetch(name, self._with_keys(name)) for name in links)
        )

    def _with_keys(self, name):
        model = self.fields[name].model
        return model._default_manager.select_related(*relations_of_key(model))

    def get_import_order(self):
        return tuple(self.fields)

    def get_export_order(self):
        return tuple(self.fields)

    # Export

    def get_export_headers(self, selected_fields=None):
        return [header for column in self.get_export_fields(selected_fields) for header in column.headers]

    def export_resource(self, instance, selected_fields=None, **kwargs):
        return [cell for column in self.get_export_fields(selected_fields) for cell in column.cells(instance)]

    def outgoing(self, queryset) -> file_formats.Outgoing:
        dataset = self.export(self.joined(queryset))
        widgets = [widget for column in self.get_export_fields() for widget in column.widgets]
        text = {place for place, widget in enumerate(widgets) if widget.is_text}
        return file_formats.Outgoing(
            str(self._meta.model._meta.verbose_name_plural), dataset.headers, list(dataset), text
        )

    # Import

    def bring_in(self, table: file_formats.FileRows, *, dry_run, reason="", expected="") -> Outcome:
        """Take the file, or with `dry_run` only say what it would do. Raises FileRefused where its head cannot be read.

        Nothing is written where anything is wrong, or where it would do something else than `expected`, an earlier outcome's digest.
        """
        dataset = self.dataset_of(table)
        with transaction.atomic(), change_reason(f"{FROM_FILE}: {table.name}. {reason}".rstrip(". ")):
            self._load(dataset, table)
            result = self.import_data(dataset, dry_run=dry_run, rollback_on_validation_errors=True)
            outcome = outcome_of(self, result, [row.number for row in self.incoming], table.sheet)
            if outcome.problems or expected and outcome.digest != expected:
                transaction.set_rollback(True)
            elif not dry_run and not self._keeps_own_history:
                record_rows(self._meta.model, [row.instance.pk for row in outcome.rows])
        return outcome

    def dataset_of(self, table) -> tablib.Dataset:
        """The file's rows under the house's headers. Sets each amount's unit to the one in its header. Raises FileRefused."""
        if len(table.rows) > MOST_ROWS:
            raise FileRefused(TOO_MANY, SPLIT, sheet=table.sheet)
        headers, problems = self._headers(table.headers)
        problems += [
            self._overhanging(number, values, headers)
            for number, values in table.rows
            if any(value not in BLANK for value in values[len(headers) :])
        ]
        problems += self._missing(headers)
        if problems:
            raise FileRefused(
                problems=[
                    Problem(one.message, one.remedy, table.sheet, one.row or table.head_row, one.column)
                    for one in problems
                ]
            )
        self.absent = [
            header for column in self.fields.values() for header in column.headers if header not in headers
        ]
        rows = [tuple([*values, *[None] * len(headers)][: len(headers)]) for _, values in table.rows]
        return tablib.Dataset(*rows, headers=headers)

    def _headers(self, written):
        known = {header: column for column in self.fields.values() for header in column.headers}
        headers, problems = [], []
        for header in self._without_empty_end(written):
            name = self._canonical(header, known)
            if name not in known:
                problems.append(self._unknown(header, known))
            elif name in headers:
                problems.append(
                    Problem(f"‘{header}’ 열이 두 번 있습니다.", "하나만 남겨 주세요.", column=header)
                )
            headers.append(name)
        return headers, problems

    @staticmethod
    def _without_empty_end(headers):
        last = max((place for place, header in enumerate(headers, 1) if header), default=0)
        return headers[:last]

    @staticmethod
    def _canonical(header, known):
        """`예산현액(원)` is the column `예산현액(천원)` in another unit."""
        unit = UNIT_AT_END.search(header)
        for name, column in known.items():
            if unit and column.is_amount and UNIT_AT_END.sub("", name) == UNIT_AT_END.sub("", header):
                column.widget.unit = unit[1]
                return name
        return header

    @staticmethod
    def _unknown(header, known):
        near = get_close_matches(header, known, 1, 0.5)
        remedy = (
            f"‘{near[0]}’ 열이라면 이름을 고치고, 아니면 이 열을 지워 주세요."
            if near
            else "이 열을 지워 주세요."
        )
        return Problem(
            f"‘{header}’은(는) 알 수 없는 열입니다.",
            f"{remedy} 쓸 수 있는 열: {', '.join(known)}",
            column=header,
        )

    @staticmethod
    def _overhanging(number, values, headers):
        return Problem("머리글이 없는 칸에 값이 있습니다.", "머리글을 적거나 값을 지워 주세요.", row=number)

    def _missing(self, headers):
        """Rows cannot be told apart without their key; of a relation every part has to be there."""
        problems = []
        for name, column in self.fields.items():
            absent = [header for header in column.headers if header not in headers]
            if absent and (name in self.key_names or len(absent) < len(column.headers)):
                problems += [
                    Problem(
                        f"‘{header}’ 열이 없습니다.", "서식 파일의 머리글을 그대로 써 주세요.", column=header
                    )
                    for header in absent
                ]
        return problems

    def _load(self, dataset, table):
        """Ask for all objects that the rows name, then read what each row is about."""
        rows = [dict(zip(dataset.headers, values, strict=True)) for values in dataset]
        for column in self.fields.values():
            if isinstance(column, KeyColumn | LinksColumn) and column.column_name in dataset.headers:
                self.keys.load(column.model, self._named(column, rows))
        self.incoming = [
            self._incoming(number, row) for (number, _), row in zip(table.rows, rows, strict=True)
        ]
        seen = {}
        for row in self.incoming:
            if row.key is not None and seen.setdefault(row.key, row.number) != row.number:
                row.error = ValidationError(
                    f"{seen[row.key]:,}행과 같은 자료를 가리킵니다. 한 행만 남겨 주세요."
                )

    @staticmethod
    def _named(column, rows):
        for row in rows:
            try:
                found = column.keys_in(row) if isinstance(column, LinksColumn) else [column.key_in(row)]
            except ValueError:  # told when the row is read
                continue
            yield from (key for key in found if key is not None)

    def _incoming(self, number, row):
        try:
            return Incoming(number, self.row_key(row))
        except ValueError:
            return Incoming(number, None, ValidationError(self._unreadable(row)))

    def _unreadable(self, row):
        """Why cells cannot be read, by field."""
        errors = {}
        for name, column in self.fields.items():
            try:
                if column.column_name in row:
                    column.clean(row)
            except ValueError as error:
                errors[name] = ValidationError(str(error))
        return errors

    def before_import_row(self, row, row_number=None, **kwargs):
        if error := self.incoming[row_number - 1].error:
            raise error

    def after_import(self, dataset, result, **kwargs):
        """Keys come from the database alone, so that no sequence needs to be moved on."""

    def import_instance(self, instance, row, **kwargs):
        errors = self._unreadable(row)
        for name, column in self.fields.items():
            if column.column_name in row and name not in errors and not isinstance(column, LinksColumn):
                column.save(instance, row)
        if errors:
            raise ValidationError(errors)

    def skip_row(self, instance, original, row, import_validation_errors=None):
        if super().skip_row(instance, original, row, import_validation_errors):
            return True
        allowed = (
            self.may_add if original.pk is None else self.may_change is None or self.may_change(original)
        )
        if not allowed:
            raise ValidationError(DENIED)
        return False

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """As `full_clean`, without asking again for each object that a relation was found to name."""
        errors = dict(import_validation_errors or {})
        fields = instance._meta.fields
        known = {
            one.name
            for one in fields
            if one.name not in self.fields or one.is_relation and getattr(instance, one.attname) is not None
        }
        steps = [
            lambda: instance.clean_fields(exclude={*errors, *known}),
            instance.clean,
            instance.validate_unique,
            instance.validate_constraints,
        ]
        for step in steps:
            try:
                step()
            except ValidationError as error:
                errors = error.update_error_dict(errors)
            if errors:
                raise ValidationError(errors)
        if self.may_save_as is not None and not self.may_save_as(instance):
            raise ValidationError(DENIED_VALUE)

    @property
    def _keeps_own_history(self):
        """Of a model with links each row keeps its history as it is saved; of others it is written at once, which halves the time."""
        return bool(self._meta.model._meta.many_to_many)

    def do_instance_save(self, instance, is_create):
        if not self._keeps_own_history:
            instance.skip_history_when_saving = True
        super().do_instance_save(instance, is_create)

    def after_save_instance(self, instance, row, **kwargs):
        """So that rows below may name it."""
        self.keys.add(instance)

    def problems_of(self, row_result, number, sheet) -> list[Problem]:
        if row_result.validation_error is None:
            for error in row_result.errors:
                logger.error("a row of a file could not be saved", exc_info=error.error)
            return [Problem(UNEXPECTED, "", sheet, number)] if row_result.errors else []
        error = row_result.validation_error
        by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        labels = {name: column.label for name, column in self.fields.items()}
        return [
            Problem(message, "", sheet, number, labels.get(name, ""))
            for name, messages in by_field.items()
            for message in messages
        ]

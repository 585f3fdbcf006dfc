"""What every import and export resource does.

Columns are the model's fields under their Korean names; rows are told apart by natural key, relations named
by theirs. A file is taken whole or not at all, and never deletes: what it does not name stays as it is.
django-import-export carries the rows; reading the head, finding objects in a few queries and saying what is
wrong are here.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import ModelResource, modelresource_factory
from import_export.results import Error, InvalidRow
from tablib import Dataset

from seoul_digital.lib.file_errors import FileRefused, Problem
from seoul_digital.lib.hangul import quoted

from ..audit.context import change_reason, history_disabled
from ..audit.recording import record_rows
from ..models import MentionedText
from ..plausibility.held_totals import MovedTotals
from ..plausibility.rules import doubts, remembering
from .fields import (
    UNIT_AT_END,
    FileColumn,
    Key,
    KeyWidget,
    LinksWidget,
    RelationMixin,
    find_by_natural_key,
    key_paths,
    relations_of_key,
)
from .file_reader import BLANK, MAX_ROWS, SPLIT_HINT
from .formats import ExportedTable, FileDataset
from .mentions_sheet import MentionsSheet, mentions_of, read_sheet
from .names import AMBIGUOUS, Names, key_field
from .results import FieldDiff, FileResult, FileRow
from .widgets import AmountWidget, Row

logger = logging.getLogger(__name__)
Rows = models.QuerySet[Any]

FROM_FILE = "파일에서 가져옴"
MAX_EXPORTED = 20_000
TOO_MANY = f"행이 너무 많습니다. 여기서는 {MAX_ROWS:,}행까지 가져옵니다."
DENIED = "이 자료를 바꿀 권한이 없습니다. 이 행을 지우고 올리거나 담당 부서에 맡겨 주세요."
DENIED_VALUE = "이 행에 적힌 부서나 자료는 고를 권한이 없습니다."
HEADLESS = "머리글이 없는 칸에 값이 있습니다.", "머리글을 적거나 값을 지워 주세요."
UNEXPECTED = "이 행을 저장하지 못했습니다. 값을 확인하고, 그래도 같으면 관리자에게 알려 주세요."


class NaturalKeyLoader(BaseInstanceLoader):
    """The objects of a file's rows, in a query for a thousand of them; the rows stay locked while a file is
    put in."""

    def __init__(self, resource: "BaseResource", dataset: FileDataset):
        super().__init__(resource, dataset)
        queryset = resource.joined(resource.get_queryset()).select_for_update(of=("self",))
        self.found = find_by_natural_key(queryset, resource.readable_keys(dataset.dict))
        self.twice = {key for key, instance in self.found.items() if instance is None}

    def get_instance(self, row: Row) -> Any:
        if (key := self.resource.key_of(row)) in self.twice:
            raise ValidationError(AMBIGUOUS)
        return self.found.get(key)


class BaseResource(ModelResource):
    """`may_change(instance)` and `may_save_as(instance)` are asked of each row that changes anything: of
    what was, of what will be."""

    unknown_hint = "이 열을 지워 주세요."  # for a column that is nothing like a known one

    class Meta:
        instance_loader_class = NaturalKeyLoader
        exclude = ("id", "mentions")  # mentions have a sheet of their own
        clean_model_instances = True
        skip_unchanged = True
        use_transactions = True
        use_bulk = False  # it would write no history
        store_instance = True

    fields: dict[str, FileColumn]

    def __init__(
        self,
        may_add: bool = True,
        may_change: Callable[[models.Model], bool] = lambda instance: True,
        may_save_as: Callable[[models.Model], bool] = lambda instance: True,
    ):
        super().__init__()
        self.may_add, self.may_change, self.may_save_as = may_add, may_change, may_save_as
        self.fields = {name: part for field in self.fields.values() for name, part in field.parts().items()}
        self.key_column = (
            self.fields.pop(key.name, FileColumn(key)) if (key := key_field(self._meta.model)) else None
        )
        self.names = Names(self._meta.model)
        self._share_names()

    @property
    def title(self) -> str:
        return str(self._meta.model._meta.verbose_name_plural)

    get_diff_class = classmethod(lambda cls: FieldDiff)
    get_result_class = classmethod(lambda cls: FileResult)
    get_row_result_class = classmethod(lambda cls: FileRow)

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field: Any, readonly: bool) -> FileColumn:
        return FileColumn(django_field)

    # Keys

    def get_import_id_fields(self) -> list[str]:
        """The fields that tell objects apart: `source`, `department`."""
        if self._is_named:
            named = [self._meta.model._meta.get_field(name) for name in self._meta.model.named_by]
            return [field.name for field in named if not field.blank]
        return list(dict.fromkeys(path.split("__")[0] for path in key_paths(self._meta.model)))

    @property
    def _is_named(self) -> bool:
        """Whether a file tells its rows apart by names, as there is no column of keys."""
        return self.key_column is not None and self.key_column.attribute not in self.fields

    def _share_names(self) -> None:
        """The names of a model are asked for once, whatever columns show them."""
        known = {self._meta.model: self.names}
        for field in self.fields.values():
            for widget in field.widget.name_widgets if isinstance(field.widget, RelationMixin) else ():
                widget.names = known.setdefault(widget.names.model, widget.names)

    def key_of(self, row: Row) -> Key:
        """The natural key of what a row is about. ValueError for a part that cannot be read."""
        if self._is_named:
            return self._named_key(row)
        parts: list[Any] = []
        for field in (self.fields[name] for name in self.get_import_id_fields()):
            is_relation = isinstance(field.widget, KeyWidget)
            parts += field.widget.key_in(row) if is_relation else [field.clean(row)]
        return tuple(parts)

    def _named_key(self, row: Row) -> Key:
        """The key of the row that has these names; of none the names themselves, on lines that no key has."""
        model = self._meta.model
        named, further = (
            {name: self.fields[name].clean(row) for name in names if self.fields[name].column_name in row}
            for names in (model.named_by, model.told_apart_by)
        )
        found = self.names.find(named, further)
        return (found.slug if found else "\n".join(["", *map(str, named.values())]),)

    def readable_keys(self, rows: Iterable[Row]) -> Iterator[Key]:
        for row in rows:
            with suppress(ValueError, ValidationError):  # reported when the row is read
                yield self.key_of(row)

    def joined(self, queryset: Rows) -> Rows:
        """With what natural keys are read from."""
        queryset = queryset.prefetch_related(None)
        for field in self.fields.values():
            keys = [*relations_of_key(field.widget.model)] if isinstance(field.widget, RelationMixin) else []
            if isinstance(field.widget, KeyWidget):
                queryset = queryset.select_related(
                    field.attribute, *(f"{field.attribute}__{path}" for path in keys)
                )
            elif isinstance(field.widget, LinksWidget):
                linked = field.widget.model._default_manager.select_related(*keys)
                queryset = queryset.prefetch_related(models.Prefetch(field.attribute, linked))
        return queryset

    # Export

    def export(self, queryset: Rows | None = None, **kwargs: Any) -> ExportedTable:
        """In one query: pages of an order that is not total would lose rows."""
        rows = self.joined(self.get_queryset() if queryset is None else queryset)
        fields = self.get_export_fields()
        text_columns = [place for place, field in enumerate(fields) if field.widget.is_text]
        mentions = mentions_of(self) if self._has_mentions else None
        headers = self.get_export_headers()
        return ExportedTable(self.title, headers, text_columns, self.export_resource, rows, mentions)

    @property
    def _has_mentions(self) -> bool:
        return issubclass(self._meta.model, MentionedText)

    # Import: the head

    def import_data(
        self,
        dataset: FileDataset,
        dry_run: bool = False,
        file_name: str = "",
        reason: str = "",
        expected: str = "",
        **kwargs: Any,
    ) -> FileResult:
        """Take the file, or with `dry_run` only say what it would do.

        Nothing is written where anything is wrong, or where the result is another than `expected`, an
        earlier digest.
        """
        self.dataset = dataset
        self.seen: dict[Key, int] = {}  # the number of the row that is about it
        self.unrecorded: list[Any] = []
        self.totals = MovedTotals()
        self.mentions: MentionsSheet | None = None
        with transaction.atomic(), change_reason(f"{FROM_FILE}: {file_name}. {reason}".rstrip(". ")):
            problems = self._problems_of_head()
            if self._has_mentions and not problems:
                self.mentions, problems = read_sheet(self, dataset)
            if problems:
                result = FileResult()
                result.append_base_error(Error(FileRefused(problems=problems)))
            else:
                self._load_relations()
                with remembering():
                    result = super().import_data(
                        dataset, dry_run, rollback_on_validation_errors=True, **kwargs
                    )
                if not (dry_run or result.problems):
                    record_rows(self._meta.model, [instance.pk for instance in self.unrecorded])
            if expected and result.digest != expected:
                transaction.set_rollback(True)
        names = [field.column_name for field in self.fields.values()]
        result.file_name, result.absent = file_name, [name for name in names if name not in dataset.headers]
        return result

    def _load_relations(self) -> None:
        rows = self.dataset.dict
        for field in self.fields.values():
            if isinstance(field.widget, RelationMixin) and field.column_name in self.dataset.headers:
                field.widget.load((row[field.column_name], row) for row in rows)

    def _problems_of_head(self) -> list[Problem]:
        dataset, headers = self.dataset, self.dataset.headers
        if len(dataset) > MAX_ROWS:
            return [Problem(TOO_MANY, SPLIT_HINT, dataset.sheet)]
        self._read_units()
        if self.key_column and self.key_column.column_name in headers:  # as older files have it
            self.fields[self.key_column.attribute] = self.key_column
        known, problems = [field.column_name for field in self.fields.values()], []
        for place, header in enumerate(headers):
            if not header:
                cells = zip(dataset.numbers, dataset.get_col(place), strict=True)
                problems += [Problem(*HEADLESS, row=number) for number, value in cells if value not in BLANK]
            elif header not in known:
                problems.append(self._unknown(header, known))
            elif header in headers[:place]:
                problems.append(
                    Problem(f"‘{header}’ 열이 두 번 있습니다.", "하나만 남겨 주세요.", column=header)
                )
        problems += [
            Problem(f"‘{header}’ 열이 없습니다.", "서식 파일의 머리글을 그대로 써 주세요.", column=header)
            for header in self._missing()
        ]
        return [
            replace(problem, sheet=dataset.sheet, row=problem.row or dataset.head_row) for problem in problems
        ]

    def _unknown(self, header: str, known: list[str]) -> Problem:
        near = get_close_matches(header, known, 1, 0.5)
        remedy = (
            f"‘{near[0]}’ 열이라면 이름을 고치고, 아니면 이 열을 지워 주세요." if near else self.unknown_hint
        )
        return Problem(
            f"{quoted(header, '은/는')} 알 수 없는 열입니다.",
            f"{remedy} 쓸 수 있는 열: {', '.join(known)}",
            column=header,
        )

    def _read_units(self) -> None:
        """`예산현액(원)` is the column `예산현액(천원)` in another unit."""
        units = {
            UNIT_AT_END.sub("", header): (header, unit[1])
            for header in self.dataset.headers
            if (unit := UNIT_AT_END.search(header))
        }
        for field in self.fields.values():
            name = UNIT_AT_END.sub("", field.column_name)
            if isinstance(field.widget, AmountWidget) and name in units:
                field.column_name, field.widget.unit = units[name]

    def _missing(self) -> Iterator[str]:
        """Rows cannot be told apart without their key; of a relation every part has to be there."""
        for name, field in self.fields.items():
            absent = [
                header
                for header in field.headers
                if header not in self.dataset.headers and not field.readonly
            ]
            if name in self.get_import_id_fields() or len(absent) < len(field.headers):
                yield from absent

    # Import: the rows

    def import_row(self, row: Row, instance_loader: NaturalKeyLoader, **kwargs: Any) -> FileRow:
        result: FileRow = super().import_row(row, instance_loader, **kwargs)
        result.number = self.dataset.numbers[kwargs["row_number"] - 1]
        result.problems = list(self._problems_of(result))
        if not result.problems and (result.is_new() or result.is_update()):
            result.doubts = doubts(result.instance)
            self.totals.add(result.instance)
        return result

    def _problems_of(self, result: FileRow) -> Iterator[Problem]:
        for error in result.errors:
            logger.error("a row of a file could not be saved", exc_info=error.error)
            yield Problem(UNEXPECTED, "", self.dataset.sheet, result.number)
        if result.validation_error:
            labels = {name: field.label for name, field in self.fields.items()}
            for name, messages in InvalidRow(result.number, result.validation_error, ()).error_dict.items():
                yield from (
                    Problem(message, "", self.dataset.sheet, result.number, labels.get(name, ""))
                    for message in messages
                )

    def before_import_row(self, row: Row, row_number: int = 0, **kwargs: Any) -> None:
        number = self.dataset.numbers[row_number - 1]
        try:
            first = self.seen.setdefault(self.key_of(row), number)
        except ValueError:
            self.import_instance(self.init_instance(row), row)  # raises what is wrong with any cell
            return
        if first != number:
            raise ValidationError(f"{first:,}행과 같은 자료를 가리킵니다. 한 행만 남겨 주세요.")

    def import_instance(self, instance: Any, row: Row, **kwargs: Any) -> None:
        """Links are read here already, so that what is wrong with them is told with the rest."""
        errors: dict[str, Any] = {}
        try:
            super().import_instance(instance, row, **kwargs)
            if self.mentions:
                self.mentions.give(instance, row)
        except ValidationError as error:
            errors = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error}
        for field in self.fields.values():
            if isinstance(field.widget, LinksWidget) and field.column_name in row:
                try:
                    field.clean(row)
                except ValueError as error:
                    errors[field.attribute] = ValidationError(str(error))
        if errors:
            raise ValidationError(errors)

    def skip_row(self, instance: Any, original: Any, row: Row, import_validation_errors: Any = None) -> bool:
        is_same = not self._has_mentions or instance.all_mentions == original.all_mentions
        if is_same and super().skip_row(instance, original, row, import_validation_errors):
            return True
        instance.stored_before = original if original.pk else None
        if not (self.may_add if original.pk is None else self.may_change(original)):
            raise ValidationError(DENIED)
        return False

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        super().validate_instance(instance, import_validation_errors, validate_unique)
        if not self.may_save_as(instance):
            raise ValidationError(DENIED_VALUE)

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        """Records of all rows are written at once, in a third of the time; but where links record
        themselves."""
        if self._meta.model._meta.many_to_many:
            super().do_instance_save(instance, is_create)
            return
        with history_disabled():
            super().do_instance_save(instance, is_create)
        self.unrecorded.append(instance)

    def after_save_instance(self, instance: Any, row: Row, **kwargs: Any) -> None:
        """Rows below may name it."""
        for field in self.fields.values():
            if isinstance(field.widget, RelationMixin):
                field.widget.add(instance)
        if self.key_column and instance.slug not in self.names.shown:
            self.names.add(instance)

    def after_import(self, dataset: Dataset, result: FileResult, **kwargs: Any) -> None:
        """Keys come from the database alone: no sequence is to be moved on."""
        if not result.problems:
            result.total_doubts = list(self.totals.broken(are_saved=True))


def resource_class(model: type[models.Model]) -> type[BaseResource]:
    """The resource of a model whose admin names none of its own; what the system fills in itself is no column."""
    own = [field.name for field in model._meta.fields if not field.editable]
    meta = {"exclude": ("id", *own)}
    resource: type[BaseResource] = modelresource_factory(model, BaseResource, meta_options=meta)
    return resource

"""Filters of lists, in a city too: with hundreds of units to choose from, and over a hundred thousand rows."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import reverse_field_path
from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.encoding import iri_to_uri
from django.utils.functional import SimpleLazyObject
from django.utils.html import escape
from django.utils.safestring import SafeString

KEY = "-"  # stands for one that may be chosen, in an address that is written once


class RelatedFilter(admin.RelatedOnlyFieldListFilter):
    """As Django's, with one address written out for all choices."""

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        found: Iterator[Any] = super().choices(changelist)
        if changelist.add_facets:
            yield from found
            return
        yield next(found)  # all
        address = changelist.get_query_string({self.lookup_kwarg: KEY}, [self.lookup_kwarg_isnull])
        before, _, after = escape(iri_to_uri(address)).partition(f"{self.lookup_kwarg}={KEY}")
        chosen = self.lookup_val or ()
        for key, name in self.lookup_choices:
            address = SafeString(f"{before}{self.lookup_kwarg}={key}{after}")
            yield {"selected": str(key) in chosen, "query_string": address, "display": name}
        if self.include_empty_choice:
            *_, empty = found
            yield empty


class UnitsFilter(RelatedFilter):
    """Of rows of which most are seen: each unit is asked for its first row, where Django looks at all."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        rows = model_admin.get_queryset(request).order_by().filter(**{field.name: OuterRef("pk")})
        return list(field.related_model._default_manager.filter(Exists(rows)).values_list("pk", "name"))


class YearsFilter(admin.AllValuesFieldListFilter):
    """The years of which there are rows, each asked for by the index that begins with it."""

    def __init__(
        self, field: Any, request: HttpRequest, params: Any, model: Any, model_admin: Any, field_path: str
    ) -> None:
        super().__init__(field, request, params, model, model_admin, field_path)
        of_years, _ = reverse_field_path(model, field_path)
        rows = model_admin.get_queryset(request) if of_years is model else of_years._default_manager.all()
        self.lookup_choices: Any = SimpleLazyObject(lambda: years_of(rows, field.name))  # not of an export


def years_of(rows: QuerySet[Any], name: str) -> list[int]:
    """The values of a column of numbers, without a look at all rows; two queries."""
    model: type[Model] = rows.model
    ordered = rows.order_by(name).values(name), rows.order_by(f"-{name}").values(name)
    edges = model._base_manager.values_list(*(Subquery(found[:1]) for found in ordered)).order_by()[:1]
    for first, last in edges:
        if first is not None:
            years = range(first, last + 1)
            asked = [Exists(rows.order_by().filter(**{name: year})) for year in years]
            answers = model._base_manager.order_by().values_list(*asked)[0]
            return [year for year, is_there in zip(years, answers, strict=True) if is_there]
    return []

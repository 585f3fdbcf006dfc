"""Pages that show what is kept of each model, for search, history and the way from admin to the pages.

Each app registers its own in its `page_links.py`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, Q
from django.utils.http import urlencode

from seoul_digital.lib.query_params import PARAMETER as AS_OF_PARAMETER

from .audit.recording import naming_relations
from .models import NaturalKeyModel, Source
from .remembered.together import read_together
from .snapshot import BUREAU_PARAMETER, address


@dataclass(frozen=True)
class Page:
    """A page by the name of its view; `slug` and `fragment` are the paths from an object to those in the address.

    `fragment_prefix` stands before the fragment.
    """

    name: str
    view: str
    slug: str = ""
    fragment: str = ""
    fragment_prefix: str = ""


_of_models: dict[str, list[Page]] = defaultdict(list)
_of_scopes: dict[str, list[Page]] = defaultdict(list)
_findings_page: list[str] = []
_fact_page: list[str] = []
_document_page: list[str] = []
_document_places: dict[str, tuple[str, str]] = {}
NumbersPage = Callable[[Source, Model], str]
_numbers_page: list[NumbersPage] = []


def register_page_links(models: Mapping[str, Sequence[Page]], scopes: Mapping[str, Sequence[Page]]) -> None:
    """Adds the pages that show rows of a model (by label) or sources of a scope; the page that shows them best first."""
    for registered, added in ((_of_models, models), (_of_scopes, scopes)):
        for key, pages in added.items():
            registered[key] += [page for page in pages if page not in registered[key]]


def register_findings_page(view: str) -> None:
    """Names the view that lists what does not agree."""
    _findings_page.append(view)


def findings_url(source: Source) -> str:
    """The list of what does not agree, of the source's bureau on its day."""
    asked = {AS_OF_PARAMETER: source.as_of, BUREAU_PARAMETER: source.bureau.slug}
    return f"{address(_findings_page[0])}?{urlencode(asked)}"


def register_fact_page(view: str) -> None:
    """Names the view that shows what a fact is made of."""
    _fact_page.append(view)


def fact_url(snapshot: Any, identity: str) -> str:
    """The page of a stated fact, as the snapshot has it."""
    return snapshot.url(_fact_page[0], identity)


def register_document(view: str, places: Mapping[str, tuple[str, str]]) -> None:
    """Names the view of the report as a document and, by scope and by kind of fact, whose source prints it (scope) under which fragment."""
    _document_page.append(view)
    _document_places.update(places)


def document_place(snapshot: Any, key: str) -> tuple[str, str] | None:
    """Chapter and heading at which the report has it, in its source's words, and the document's address there; `key` is a scope or a
    kind of fact. None where neither is known, or nothing of it is in force."""
    scope, fragment = _document_places.get(key, ("", ""))
    source = next(iter(snapshot.sources_of(scope)), None)
    if source is None:
        return None
    words = source.document.partition(", ")[2] or source.document or "업무보고 문서"
    return words, f"{snapshot.url(_document_page[0])}#{fragment}"


def register_numbers_page(address: NumbersPage) -> NumbersPage:
    """Decorator of the function that gives the address at which the numbers of a source's row are decided on."""
    _numbers_page.append(address)
    return address


def numbers_url(source: Source, row: Model) -> str:
    return _numbers_page[0](source, row)


def pages_of_model(model: type[Any]) -> list[Page]:
    return _of_models.get(model._meta.label_lower, [])


def pages_of_scope(scope: str) -> list[Page]:
    return _of_scopes.get(scope, [])


def known(model: type[Any], keys: Any) -> set[int]:
    """Those of the keys whose objects readers know of."""
    condition = _known(model)
    found = model._base_manager.filter(condition, pk__in=keys).order_by().values_list("pk", flat=True)
    return set(found if condition else keys)


def _known(model: type[Any]) -> Q:
    """The condition on objects that readers know of: what lasts and only drafts speak of is on no page yet.

    Of what a source says itself `pages_showing` knows without a query.
    """
    return model.published() if getattr(model, "source_paths", ()) and not model.source_path() else Q()


def pages_showing(instance: Model, snapshot: Any) -> list[tuple[str, str]]:
    """(name, address) of the pages that show the object on its source's day; none while its source is not in force."""
    source = source_reached(instance)
    if source and source.state != Source.State.IN_FORCE:
        return []
    pages = pages_of_model(type(instance)) or (pages_of_scope(source.scope) if source else ())
    found = ((page.name, _address(page, instance, source, snapshot)) for page in pages)
    return [(name, address) for name, address in found if address]


Keys = Mapping[type[Any], Collection[int]]


def page_urls(keys: Keys, snapshot: Any) -> dict[type[Any], dict[int, str]]:
    """By model and key where readers see the objects on their source's day; nowhere if they are gone or their source is not in force.
    One query."""
    shown = shown_rows(keys)
    return urls_of_rows(dict(zip(shown, read_together(shown.values()), strict=True)), snapshot)


def shown_rows(keys: Keys) -> dict[type[Any], Any]:
    """By model the objects that readers know of, with all that the addresses of their pages have from them."""
    rows = {}
    for model in (model for model in keys if model is not Source):
        ways = [way for page in pages_of_model(model) for way in (page.slug, page.fragment) if "." in way]
        relations = naming_relations(model) | {way.rpartition(".")[0].replace(".", "__") for way in ways}
        known_rows = model._base_manager.filter(_known(model), pk__in=keys[model])
        rows[model] = known_rows.select_related(*relations)
    return rows


def urls_of_rows(rows: Mapping[type[Any], Sequence[Model]], snapshot: Any) -> dict[type[Any], dict[int, str]]:
    urls = {}
    for model, of_model in rows.items():
        pages = {row.pk: pages_showing(row, snapshot) for row in of_model}
        urls[model] = {key: shown[0][1] for key, shown in pages.items() if shown}
    return urls


def source_reached(instance: Model) -> Source | None:
    """The source that the object's facts belong to, itself included; None for what lasts or where it is gone."""
    if isinstance(instance, Source):
        return instance
    path = instance.source_path() if isinstance(instance, NaturalKeyModel) else ""
    return _reached(instance, path.replace("__", ".")) if path else None


def _address(page: Any, instance: Model, source: Any, snapshot: Any) -> Any:
    slug, mark = (_reached(instance, way) if way else "" for way in (page.slug, page.fragment))
    if slug is None or mark is None:
        return ""
    fragment = f"#{page.fragment_prefix}{mark}" if mark else ""
    # The bureau is asked for where there are several and the source is one's own.
    bureau = snapshot.slug_of(source.bureau_id) if source else ""
    as_of = source and str(source.as_of)
    return snapshot.url(page.view, *filter(None, [slug]), as_of=as_of, bureau=bureau) + fragment


def _reached(instance: Any, way: Any) -> Any:
    """What stands at the end of a way such as `brief.project.slug`; None where there is no such way, or it is gone."""
    try:
        return reduce(lambda found, name: getattr(found, name, None), way.split("."), instance)
    except ObjectDoesNotExist:
        return None

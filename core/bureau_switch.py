"""The way from a page to the same page of another bureau."""

from functools import lru_cache

from django.http import HttpRequest
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from seoul_digital.lib.language import is_english

from .snapshot import BUREAU_PARAMETER
from .templatetags.language import fact_html

CURRENT = ' aria-current="true"'
KEPT = ("as_of", "from", "to", "q")  # filters are of one bureau's units and items


def bureau_links(request: HttpRequest) -> SafeString:
    """List items that lead to every present bureau; what belongs to one bureau, as a project, leads to the list that it stands in.

    Written without a template: those of a city would be a sixth of a small page's work.
    """
    snapshot, match = request.snapshot, request.resolver_match  # type: ignore[attr-defined]
    path = escape(f"/{match.route.partition('<')[0]}" if match else "/")
    asked = {name: request.GET[name] for name in KEPT if request.GET.get(name, "").strip()}
    rest = escape(f"&{urlencode(asked)}") if asked else ""
    current = snapshot.chosen.slug if snapshot.chosen else None
    bureaus = tuple([(bureau.slug, bureau.name) for bureau in snapshot.bureaus])
    items = [
        f'<li><a href="{path}?{link}{rest}"{CURRENT if slug == current else ""}>{name}</a></li>'
        for slug, link, name in _named(bureaus, is_english())
    ]
    return mark_safe("".join(items))  # noqa: S308 (escaped above)


@lru_cache(8)
def _named(bureaus: tuple[tuple[str, str], ...], in_english: bool) -> list[tuple[str, str, SafeString]]:
    """(slug, its part of a query string, name) as HTML, in the language that is read."""
    return [(slug, escape(urlencode({BUREAU_PARAMETER: slug})), fact_html(name)) for slug, name in bureaus]

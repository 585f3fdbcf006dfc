"""The way from a page to the same page of another bureau."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.http import urlencode

from .snapshot import BUREAU_PARAMETER

KEPT = ("as_of", "from", "to", "q")  # filters are of one bureau's units and items


@dataclass(frozen=True)
class BureauLink:
    name: str
    url: str
    is_current: bool


def bureau_links(request: HttpRequest) -> list[BureauLink]:
    """To every present bureau; what belongs to one bureau, as a project, leads to the list that it stands in."""
    snapshot, match = request.snapshot, request.resolver_match  # type: ignore[attr-defined]
    path = f"/{match.route.partition('<')[0]}" if match else "/"
    asked = {name: request.GET[name] for name in KEPT if request.GET.get(name, "").strip()}
    return [
        BureauLink(
            str(bureau),
            f"{path}?{urlencode({BUREAU_PARAMETER: bureau.slug, **asked})}",
            bureau == snapshot.chosen,
        )
        for bureau in snapshot.bureaus
    ]

"""What every page of an edition begins and ends with."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from core.snapshot import BUREAU_PARAMETER, Snapshot
from departments.models import Department

from .editions.access import Access
from .models import Edition


def get_edition_or_403(request, pk):
    """The edition and what the user may do with it; 403 where he may not even see it."""
    edition = get_object_or_404(Edition.objects.select_related("bureau"), pk=pk)
    access = Access(request.user, edition.bureau)
    if not access.may_see(edition):
        raise PermissionDenied
    _read_its_bureau(request, edition.bureau)
    return edition, access


def _read_its_bureau(request, bureau):
    """The header and the links of an edition's page are of its bureau, whichever the reader came from."""
    chosen = request.snapshot.chosen
    if bureau == chosen or chosen and Department.objects.lineage_of(chosen).filter(pk=bureau.pk).exists():
        return
    snapshot = Snapshot.from_query(request.user, {**request.GET.dict(), BUREAU_PARAMETER: bureau.slug})
    if not snapshot.error:
        request.snapshot = snapshot


def deny_unless(allowed):
    if not allowed:
        raise PermissionDenied


def redirect_to(request, name, *args):
    return redirect(request.snapshot.url(f"reports:{name}", *args))


def edition_address(request: HttpRequest, key: int) -> str:
    """The whole address of an edition's page, as it stands in letters."""
    path = reverse("reports:edition", args=[key])
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)

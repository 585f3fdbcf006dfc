"""What every page of an edition begins and ends with."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect

from .editions.access import Access
from .models import Edition


def get_edition_or_403(request, pk):
    """The edition and what the user may do with it; 403 where he may not even see it."""
    edition = get_object_or_404(Edition.objects.select_related("bureau"), pk=pk)
    access = Access(request.user, edition.bureau)
    if not access.may_see(edition):
        raise PermissionDenied
    return edition, access


def deny_unless(allowed):
    if not allowed:
        raise PermissionDenied


def redirect_to(request, name, *args):
    return redirect(request.snapshot.url(f"reports:{name}", *args))

from django.utils.functional import SimpleLazyObject

from .snapshot import Snapshot


class SnapshotMiddleware:
    """`request.snapshot` for signed-in users, worked out when it is first used."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.snapshot = SimpleLazyObject(lambda: Snapshot.from_query(request.user, request.GET))
        return self.get_response(request)

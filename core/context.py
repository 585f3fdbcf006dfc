from typing import Any

from django.http import HttpRequest

from .access.scope import access_scope
from .remembered.demonstration import is_demonstration


def snapshot(request: HttpRequest) -> dict[Any, Any]:
    """`snapshot` in every template of a signed-in user, and whether tables may be downloaded, asked for where there is one.

    Who is held back before the second factor sees nothing of it.
    """
    user = getattr(request, "user", None)
    if not (user and user.is_authenticated) or getattr(request, "is_held_back", False):
        return {"snapshot": None}
    return {"snapshot": request.snapshot, "may_export": lambda: access_scope(user).may_export_tables}


def demonstration(request: HttpRequest) -> dict[str, Any]:
    """`is_demonstration` in every template, asked where one says it."""
    return {"is_demonstration": is_demonstration}

"""What of a page is its user's own and of one request; all else of it may be the same for others."""

from collections.abc import Callable
from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.utils.html import conditional_escape

from core.templatetags.language import fact_html

register = template.Library()
VALUES: dict[str, Callable[[Any], Any]] = {
    "user": lambda request: request.user.pk,
    "started": lambda request: request.session.get("session_started", ""),
    "left": lambda request: getattr(request, "session_left", ""),
    "warning": lambda request: getattr(request, "session_warning", ""),
    "name": lambda request: request.user.display_name,
    "token": get_token,
}


@register.simple_tag(takes_context=True)
def frame(context: dict[str, Any], name: str) -> Any:
    """One of VALUES; the mark in its place, while a page is made that may be remembered."""
    request = context["request"]
    marks = getattr(request, "frame_marks", None)
    return marks[name] if marks else shown(name, request)


def shown(name: str, request: Any) -> str:
    """The value as HTML."""
    value = VALUES[name](request)
    return str(fact_html(value) if name == "name" else conditional_escape(value))

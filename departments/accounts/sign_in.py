"""Signing in: what is written of it is written together."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.db import transaction
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from seoul_digital.lib.language import ENGLISH

from .language import choose_language


class SignInView(LoginView):
    """A sign-in that fails half-way has left nothing. The password was checked before: that takes its time, and holds no lock."""

    @transaction.atomic
    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        if self.request.POST.get("language") == ENGLISH:
            choose_language(form.get_user(), ENGLISH)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """English is offered where the browser prefers it, never chosen: officials' browsers are often set so."""
        offers_english = get_language_from_request(self.request) == ENGLISH
        return super().get_context_data(offers_english=offers_english, **kwargs)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = super().render_to_response(context, **kwargs)
        patch_vary_headers(response, ["Accept-Language"])
        return response

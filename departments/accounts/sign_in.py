"""Signing in: what is written of it is written together."""

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.db import transaction
from django.http import HttpResponse


class SignInView(LoginView):
    """A sign-in that fails half-way has left nothing. The password was checked before: that takes its time, and holds no lock."""

    @transaction.atomic
    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        return super().form_valid(form)

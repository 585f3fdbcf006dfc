from django import forms
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from .access_log import REASON
from .middleware import STARTED


class ReasonForm(forms.Form):
    reason = forms.CharField(label="내려받는 까닭", min_length=2, max_length=200)


def session(request: HttpRequest) -> JsonResponse:
    """Who is signed in, since when, and for how many seconds more; a POST (of somebody at work) begins the idle time anew."""
    if not request.user.is_authenticated:
        return JsonResponse({"left": 0})
    state = {
        "user": str(request.user.pk),
        "started": str(request.session[STARTED]),
        "left": request.session_left,  # type: ignore[attr-defined]  # by SessionLimitMiddleware
    }
    return JsonResponse(state | {"token": get_token(request)})


def download_reason(request):
    """Asks once a sign-in why files are taken out."""
    form = ReasonForm(request.POST or None)
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    if form.is_valid():
        request.session[REASON] = form.cleaned_data["reason"]
    context = {"form": form, "wanted": wanted if is_ours else "", "given": form.is_valid()}
    return render(request, "registration/download_reason.html", context, status=400 if form.errors else 200)

"""Forms that ask once about what is improbable, and save it on a confirmation."""

from typing import Any

from django.http import HttpRequest

from ..plausibility import doubts, token

CONFIRMED = "confirmed_doubts"  # the form field's name, in templates/admin/_doubts.html too


class PlausibleForm:
    """`asked` collects the sentences of all forms of a page, for its one box to tick."""

    asked: list[str]

    def _post_clean(self) -> None:
        super()._post_clean()
        form: Any = self
        if form.errors or not form.has_changed():
            return
        # of fields that are no model fields, as counts by series
        for name, value in form.cleaned_data.items():
            if name in vars(form.instance).keys() - {field.name for field in form.instance._meta.fields}:
                setattr(form.instance, name, value)
        confirmed = form.data.get(CONFIRMED, "").split()
        if unconfirmed := [one for one in doubts(form.instance) if token([one]) not in confirmed]:
            form.asked += [one for one in unconfirmed if one not in form.asked]
            form.add_error(None, unconfirmed)


def plausible(request: HttpRequest, form: Any) -> Any:
    """The form class, asking."""
    return type(form.__name__, (PlausibleForm, form), {"asked": page_doubts(request)})


def page_doubts(request: Any) -> "PageDoubts":
    if not hasattr(request, "page_doubts"):
        request.page_doubts = PageDoubts()
    return request.page_doubts


class PageDoubts(list[str]):
    """What a page asks about; `token` is what its box sends."""

    @property
    def token(self) -> str:
        return token(self)

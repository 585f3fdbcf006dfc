"""Forms that ask once about what is improbable, and save it on a confirmation."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from ..plausibility.held_totals import MovedTotals
from ..plausibility.removals import Heard, contradictions_without
from ..plausibility.rules import doubts, remembering, token
from .checks import heard

CONFIRMED = "confirmed_doubts"  # the form field's name, in templates/admin/_doubts.html too


class Asking:
    """`asked` collects the sentences of all forms of a page, for its one box to tick."""

    asked: list[str]

    def unconfirmed(self, sentences: list[str]) -> list[str]:
        confirmed = self.data.get(CONFIRMED, "").split()
        left = [one for one in sentences if token([one]) not in confirmed]
        self.asked += [one for one in left if one not in self.asked]
        return left


class PlausibleForm(Asking):
    """A form of its own asks about the totals that its row moves, too; a row of several leaves them to its formset."""

    is_alone = True
    is_doubted = False

    def _post_clean(self) -> None:
        super()._post_clean()
        form: Any = self
        if form.errors or not form.has_changed():
            return
        # of fields that are no model fields, as counts by series
        for name, value in form.cleaned_data.items():
            if name in vars(form.instance).keys() - {field.name for field in form.instance._meta.fields}:
                setattr(form.instance, name, value)
        with remembering():
            sentences = doubts(form.instance)
            if self.is_alone:
                totals = MovedTotals()
                totals.add(form.instance)
                sentences += totals.broken()
        if left := self.unconfirmed(sentences):
            self.is_doubted = True
            form.add_error(None, left)


class PlausibleFormSet(Asking):
    """What the rows move together is asked about once, where nothing else is wrong with them; `heard`: of that what the user hears."""

    heard: Heard

    def clean(self) -> None:
        super().clean()
        formset: Any = self
        gone = [form.instance for form in formset.deleted_forms if form.instance.pk]
        rows = [form for form in formset.forms if form.has_changed() and form not in formset.deleted_forms]
        if any(form.errors and not form.is_doubted for form in rows):
            return
        totals = MovedTotals()
        with remembering():
            for form in rows:
                totals.add(form.instance)
            for row in gone:
                totals.remove(row)
            sentences = list(totals.broken())
        # With rows that change their numbers, too, a hole is most likely closed by them.
        sentences += contradictions_without(gone, self.heard, are_renumbered=bool(rows))
        left = self.unconfirmed(sentences)
        if left:
            raise ValidationError(left)


def plausible(request: HttpRequest, form: Any) -> Any:
    """The form class, asking."""
    return type(form.__name__, (PlausibleForm, form), {"asked": page_doubts(request)})


def plausible_rows(request: HttpRequest, formset: Any) -> Any:
    """The formset class whose rows ask, and that asks about what they move together."""
    asking = formset.form if issubclass(formset.form, PlausibleForm) else plausible(request, formset.form)
    form = type(asking.__name__, (asking,), {"is_alone": False})
    own = {"form": form, "asked": page_doubts(request), "heard": staticmethod(partial(heard, request.user))}
    return type(formset.__name__, (PlausibleFormSet, formset), own)


def page_doubts(request: Any) -> "PageDoubts":
    if not hasattr(request, "page_doubts"):
        request.page_doubts = PageDoubts()
    return request.page_doubts


class PageDoubts(list[str]):
    """What a page asks about; `token` is what its box sends."""

    @property
    def token(self) -> str:
        return token(self)

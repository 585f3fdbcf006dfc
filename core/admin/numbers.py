"""The numbers of texts in forms: shown by state under each text, and told of after saving."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html

from seoul_digital.lib.hangul import quoted
from seoul_digital.lib.number_tokens import number_tokens

from ..edit_links import record_addresses
from ..mentions.marking import ASKED, marked, unlinked
from ..mentions.states import State, TextState, TokenState, states_of, unsaved_state
from ..models.mentions import MentionedText
from ..page_links import numbers_url, source_reached
from ..snapshot import Snapshot
from ..stated_facts import fact_text
from .outline_widget import OutlineInput
from .text_numbers import asked_of, snapshot_of, text_name

MOST_OFFERED = 3  # facts that a message offers to change


class NumbersAdmin(admin.ModelAdmin):
    """Lights in each text what is to be decided of its numbers; where a bound number was rewritten, offers the fact."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **kwargs: Any
    ) -> Any:
        rows = [
            (inline.formset, form)
            for inline in context["inline_admin_formsets"]
            for form in inline.formset.forms
        ]
        if obj is not None:
            for formset, form in rows:  # of one object, whose relations are then read once
                setattr(form.instance, formset.fk.name, formset.instance)
        _light([context["adminform"].form, *(form for _, form in rows)])
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        every = [form, *(form for formset in formsets for form in formset.forms)]
        edited = [form for form in every if _is_mentioned(form) and form.has_changed()]
        snapshot = snapshot_of(edited[0].instance) if edited else None
        if snapshot:
            _offer_facts(request, edited, snapshot)
            _tell_asked(request, (form.instance for form in edited), snapshot)


def _is_mentioned(form: Any) -> bool:
    return isinstance(form.instance, MentionedText) and form.instance.pk is not None


def _light(shown: Iterable[Any]) -> None:
    """Gives every text of the forms its numbers: an outline in its preview, another text beneath it."""
    every = [form for form in shown if isinstance(form.instance, MentionedText)]
    for form in every:
        for name in form.instance.mention_fields if form.instance.pk is None else ():
            if name in form.fields and getattr(form.instance, name):
                _light_field(form[name], unsaved_state(form.instance, name))
    mentioned = [form for form in every if _is_mentioned(form)]
    snapshot = snapshot_of(mentioned[0].instance) if mentioned else None
    if snapshot is None:
        return
    for form in mentioned:
        for name in form.instance.mention_fields:  # an empty one, too: what is typed into it is lit
            if (field := form.fields.get(name)) and isinstance(field.widget, OutlineInput):
                field.widget.text_name = text_name(form.instance, name)
        for text in states_of(form.instance, snapshot):
            if text.field in form.fields:
                _light_field(form[text.field], text)


def _light_field(field: forms.BoundField, text: TextState) -> None:
    if isinstance(widget := field.field.widget, OutlineInput):
        widget.numbers = text
    elif text.is_asked:
        shown = render_to_string("admin/_numbers.html", {"text": marked(text, unlinked), **asked_of(text)})
        field.help_text = format_html("{}{}", field.help_text, shown)


def _offer_facts(request: HttpRequest, edited: Iterable[Any], snapshot: Snapshot) -> None:
    """Where a number was rewritten that states a fact, the fact is offered to be changed, too."""
    rewritten = [token for form in edited for token in _rewritten(form, snapshot)][:MOST_OFFERED]
    records = [token.fact.record for token in rewritten if token.fact and token.fact.record]
    addresses = record_addresses(request, records, "main")
    for token in rewritten:
        if fact := token.fact:
            address = addresses.get(fact.record, "") if fact.record else ""
            link = format_html(' <a href="{}">값도 고치기</a>', address) if address else ""
            printed = quoted(token.token.printed, "으로/로")
            messages.warning(
                request,
                format_html(
                    "본문을 {} 고치셨지만 ‘{}’ 값은 {}입니다.{}", printed, fact.label, fact_text(fact), link
                ),
            )


def _rewritten(form: Any, snapshot: Snapshot) -> Iterator[TokenState]:
    """The stale numbers of a form's texts that were not in them before."""
    for text in states_of(form.instance, snapshot):
        if text.field in form.changed_data:
            before = {
                (token.number, token.unit) for token in number_tokens(form.initial.get(text.field) or "")
            }
            yield from (
                token
                for token in text.tokens
                if token.state is State.STALE and (token.token.number, token.token.unit) not in before
            )


def _tell_asked(request: HttpRequest, rows: Iterable[Any], snapshot: Snapshot) -> None:
    texts = [text for row in rows for text in states_of(row, snapshot) if text.is_asked]
    if texts:
        asked = sum(len(text.lost) + sum(token.state in ASKED for token in text.tokens) for text in texts)
        source = source_reached(texts[0].row)
        address = numbers_url(source, texts[0].row) if source else ""
        messages.info(
            request,
            format_html(
                '글에 무엇을 뜻하는지 정할 숫자가 {}개 있습니다. <a href="{}">숫자 확인</a>', asked, address
            ),
        )

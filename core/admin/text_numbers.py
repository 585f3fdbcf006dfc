"""The numbers of one text as its form knows them."""

from typing import Any

from django.apps import apps

from seoul_digital.lib.outline.errors import MAX_CHARACTERS

from ..access.scope import access_scope
from ..edit_conflicts.form_data import is_key
from ..mentions.states import State, TextState, states_of, unsaved_state
from ..models.mentions import MentionedText
from ..page_links import numbers_url, source_reached
from ..snapshot import Snapshot, snapshot_with


def snapshot_of(row: Any) -> Snapshot | None:
    """In which a row's facts are read; None where its source is gone."""
    source = source_reached(row)
    return snapshot_with(source) if source else None


def asked_of(text: TextState) -> dict[str, Any]:
    """What is said under a text: the stale numbers with what is offered, how many are unbound or lost, where they are decided on."""
    source = source_reached(text.row) if text.is_asked and text.row.pk else None
    return {
        "stale": [token for token in text.tokens if token.state is State.STALE],
        "unbound": sum(token.state is State.UNBOUND for token in text.tokens),
        "lost": text.lost,
        "numbers_url": numbers_url(source, text.row) if source else "",
    }


def text_name(row: Any, field: str) -> str:
    """What a text is called where it is asked for: `projects.brief.12.overview`, of a row never saved `projects.brief..overview`."""
    return f"{row._meta.label_lower}.{row.pk or ''}.{field}"


def name_of(text: TextState) -> str:
    return text_name(text.row, text.field)


def typed_numbers(user: Any, name: str, typed: str) -> TextState | None:
    """The numbers of a text that is being typed; None where there is no such, it is too long, or the user may neither see its row
    nor, where it is a new one's, add rows."""
    if len(typed) > MAX_CHARACTERS:
        return None
    row, _, field = name.rpartition(".")
    label, _, key = row.rpartition(".")
    model: Any = {model._meta.label_lower: model for model in apps.get_models()}.get(label)
    if not (model and issubclass(model, MentionedText) and field in model.mention_fields):
        return None
    typed = typed.replace("\r\n", "\n")
    if not key:
        return unsaved_state(model(**{field: typed}), field) if access_scope(user).has(model, "add") else None
    if not is_key(key):
        return None
    found = model._base_manager.filter(pk__in=access_scope(user).visible(model, [int(key)])).first()
    snapshot = snapshot_of(found) if found else None
    if snapshot is None:
        return None
    setattr(found, field, typed)
    found.renew_mentions()
    return next((text for text in states_of(found, snapshot) if text.field == field), None)

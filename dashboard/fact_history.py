"""What was changed in the row of a fact, for those who may read its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core.access.scope import access_scope
from core.audit.changes import Change, changes
from core.stated_facts import StatedFact

from .history_filters import visible_records

SHOWN = 5


@dataclass(frozen=True)
class FactHistory:
    """The newest changes; `url` is the whole history of the row, empty for those who may not open it."""

    changes: Sequence[Change]
    url: str = ""


def of_fact(fact: StatedFact, user: Any) -> FactHistory | None:
    """None for those who may not read the history, and where the fact has no row of its own."""
    record = fact.record
    if record is None or not user.is_staff:
        return None
    model: Any = record.model
    records = visible_records(user).filter(model=model._meta.label_lower, object_id=record.key)
    is_open = record.key in access_scope(user).visible(model, [record.key])
    url = (
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_history", args=[record.key])
        if is_open
        else ""
    )
    return FactHistory(changes(records.order_by("-pk")[:SHOWN]), url)

"""Ids of findings and names of texts, in an edition whose rows share their orders and names."""

from collections import Counter
from contextlib import suppress

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from core import integrity
from core.mentions.states import mentioned_models, states, text_key
from core.models import Fact
from core.snapshot import snapshots_at
from seoul_digital.lib.query_params import AskedDate

pytestmark = pytest.mark.django_db
COPIED = 3  # rows of each model


def copied():
    """Rows that were copied into their own source, by model, each with one part of its key another: a name or an order twice."""
    found = Counter()
    models = [model for model in apps.get_models() if issubclass(model, Fact) or model in mentioned_models()]
    for model in models:
        for row in model._base_manager.order_by("-pk")[:COPIED]:
            for field in model._meta.concrete_fields:
                if field.primary_key or field.is_relation or field.choices:
                    continue
                twin = model._base_manager.get(pk=row.pk)
                old = getattr(twin, field.name)
                twin.pk = None
                if isinstance(old, int) and not isinstance(old, bool):
                    setattr(twin, field.name, old + 7)
                elif isinstance(old, str) and old:
                    setattr(twin, field.name, f"{old}2")
                with suppress(IntegrityError, ValidationError, DataError), transaction.atomic():
                    twin.save(force_insert=True)
                    found[model.__name__] += 1
                    break
    return found


def test_ids_stay_apart_where_rows_share_their_order_and_their_name(seeded):
    assert copied().keys() >= {"Duty", "Milestone", "Measurement", "ControlTotal", "RevenueFigure"}
    snapshot = snapshots_at(AskedDate(None))[0]
    ids = Counter(finding.id for finding in integrity.run(snapshot))
    assert [name for name, times in ids.items() if times > 1] == []
    texts = Counter(text_key(text.row, text.field) for text in states(snapshot))
    assert [name for name, times in texts.items() if times > 1] == []

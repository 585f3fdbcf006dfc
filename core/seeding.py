"""Putting fixtures into the database without touching what people have changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, transaction

from seoul_digital.lib.hangul import quoted

from .audit.recording import change_reason, history_disabled, record_rows
from .models import Source, TrackedModel
from .models.mentions import MentionedText

SEED = "씨앗 자료"


@dataclass
class Seeded:
    """The keys of the objects that were added, by model."""

    keys: dict[type[TrackedModel], list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def added(self) -> dict[str, int]:
        """How many of each model (verbose name)."""
        return {str(model._meta.verbose_name): len(keys) for model, keys in self.keys.items()}

    @property
    def total(self) -> int:
        return sum(self.added.values())


def fixture_files(folder: str | Path) -> list[Path]:
    return sorted(Path(folder).rglob("*.yaml"))


@transaction.atomic
@change_reason(SEED)
def seed(files: Iterable[Path]) -> Seeded:
    """Add what the fixture files say and the database does not know yet.

    A source once known is left alone with all its facts, whatever became of them: edited, deleted or withdrawn.
    What lasts (units, projects, terms …) is added where its natural key is unknown and never overwritten.
    """
    known_sources = set(Source.objects.values_list("slug", flat=True))
    seeded = Seeded()
    for path in files:
        with path.open(encoding="utf-8") as stream:
            for entry in serializers.deserialize("yaml", stream, using=DEFAULT_DB_ALIAS):
                if _is_new(entry.object, known_sources):
                    if isinstance(entry.object, MentionedText):
                        entry.object.renew_mentions()  # Django saves what is from a fixture as it stands
                    with history_disabled():
                        entry.save()
                    model = cast(type[TrackedModel], type(entry.object))
                    seeded.keys[model].append(entry.object.pk)
    for model, keys in seeded.keys.items():
        record_rows(model, keys)
    return seeded


def refuse_too_long(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Receives `pre_save` of what comes from a fixture, which no form has looked at."""
    for column in instance._meta.concrete_fields if raw else ():
        value, limit = getattr(instance, column.attname), column.max_length
        if limit and isinstance(value, str) and len(value) > limit:
            raise ValidationError(
                f"{instance._meta.verbose_name}의 ‘{column.verbose_name}’에는 {limit:,}자까지 적을 수 있습니다. "
                f"{quoted(f'{value[:20]}…', '은/는')} {len(value):,}자입니다."
            )


def _is_new(instance: Any, known_sources: Any) -> bool:
    source = _source_of(instance)
    if source is not None:
        return source not in known_sources
    return instance.pk is None


def _source_of(instance: Any) -> Any:
    """The slug of the source that an object belongs to: itself, its own, or its parent's; None for what lasts."""
    if isinstance(instance, Source):
        return instance.slug
    if instance.source_path():
        return instance.natural_key()[0]
    return None

"""Rows with texts whose numbers and dates are accounted for."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Self

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from ..mentions.alignment import renewed
from ..mentions.mention import Mention, mentions_of

MOST_MENTIONS = 2_000  # of a row
UNREADABLE = (TypeError, ValueError, AttributeError, FieldDoesNotExist)


def validate_mentions(stored: Any) -> None:
    try:
        if len(stored) > MOST_MENTIONS:
            raise ValidationError(
                f"언급이 {len(stored):,}개입니다. 한 글에 {MOST_MENTIONS:,}개까지 둘 수 있습니다."
            )
        mentions_of(stored)
    except UNREADABLE:
        raise ValidationError("언급을 읽을 수 없습니다.") from None


class MentionsField(models.JSONField):
    """The mentions of a row's texts. Whatever writes the row, they follow its texts: aligned to how these were edited or,
    where they were given anew themselves, found in what the texts say now."""

    default_validators = [validate_mentions]

    def __init__(self, *args: Any, **options: Any) -> None:
        usual: Any = {"verbose_name": "언급", "default": list, "blank": True, "editable": False}
        super().__init__(*args, **usual | options)

    def words(self, stored: Any) -> list[str]:
        """What is said of each number, a line each: `추진실적 28,006대: 공공와이파이 운영현황(AP대수)`; what SQL made unreadable
        as it stands."""
        try:
            return [
                f"{self.model._meta.get_field(mention.field).verbose_name} {mention.words}"
                for mention in mentions_of(stored or ())
            ]
        except UNREADABLE:
            return [json.dumps(stored, ensure_ascii=False)]

    def pre_save(self, model_instance: "MentionedText", add: bool) -> Any:  # type: ignore[override]
        model_instance.renew_mentions()
        return super().pre_save(model_instance, add)


class MentionedText(models.Model):
    """`mention_fields` name the texts of a row."""

    mention_fields: tuple[str, ...] = ()
    _texts_read: dict[str, str] | None = None
    _mentions_read: Any = None

    mentions = MentionsField()

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        if update_fields is not None and not {*self.mention_fields}.isdisjoint(update_fields):
            update_fields = {*update_fields, "mentions"}
        super().save(*args, update_fields=update_fields, **options)
        self._note_texts()

    @classmethod
    def from_db(cls, *args: Any, **options: Any) -> Self:
        instance = super().from_db(*args, **options)
        instance._note_texts()
        return instance

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        super().refresh_from_db(using, fields, from_queryset)
        self._note_texts(fields)

    def _note_texts(self, fields: Iterable[str] | None = None) -> None:
        """What is in the database, so that the next save knows what was edited; of what was not read nothing."""
        read = self.__dict__
        names = [name for name in self.mention_fields if name in read and (fields is None or name in fields)]
        self._texts_read = (self._texts_read or {}) | {name: read[name] for name in names}
        if isinstance(read.get("mentions"), list) and (fields is None or "mentions" in fields):
            self._mentions_read = [*read["mentions"]]

    def renew_mentions(self) -> None:
        if not self.mentions:
            return
        texts = self.mentioned_texts
        is_edited = not self._state.adding and self.mentions == self._mentions_read
        if not is_edited or texts != self._texts_read:
            self.mentions = renewed(texts, self.mentions, self._texts_read if is_edited else None)

    @property
    def mentioned_texts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.mention_fields}

    @property
    def all_mentions(self) -> Sequence[Mention]:
        """In the order in which they are stored, lost ones among them."""
        return mentions_of(self.mentions)


@contextmanager
def mentions_follow(model: Any, keys: Sequence[int], values: Collection[str]) -> Iterator[None]:
    """Around an UPDATE of some fields: where these are texts, the mentions of the rows are aligned to what was written."""
    is_text = issubclass(model, MentionedText) and "mentions" not in values
    if not is_text or {*model.mention_fields}.isdisjoint(values):
        yield
        return
    rows = model._base_manager.filter(pk__in=keys)
    before = {row.pk: row.mentioned_texts for row in rows if row.mentions}
    yield
    written = list(rows.filter(pk__in=before))
    for row in written:
        row.mentions = renewed(row.mentioned_texts, row.mentions, before[row.pk])
    rows.bulk_update(written, ["mentions"])

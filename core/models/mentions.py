"""Rows with texts whose numbers and dates are accounted for."""

from typing import Any

from django.db import models

from ..mentions.mention import Mention, mentions_of


class MentionsField(models.JSONField):
    """The mentions of a row's texts, found again at every write of it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(
            *args, **{"verbose_name": "언급", "default": list, "blank": True, "editable": False, **options}
        )


class MentionedText(models.Model):
    """`mention_fields` name the texts of a row."""

    mention_fields: tuple[str, ...] = ()

    mentions = MentionsField()

    class Meta:
        abstract = True

    @property
    def all_mentions(self) -> list[Mention]:
        """In the order in which they are stored, lost ones among them."""
        return mentions_of(self.mentions)

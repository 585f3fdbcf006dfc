"""Terms (정보화 용어) and the definitions that a report gives."""

from collections.abc import Iterable

from django.db import models

from core.models import Fact, MentionedText, NaturalKeyModel, Source
from departments.models import Placement
from seoul_digital.lib.fields import KeyField, LongTextField, OutlineField


class Term(NaturalKeyModel):
    source_paths = ("definitions__source",)
    told_apart_by = ("english", "abbreviation")

    slug = KeyField("이름표", max_length=60)
    name = models.CharField("용어", max_length=80)
    english = models.CharField("영문", max_length=120, blank=True)
    abbreviation = models.CharField("약어", max_length=30, blank=True)
    spellings = LongTextField(
        "다른 표기", blank=True, help_text="본문에서 찾을 다른 표기를 한 줄에 하나씩 적습니다."
    )

    class Meta:
        verbose_name = "용어"
        verbose_name_plural = "용어"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def written_forms(self) -> tuple[str, ...]:
        """Every way the term is written in a text, longest first."""
        forms = {self.name, self.abbreviation, *self.spellings.splitlines()} - {""}
        return tuple(sorted(forms, key=lambda form: (-len(form), form)))


class Definition(MentionedText, Fact):
    """The definition that a report gives under a term's heading, as 개조식 text, with the page it refers to."""

    unit_editable = True
    scopes = (Source.Scope.GLOSSARY,)
    numbered_within = ()
    may_be_blank = ("page",)  # of which `term.page` tells
    natural_key_fields = ("source__slug", "term__slug")
    mention_fields = ("heading", "text")

    term = models.ForeignKey(Term, models.PROTECT, verbose_name="용어", related_name="definitions")
    order = models.PositiveSmallIntegerField("차례")
    heading = models.CharField("표제(원문 표기)", max_length=160)
    page_printed = models.CharField("쪽 원문 표기", max_length=40, blank=True)
    page = models.PositiveSmallIntegerField("업무보고 쪽", null=True, blank=True)
    text = OutlineField("뜻풀이")

    class Meta:
        verbose_name = "뜻풀이"
        verbose_name_plural = "뜻풀이"
        ordering = ("source", "order")
        constraints = [models.UniqueConstraint(fields=["source", "term"], name="definition_once_per_term")]

    def __str__(self) -> str:
        return self.heading

    @classmethod
    def owned_by(cls, units: Iterable[int]) -> models.Q:
        """Terms are common to all units of a bureau."""
        bureaus = Placement.objects.bureaus_of(units)
        return models.Q(source__bureau__in=bureaus) | models.Q(source__bureau__in=units)

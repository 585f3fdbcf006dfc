"""What of the projects can be found: every word of a brief, and indicators with their figures."""

from django.urls import reverse

from departments.models import Source
from seoul_digital import outline
from seoul_digital.texts import Text, register

from . import data
from .indicators import entries
from .models import Measurement


@register
def brief_texts(reading):
    for brief in data.briefs_with_words(reading):
        yield Text("사업", str(brief), _url(brief.project), words_of(brief))


def words_of(brief) -> str:
    """Every word of a brief, a line a statement."""
    return "\n".join(filter(None, _words(brief)))


def _words(brief):
    yield brief.title_in_vision
    yield brief.strategy.name if brief.strategy else ""
    yield brief.lead_department.name
    yield brief.purpose
    yield from map(_plain, (brief.overview, brief.achievements))
    yield f"사업예산 {brief.budget_printed}" if brief.budget_printed else ""
    for milestone in brief.milestones.all():
        yield f"{milestone.title} {milestone.period_printed}".strip()
        yield _plain(milestone.note)
    for contact in brief.contacts.all():
        yield f"{contact.role} {contact.names} {contact.phone}".strip()


def _plain(text):
    return outline.plain_text(outline.parse(text))


@register
def indicator_texts(reading):
    """Their measurements; targets are words of the briefs, where they are found."""
    sources = reading.sources_of(Source.Scope.INDICATORS)
    measurements = list(Measurement.objects.of_sources(sources).with_indicators())
    for root in entries(measurements, [], sources):
        for entry, _ in root.walk():
            project = entry.indicator.project
            url = _url(project) if project else reverse("projects:indicators")
            yield Text("지표", entry.indicator.name, url, _figures(entry))


def _figures(entry):
    said = [f"{statement.printed} ({statement.when})" for statement in reversed(entry.series)]
    above = [entry.parent.indicator.name] if entry.parent else []
    return ", ".join([*above, *said])


def _url(project):
    return reverse("projects:detail", args=[project.slug])

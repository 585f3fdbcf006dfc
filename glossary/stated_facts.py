"""What the glossary's numbers state: how many terms there are (`terms:all`)."""

from collections.abc import Iterator
from decimal import Decimal

from core.models import Source
from core.remembered.ahead import reading
from core.snapshot import Snapshot, address
from core.stated_facts import StatedFact, register_stated_facts
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import day

from .entries import definitions


@register_stated_facts("terms", Source.Scope.GLOSSARY)
@reading(definitions)
def terms(snapshot: Snapshot) -> Iterator[StatedFact]:
    source, number = snapshot.source(Source.Scope.GLOSSARY), len(definitions(snapshot))
    if source and number:
        yield StatedFact(
            "terms:all",
            "정보화 용어 수",
            value=Decimal(number),
            unit="개",
            figure=ReportedFigure(number),
            on=day(source.as_of),
            source=source,
            words=("용어",),
            url=address("glossary:list"),
        )

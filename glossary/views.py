from departments.models import Source
from departments.pages import render_page
from seoul_digital.hangul import LONGEST_QUERY, Query
from seoul_digital.texts import texts

from . import index
from .entries import definitions, entry_of, linked_entries


def glossary(request):
    """Every term by letter, with its definition and where it is used."""
    reading = request.reading
    words = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    if not Query(words):  # nothing but marks
        words = ""
    told = definitions(reading)
    entries = [entry_of(definition, reading) for definition in told]
    left = index.matching(entries, words)
    used = index.usage(entries, texts(reading), reading.query)
    source = reading.source(Source.Scope.GLOSSARY)
    context = {
        "source": source,
        "words": words,
        "rows": index.index(index.items_of(linked_entries(told, left, reading), used)),
        "left": left,
        "summary": index.summary(len(entries), len(left), words),
    }
    table = index.table(left, source and source.as_of)
    return render_page(request, "glossary/list.html", context, [table], workbook="용어")

from core.data_version import Memory
from core.models import Source
from core.pages import render_page
from core.remembered.pages import remembered_page
from core.search import remembered_entries
from seoul_digital.lib.hangul import Query, asked_words

from . import index
from .entries import definitions, entry_of, linked_entries

_used: Memory[dict[str, list[index.Places]]] = Memory(8)


@remembered_page
def glossary(request):
    """Every term by letter, with its definition and where it is used."""
    snapshot = request.snapshot
    words, unread = asked_words(request.GET.get("q", ""))
    if not Query(words):  # nothing but marks
        words = ""
    defined = definitions(snapshot)
    entries = [entry_of(definition, snapshot) for definition in defined]
    left = index.matching(entries, words)
    used = _used.once(snapshot, lambda asked: index.usage(entries, remembered_entries(asked), asked.query))
    source = snapshot.source(Source.Scope.GLOSSARY)
    context = {
        "source": source,
        "words": words,
        "unread": unread,
        "rows": index.index(index.items_of(linked_entries(defined, left, snapshot), used)),
        "left": left,
        "summary": index.summary(len(entries), len(left), words),
    }
    table = index.table(left, source and source.as_of)
    return render_page(request, "glossary/list.html", context, [table], workbook="용어")

"""What an edition collects of the glossary: from a unit the terms that its projects speak of, from the bureau all."""

from collections.abc import Sequence
from dataclasses import dataclass

from glossary.entries import definitions
from glossary.linking import Entry, Finder
from glossary.models import Definition
from projects.search import words_of_briefs

from ...editions.part import EditionPart, PartRequest, Requested


@dataclass(frozen=True, kw_only=True)
class TermsPart(EditionPart):
    def requests(self, asked: Requested, scope: str) -> dict[int, list[PartRequest]]:
        terms = definitions(asked.snapshot)
        finder = Finder([Entry(one.term.slug, one.term.name, one.term.written_forms) for one in terms])
        words: dict[int, list[str]] = {}
        for brief, said in words_of_briefs(asked.snapshot):
            words.setdefault(brief.lead_department_id, []).append(said)
        spoken = {
            unit: {entry.slug for _, _, entry in finder.find("\n".join(texts))}
            for unit, texts in words.items()
        }
        requests = {
            unit: [_request([one for one in terms if one.term.slug in slugs])]
            for unit, slugs in spoken.items()
            if slugs
        }
        return requests | {asked.bureau.pk: [_request(terms, is_whole=True)]}


def _request(terms: Sequence[Definition], is_whole: bool = False) -> PartRequest:
    keys = tuple(sorted(one.term_id for one in terms))
    return PartRequest(keys, names=tuple(one.heading for one in terms), is_whole=is_whole)

"""What an edition collects of the glossary: from a unit the terms that its projects speak of, from the bureau all."""

from collections.abc import Sequence
from dataclasses import dataclass

from glossary.entries import definitions
from glossary.linking import Finder, LinkedTerm
from glossary.models import Definition
from projects.search import words_of_briefs

from ...editions.part import EditionPart, PartRequest, Requested


@dataclass(frozen=True, kw_only=True)
class TermsPart(EditionPart):
    def requests(self, asked: Requested, scope: str) -> dict[int, list[PartRequest]]:
        terms = definitions(asked.snapshot)
        finder = Finder([LinkedTerm(row.term.slug, row.term.name, row.term.written_forms) for row in terms])
        words: dict[int, list[str]] = {}
        for brief, text in words_of_briefs(asked.snapshot):
            words.setdefault(brief.lead_department_id, []).append(text)
        requests = {}
        for unit, texts in words.items():
            spoken = {entry.slug for _, _, entry in finder.find("\n".join(texts))}
            if spoken:
                requests[unit] = [_request([row for row in terms if row.term.slug in spoken])]
        return requests | {asked.bureau.pk: [_request(terms, is_whole=True)]}


def _request(terms: Sequence[Definition], is_whole: bool = False) -> PartRequest:
    keys = tuple(sorted(row.term_id for row in terms))
    return PartRequest(keys, names=tuple(row.heading for row in terms), is_whole=is_whole)

"""Which terms an edition asks of whom: of a unit those that its projects speak of, of the bureau all."""

from types import SimpleNamespace

from glossary.models import Definition, Term
from reports.chapters.glossary import edition
from reports.chapters.glossary.edition import TermsPart
from reports.editions.part import Requested


def definition(key, name):
    term = Term(pk=key, slug=f"t{key}", name=name)
    return Definition(pk=key, term=term, heading=name)


def test_unit_is_asked_for_the_terms_of_its_projects(monkeypatch):
    monkeypatch.setattr(
        edition, "definitions", lambda snapshot: [definition(2, "저류지"), definition(1, "이끼")]
    )
    briefs = [
        (SimpleNamespace(lead_department_id=5), "저류지를 만듦"),
        (SimpleNamespace(lead_department_id=6), "나무"),
    ]
    monkeypatch.setattr(edition, "words_of_briefs", lambda snapshot: briefs)
    asked = Requested(None, SimpleNamespace(pk=9), frozenset())
    found = TermsPart(model=Definition, watched=()).requests(asked, "glossary")
    assert {unit: [request.names for request in requests] for unit, requests in found.items()} == {
        5: [("저류지",)],
        9: [("저류지", "이끼")],
    }
    assert (found[9][0].subjects, found[9][0].is_whole, found[5][0].is_whole) == ((1, 2), True, False)

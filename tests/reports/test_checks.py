"""Integrity across the apps, each check on a report that breaks it."""

from types import SimpleNamespace

import pytest

from glossary.models import Definition, Term
from reports import checks
from reports.text_size import MOST


def brief(number, key, **texts):
    return SimpleNamespace(number=number, project_id=key, overview="", achievements="", **texts)


def definition(slug, page):
    return Definition(term=Term(slug=slug, name=slug), heading=slug, page=page, text="")


@pytest.fixture
def texts(monkeypatch):
    """(brief, its words) of a snapshot, and its terms."""
    known = SimpleNamespace(briefs=[], terms=[])
    monkeypatch.setattr(checks, "words_of_briefs", lambda snapshot: known.briefs)
    monkeypatch.setattr(checks, "definitions", lambda snapshot: known.terms)
    return known


def test_size_of_texts_within_what_documents_take_says_nothing(texts):
    texts.briefs = [(brief(1, 1), "짧은 글")]
    assert list(checks.size_of_texts(None)) == []


def test_size_of_texts_beyond_it_says_how_large(texts):
    texts.briefs = [(brief(1, 1), "가" * (MOST.characters + 1))]
    (finding,) = checks.size_of_texts(None)
    assert (finding.id, finding.subject) == ("text.size", "보고서의 글")
    assert "글과 표를 줄이십시오" in finding.hint


def test_page_of_a_term_out_of_the_order_of_two_projects(texts):
    texts.briefs = [(brief(1, 1), "가나"), (brief(2, 2), "다라"), (brief(3, 3), "마바")]
    texts.terms = [definition("가나", 30), definition("다라", 11), definition("마바", 12)]
    found = {finding.id: finding.level.label for finding in checks.pages_of_terms(None)}
    assert found == {"term.order/가나": "주의", "term.order/다라": "맞음", "term.order/마바": "맞음"}


def test_term_of_two_projects_has_no_place(texts):
    texts.briefs = [(brief(1, 1), "가나"), (brief(2, 2), "가나")]
    texts.terms = [definition("가나", 30)]
    assert list(checks.pages_of_terms(None)) == []

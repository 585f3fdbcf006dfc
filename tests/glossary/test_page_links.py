from core import page_links
from glossary.page_links import term_page


def test_term_is_at_its_place_in_the_glossary():
    page = term_page("slug")
    assert (page.view, page.fragment, page.fragment_prefix) == ("glossary:list", "slug", "term-")
    assert page_links._of_models["glossary.term"] == [page]
    assert page_links._of_models["glossary.definition"] == [term_page("term.slug")]


def test_source_leads_to_the_glossary():
    assert page_links._of_scopes["glossary"][0].fragment == ""

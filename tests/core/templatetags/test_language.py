import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from core.templatetags.language import fact_block, fact_html, join_facts, with_facts


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def drawn(text, **values):
    return Template("{% load language %}" + text).render(Context(values))


def test_a_fact_is_plain_in_korean():
    assert drawn("{{ name|fact }}", name="데이터<센터>") == "데이터&lt;센터&gt;"
    assert drawn("<p{% fact_lang %}>") == "<p>"
    assert fact_block(mark_safe("<p>뜻</p>")) == "<p>뜻</p>"


def test_a_fact_is_marked_in_english(english):
    assert drawn("{{ name|fact }}", name="데이터<센터>") == '<span lang="ko">데이터&lt;센터&gt;</span>'
    assert drawn("{{ name|fact }}", name="AP 12") == "AP 12"
    assert drawn("<p{% fact_lang %}>") == '<p lang="ko">'
    assert drawn("<p{% fact_lang name %}>", name="12") == "<p>"
    assert fact_block(mark_safe("<p>뜻</p>")) == '<div lang="ko"><p>뜻</p></div>'


def test_a_fact_is_marked_once(english):
    assert fact_html(mark_safe("<b>뜻</b>")) == '<span lang="ko"><b>뜻</b></span>'
    assert fact_html(fact_html("뜻")) == '<span lang="ko">뜻</span>'
    assert fact_html(with_facts("Named %(name)s.", name="뜻")) == 'Named <span lang="ko">뜻</span>.'


def test_a_sentence_is_plain_text_in_korean():
    sentence = with_facts("%(name)s: %(count)s건", name="R&D", count=3)
    assert sentence == "R&D: 3건"
    assert not isinstance(sentence, SafeString)


def test_a_sentence_marks_its_facts_in_english(english):
    sentence = with_facts("%(name)s & %(count)s", name="<정책>", count=3)
    assert sentence == '<span lang="ko">&lt;정책&gt;</span> &amp; 3'


def test_facts_are_joined(english):
    assert join_facts(", ", ["<정책>", "A&B"]) == '<span lang="ko">&lt;정책&gt;</span>, A&amp;B'

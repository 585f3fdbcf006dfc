"""Sentences whose numbers lead to what they state."""

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from seoul_digital.lib.language.sentences import (
    Sentence,
    escaped,
    join_html,
    linked_number,
    sentence_html,
    with_links,
)

OPEN, MIDDLE = "\ue000", "\ue001"
RATE = linked_number("66.9%", "expenditure:/rate", "를")


def test_a_number_is_plain_text_but_for_its_mark():
    assert RATE == "66.9%를"
    assert with_links(RATE) == '<span data-fact="expenditure:/rate">66.9%</span>를'


def test_a_number_without_a_fact_has_no_mark():
    assert linked_number("66.9%", "", "를") == "66.9%를"
    assert not isinstance(linked_number("66.9%", ""), Sentence)
    assert with_links("3 < 4") == "3 < 4"


def test_html_keeps_the_marks_of_what_is_put_in():
    inner = sentence_html("<b>{rate}</b> {name}", rate=RATE, name="<가>")
    assert inner == "<b>66.9%를</b> &lt;가&gt;" and isinstance(inner, SafeString)
    whole = join_html(" · ", (inner, "a & b"))
    assert whole == "<b>66.9%를</b> &lt;가&gt; · a &amp; b"
    assert with_links(whole) == (
        '<b><span data-fact="expenditure:/rate">66.9%</span>를</b> &lt;가&gt; · a &amp; b'
    )


def test_identity_is_escaped_once():
    number = linked_number("3명", 'funding:a/"재단"&b')
    drawn = '<span data-fact="funding:a/&quot;재단&quot;&amp;b">3명</span>'
    assert with_links(number) == drawn
    assert with_links(sentence_html("{number}", number=number)) == drawn
    assert conditional_escape(number) == "3명"


def test_escaped_as_django_does():
    for value in ("<b>", mark_safe("<b>"), gettext_lazy("세입"), 3, None):
        assert escaped(value) == conditional_escape(value) and type(escaped(value)) is SafeString


def test_letters_of_a_text_that_are_like_marks_open_no_attribute():
    for name in (f"공공{OPEN}가", f"공공{MIDDLE}가", f"공공{OPEN}{OPEN}가"):
        for sentence in (join_html(" ", [name, RATE]), Sentence.of(f"{name} {RATE.marked}")):
            assert with_links(sentence) == '공공가 <span data-fact="expenditure:/rate">66.9%</span>를'
    parted = sentence_html("<b>{a}</b>{b}", a=OPEN, b=f"{MIDDLE}가")
    assert with_links(parted) == "<b></b>가"

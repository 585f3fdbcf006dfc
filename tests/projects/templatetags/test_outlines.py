"""개조식 text in templates."""

from django.template import Context, Template


class Linker:
    """Links nothing, and marks what it was asked about."""

    def link(self, text):
        return f"[{text}]"


def rendered(text):
    template = Template("{% load outlines %}{{ text|outline:linker }}")
    return template.render(Context({"text": text, "linker": Linker()}))


def test_outline_draws_nested_marks_and_links_their_words():
    html = rendered("ㅇ 기간\n- 대상")
    assert html.count("<li") == 2
    assert "[기간]" in html and "[대상]" in html

"""개조식 text in templates."""

from django.template import Context, Template


class Linker:
    """Links nothing, and marks what it was asked about."""

    def link(self, text):
        return f"[{text}]"


def rendered(text, numbers=()):
    template = Template("{% load outlines %}{% outline text linker numbers %}")
    return template.render(Context({"text": text, "linker": Linker(), "numbers": numbers}))


def test_outline_draws_nested_marks_and_links_their_words():
    html = rendered("ㅇ 기간\n- 대상")
    assert html.count("<li") == 2
    assert "[기간]" in html and "[대상]" in html


def test_outline_leads_from_numbers_to_what_they_state():
    html = rendered("ㅇ 버스 7,393대, 정류소 10곳", [("10곳", "measurement:stops")])
    assert '<span data-fact="measurement:stops">10곳</span>' in html
    assert "[버스 7,393대, 정류소 ]" in html

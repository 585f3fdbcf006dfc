import pytest
from django.template import Context, Template, TemplateSyntaxError

from core.remembered import parts


def test_block_has_its_name_and_its_html_as_it_stands(monkeypatch):
    asked = []
    monkeypatch.setattr(
        "core.templatetags.remembered.block", lambda name, make: asked.append(name) or make() + make()
    )
    source = "{% load remembered %}{% remembered tiles %}<b>{{ word }}</b>{% endremembered %}."
    assert Template(source).render(Context({"word": "<가>"})) == "<b>&lt;가&gt;</b><b>&lt;가&gt;</b>."
    assert asked == ["tiles"]
    assert Template(source).render(Context({"word": parts.block("a", lambda: "나")})).count("나") == 2


def test_block_without_a_name_is_an_error():
    with pytest.raises(TemplateSyntaxError):
        Template("{% load remembered %}{% remembered %}{% endremembered %}")

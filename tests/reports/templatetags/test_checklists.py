from types import SimpleNamespace

from django.template import Context, Template


def test_is_new_asks_the_checklist():
    checklist = SimpleNamespace(is_new=lambda item: item == "새 것")
    template = Template("{% load checklists %}{{ checklist|is_new:item }}")
    shown = [template.render(Context({"checklist": checklist, "item": item})) for item in ("새 것", "옛 것")]
    assert shown == ["True", "False"]

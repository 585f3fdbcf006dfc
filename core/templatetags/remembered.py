"""Blocks of a page that are made anew only where what they show has changed."""

from django import template
from django.utils.safestring import SafeString

from core.remembered.parts import block

register = template.Library()


class BlockNode(template.Node):
    def __init__(self, name: str, nodelist: template.NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: template.Context) -> SafeString:
        return SafeString(block(self.name, lambda: str(self.nodelist.render(context))))


@register.tag
def remembered(parser: template.base.Parser, token: template.base.Token) -> BlockNode:
    """`{% remembered tiles %} … {% endremembered %}`, a name of its own on its page; what stands in it sets nothing for what follows."""
    _, *names = token.split_contents()
    if len(names) != 1:
        raise template.TemplateSyntaxError("a remembered block has one name")
    nodelist = parser.parse(("endremembered",))
    parser.delete_first_token()
    return BlockNode(names[0], nodelist)

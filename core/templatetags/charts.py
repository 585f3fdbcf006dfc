"""How pages carry charts: the template of all once, and of each the JSON that figures.js draws."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import charts
from seoul_digital.lib.charts.page import Chart, Drawing, template_json

register = template.Library()


@register.simple_tag
def chart_template() -> SafeString:
    return json_block("chart-template", template_json())


@register.simple_tag
def drawing(chart: Chart) -> Drawing:
    """The chart's figure as the page needs it, remembered from earlier pages where it can be."""
    return charts.drawing(chart)


@register.simple_tag
def json_block(name: str, json: SafeString) -> SafeString:
    """As `json_script` writes it, for JSON that is escaped already."""
    return format_html('<script id="{}" type="application/json">{}</script>', name, json)

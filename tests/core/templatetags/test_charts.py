import json
import re

from django.template import Context, Template
from django.utils.safestring import mark_safe


def test_json_block_is_written_as_it_is():
    source = '{% load charts %}{% json_block "spec-rates" value %}'
    html = Template(source).render(Context({"value": mark_safe('{"a": "\\u003cb>"}')}))
    assert html == '<script id="spec-rates" type="application/json">{"a": "\\u003cb>"}</script>'


def test_chart_template_is_the_house_template():
    html = Template("{% load charts %}{% chart_template %}").render(Context())
    (block,) = re.findall(r'<script id="chart-template" type="application/json">(.*)</script>', html)
    assert set(json.loads(block)) >= {"layout"}

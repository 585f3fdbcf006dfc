import json

from django.template import Context, Template
from django.utils.translation import override


def script_words():
    return Template("{% load script_words %}{% script_words %}").render(Context())


def test_korean_page_carries_no_words():
    with override("ko"):
        assert script_words() == ""


def test_english_page_carries_the_words_of_scripts():
    with override("en"):
        html = script_words()
    assert html.startswith('<script id="words" type="application/json">')
    words = json.loads(html.partition(">")[2].removesuffix("</script>"))
    assert words["복사했습니다"] == "Copied"
    assert words["닫기"] == "Close"

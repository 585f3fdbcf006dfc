import pytest
from django.utils.translation import override

from core.templatetags.filter_items import filter_items, filter_options


def test_choices_are_written_as_text():
    choices = [
        {"selected": True, "query_string": "?", "display": "모두"},
        {"selected": False, "query_string": '?unit="1"&q=가', "display": "<b>과"},
    ]
    assert filter_items(choices) == (
        '<li class="selected"><a href="?" aria-current="true">모두</a></li>\n'
        '<li><a href="?unit=%221%22&amp;q=%EA%B0%80">&lt;b&gt;과</a></li>'
    )


@pytest.mark.parametrize(("language", "marks"), [("ko", ""), ("en", ' lang="ko"')])
def test_options_are_escaped_and_the_chosen_one_is_marked(language, marks):
    with override(language):
        written = filter_options([("a&b", "공원<과>"), ("c", "Parks")], "c")
    assert written == (
        f'<option value="a&amp;b"{marks}>공원&lt;과&gt;</option>\n<option value="c" selected>Parks</option>'
    )

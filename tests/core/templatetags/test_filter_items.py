from core.templatetags.filter_items import filter_items


def test_choices_are_written_as_text():
    choices = [
        {"selected": True, "query_string": "?", "display": "모두"},
        {"selected": False, "query_string": '?unit="1"&q=가', "display": "<b>과"},
    ]
    assert filter_items(choices) == (
        '<li class="selected"><a href="?" aria-current="true">모두</a></li>\n'
        '<li><a href="?unit=%221%22&amp;q=%EA%B0%80">&lt;b&gt;과</a></li>'
    )

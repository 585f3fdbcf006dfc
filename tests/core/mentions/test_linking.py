"""Numbers of a text that a page draws lead to what they state."""

import pytest
from django.utils.html import conditional_escape

from core.mentions.linking import NumberLinker, stated_numbers
from core.snapshot import snapshots_at
from projects.models import Brief
from seoul_digital.lib.query_params import asked_date


def test_numbers_are_found_in_their_order_and_all_else_is_escaped():
    numbers = [("3대", "a:first"), ("3대", ""), ("5곳", "a:places"), ("3대", "a:last")]
    link = NumberLinker(conditional_escape, numbers).link
    assert link("<b> 3대와 3대") == '&lt;b&gt; <span data-fact="a:first">3대</span>와 3대'
    assert link("5곳") == '<span data-fact="a:places">5곳</span>'
    assert link("7대, 3대") == '7대, <span data-fact="a:last">3대</span>'
    assert link("3대") == "3대"


@pytest.mark.django_db
@pytest.mark.engine
def test_stated_numbers_of_rows():
    brief = Brief.objects.get(number=1, source__as_of="2022-08-29")
    found = stated_numbers(snapshots_at(asked_date("2022-08-29"))[0], [brief])
    assert {row for row, _ in found} == {brief}
    assert ("270대", "measurement:public-wifi-city-bus-5g") in found[brief, "achievements"]

"""Mentions that somebody confirms while another edits the text: neither is lost, nobody is asked about a field that no form has."""

import pytest

from core.mentions.mention import Kind
from core.mentions.writing import confirm
from core.snapshot import with_source
from projects.models import Milestone
from tests.core.edit_conflicts.two_people import address, fresh, opened, saved


@pytest.fixture
def milestone(seeded):
    found = Milestone.objects.get(brief__project__slug="public-wifi", key="subway-5g")
    found.mentions = []
    found.save()
    return found


def test_a_confirmed_mention_and_an_edited_text_meet_in_peace(second, milestone):
    url = address(milestone)
    form = opened(second, url)
    confirm(milestone, {("title", "8", "호선", 0): Kind.NO_FACT}, with_source(milestone.brief.source))
    saved(second, url, form, title="지하철 객차내 5G 와이파이 서비스 개시(2,5,6,7,8호선)")
    after = fresh(milestone)
    assert after.title == "지하철 객차내 5G 와이파이 서비스 개시(2,5,6,7,8호선)"
    assert [(mention.number, mention.kind) for mention in after.all_mentions] == [("8", Kind.NO_FACT)]

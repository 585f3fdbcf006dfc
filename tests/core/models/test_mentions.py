"""Mentions stay with their row's texts, whatever writes it."""

from datetime import date

import pytest

from core.audit.recording import restore
from core.copying import copy_source
from core.models import Source
from projects.models import Brief
from tests.audit import records_of

pytestmark = pytest.mark.engine

TOTAL = {
    "field": "achievements",
    "number": "28006",
    "unit": "대",
    "kind": "bound",
    "target": "measurement:public-wifi-ap",
}


@pytest.fixture
def brief(seeded):
    brief = Brief.objects.get(project__slug="public-wifi", source__as_of="2022-08-29")
    brief.mentions = [TOTAL]
    brief.save()
    return Brief.objects.get(pk=brief.pk)


def numbers(row):
    return [(mention.number, mention.nth, mention.is_lost) for mention in row.all_mentions]


def test_a_mention_is_stored_with_its_words(brief):
    assert brief.mentions == [TOTAL | {"before": ": 총", "after": "[표] (단위"}]


def test_a_text_that_is_saved_takes_its_mentions_along(brief):
    brief.achievements = "ㅇ 28,006대 가운데\n" + brief.achievements.replace("총 28,006대", "총 28,100대")
    brief.save()
    brief.refresh_from_db()
    assert numbers(brief) == [("28100", 0, False)]


def test_a_write_of_the_text_alone_aligns_too(brief):
    brief.achievements = brief.achievements.replace("총 28,006대", "")
    brief.save(update_fields=["achievements"])
    assert numbers(Brief.objects.get(pk=brief.pk)) == [("28006", 0, True)]


def test_an_update_by_query_aligns_too(brief):
    Brief.objects.filter(pk=brief.pk).update(achievements="ㅇ 서울시 공공와이파이 운영현황 : 총 28,200대")
    assert numbers(Brief.objects.get(pk=brief.pk)) == [("28200", 0, False)]


def test_a_copied_row_has_its_mentions(brief, staff):
    copy = copy_source(brief.source, date(2022, 11, 1), staff)
    assert numbers(Brief.objects.get(source=copy, project=brief.project)) == [("28006", 0, False)]


def test_a_restored_text_has_the_mentions_that_it_had(brief):
    record = records_of(brief)[0]
    brief.achievements, brief.mentions = "ㅇ 없음", []
    brief.save()
    restore(record)
    assert numbers(Brief.objects.get(pk=brief.pk)) == [("28006", 0, False)]


def test_a_source_has_mentions_of_its_notes(seeded):
    source = Source.objects.get(slug="digital-policy/2022-08-29/organisation")
    source.mentions = [{"field": "heading", "number": "27", "unit": "팀", "target": "units:teams"}]
    source.save()
    assert numbers(source) == [("27", 0, False)]

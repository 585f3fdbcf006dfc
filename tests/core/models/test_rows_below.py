import pytest

from core.models.rows_below import keep_rows_below
from projects.models import Brief

pytestmark = pytest.mark.django_db


def test_rows_kept_below_another_are_asked_for_no_more(seeded, django_assert_num_queries):
    brief = Brief.objects.get(project__slug="public-wifi", source__as_of="2022-08-29")
    steps, people = list(brief.milestones.all()), list(brief.contacts.all())
    keep_rows_below(brief, "milestones", steps[:2])
    keep_rows_below(brief, "contacts", people)
    with django_assert_num_queries(0):
        assert list(brief.milestones.all()) == steps[:2] and list(brief.contacts.all()) == people
    assert brief.milestones.filter(pk=steps[-1].pk).get() == steps[-1]

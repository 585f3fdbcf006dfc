"""A number that one fact alone fits is bound to it by saving its text; others wait for a person."""

import pytest

from projects.models import Milestone
from tests.core.admin.test_checks import save

pytestmark = pytest.mark.django_db


@pytest.fixture
def milestone(seeded):
    return Milestone.objects.get(brief__project__slug="public-wifi", key="subway-5g")


def bound(milestone):
    milestone.refresh_from_db()
    return [(mention.number, mention.target) for mention in milestone.all_mentions if mention.target]


def test_saving_binds_what_one_fact_alone_fits(admin_client, milestone):
    told = save(admin_client, milestone, title="서울시 공공와이파이 운영현황 28,006대 점검", note="- 24명")
    assert bound(milestone) == [("28006", "measurement:public-wifi-ap")]
    assert [text for text in told if text.startswith("글의 수")] == [
        "글의 수 1개를 자료와 연결했습니다: 공공와이파이 운영현황(AP대수)"
    ]


def test_saving_what_is_no_text_binds_nothing(admin_client, milestone):
    milestone.mentions = []
    milestone.save()
    save(admin_client, milestone, recorded_in="설치중")
    assert bound(milestone) == []

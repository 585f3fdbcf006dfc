import pytest

from projects import search
from projects.models import Measurement
from tests.factories import snapshot_of

pytestmark = pytest.mark.engine


def test_every_word_of_a_brief_can_be_found(snapshot):
    found = {text.title: text for text in search.brief_texts(snapshot)}
    assert len(found) == 11
    wifi = found["1. 공공와이파이 확충 및 시민 이용편의 제고"]
    assert (wifi.kind, wifi.url) == ("사업", "/projects/public-wifi/")
    for words in (
        "미래 스마트도시 혁신기반 구축",
        "정보통신보안담당관",
        "정보소외계층 정보접근성 향상",
        "(실외) 핫플레이스 216개소(2,373대), (실내) 복지시설 338개소(2,157대)",
        "8,617백만원",
        "지하철 객차내 5G 와이파이 서비스(2,5,6,7,8호선) ’22.12. ~",
        "핫플레이스와 복지시설 중심으로 공공와이파이 확충 및 음영지역 개선",
        "공공와이파이팀장 임승철 1350",
    ):
        assert words in wifi.body


def test_the_vision_s_title_of_a_project_can_be_found(snapshot):
    assert any("시민의 알권리 보장을 위한" in text.body for text in search.brief_texts(snapshot))


def test_an_indicator_has_the_value_of_each_of_its_days(snapshot):
    row = Measurement.objects.get(indicator__slug="public-wifi-ap-fixed")
    row.pk, row.value, row.printed = None, 18_000, "18,000대"
    row.measured_on, row.measured_printed = "2022-01-01", "’22.1.1."
    row.save()
    found = {text.title: text for text in search.indicator_texts(snapshot_of(snapshot.bureau))}
    assert found["고정형"].body == (
        "19,027대 (’22.7.1., 추진실적 표), 18,000대 (’22.1.1., 추진실적 표), "
        "위 지표 공공와이파이 운영현황(AP대수) 28,006대 (’22.7.1., 추진실적, 추진실적 표)"
    )
    assert found["고정형"].shows_body

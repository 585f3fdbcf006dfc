import pytest

from core.snapshot import Snapshot
from departments.search import unit_texts
from tests.factories import NOBODY

pytestmark = pytest.mark.engine


def test_units_are_found_with_place_duties_and_staff(seeded):
    found = {text.title: text for text in unit_texts(Snapshot.from_query(NOBODY, {}))}
    assert len([text for text in found.values() if not text.is_past]) == 28
    centre = found["데이터센터"]
    assert (centre.kind, centre.url) == ("부서", "/departments/data-center/")
    assert "정원 69, 현원 63, 일반직 51, 임기제 9, 관리운영직 3" in centre.body
    assert (
        "정원 24, 현원 24, 일반직 21, 임기제 3, 관리운영직 -" in found["정보시스템담당관"].body
    )  # none is no 0
    assert "기획관리과 정보자원운영과 인터넷통신과 클라우드센터운영과 에스플렉스센터운영과" in centre.body
    assert "에스플렉스센터 시설 운영 및 입주관리" in centre.body
    assert "1실 1본부 7팀(정원 45명, 市 파견직원 1명)" in found["서울디지털재단"].body

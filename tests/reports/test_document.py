"""The document's blocks, by the report of 2022-08-29 and by small reports of plain values."""

import pytest

from reports.document import document_of
from tests.reports.plain import park_report, project

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_contents_of_the_seeded_report(document):
    assert [(one.level, one.title) for one in document.contents] == [
        (1, "Ⅰ. 일반현황"),
        (2, "조직"),
        (2, "인력"),
        (2, "부서별 주요업무"),
        (2, "2022년도 세입․세출 예산현황"),
        (1, "Ⅱ. 정책목표 및 추진전략"),
        (1, "Ⅲ. 주요 현안 업무"),
        (2, "1. 공공와이파이 확충 및 시민 이용편의 제고"),
        (2, "2. 사물인터넷 기반 시민체감형 서비스 확산"),
        (2, "3. 지능형 CCTV 기반 시민 안전서비스 확대"),
        (2, "4. 빅데이터 기반 행정 활성화 추진"),
        (2, "5. 차세대 업무관리시스템 구축 및 자치구 확산"),
        (2, "6. 공간정보를 활용한 행정혁신 서비스 추진"),
        (2, "7. 시민의 알 권리 보장을 위한 정보공개제도 운영"),
        (2, "8. 디지털 기반 공공 아카이브 운영 강화 및 기록정보서비스 확대"),
        (2, "9. 메타버스를 활용한 차세대 행정서비스 제공"),
        (2, "10. 디지털 격차해소로 스마트 포용도시 실현"),
        (2, "11. 서울스마트시티 리더스포럼 개최"),
        (1, "정보화 용어 설명"),
        (1, "지난 보고 대비 변경사항"),
        (2, "조직"),
        (2, "인력"),
    ]


def test_keys_are_unique(document):
    every = [chapter.heading.key for chapter in document.chapters]
    every += [
        block.key for chapter in document.chapters for block in chapter.blocks if getattr(block, "key", "")
    ]
    assert len(every) == len(set(every))


def test_an_empty_report_has_no_chapter():
    assert document_of(park_report()).chapters == ()


def test_chapters_are_numbered_as_they_stand():
    told = park_report(projects=(project(),))
    assert [one.title for one in document_of(told).contents] == ["Ⅰ. 주요 현안 업무", "1. 옥상 정원"]

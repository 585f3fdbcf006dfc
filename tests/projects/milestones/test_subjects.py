import pytest

from projects.milestones.subjects import names_nothing, subject_of
from projects.models import Milestone

METAVERSE = [
    "「메타버스 서울 1단계 구축」계획 수립 및 용역 계약",
    "메타버스 서울 시민 의견 수렴",
    "메타버스 서울 설계 및 구현, 1차 테스트 오픈",
    "1단계 사업 서비스 구축 및 공공앱 오픈 심의․등록",
    "정식 오픈",
]
TITLE = "메타버스를 활용한 차세대 행정서비스 제공"


@pytest.mark.parametrize(
    ("title", "nothing"),
    [
        ("정식 오픈", True),
        ("1차 270대 교체 완료", True),
        ("’22.8. 착수", True),
        ("메타버스 서울 시민 의견 수렴", False),
        ("서울스마트시티 리더스포럼 개최", False),
        ("CCTV 설치", False),
    ],
)
def test_a_title_of_acts_and_numbers_names_nothing(title, nothing):
    assert names_nothing(title) is nothing


def test_the_words_that_most_titles_share_are_the_subject():
    assert subject_of("정식 오픈", METAVERSE, TITLE) == "메타버스 서울"


def test_without_shared_words_the_projects_title_is_the_subject():
    assert subject_of("정식 오픈", METAVERSE[1:3], TITLE) == TITLE
    assert subject_of("정식 오픈", [], TITLE) == TITLE


def test_a_title_that_names_its_subject_gets_none():
    assert subject_of("메타버스 서울 시민 의견 수렴", METAVERSE, TITLE) == ""


def test_of_the_report_two_titles_name_nothing(seeded):
    titles = Milestone.objects.order_by("brief__number", "order").values_list("title", flat=True)
    assert [title for title in titles if names_nothing(title)] == ["1차 270대 교체 완료", "정식 오픈"]

from datetime import date

import pytest

from projects.milestones.progress import milestones_on
from projects.milestones.subjects import names_nothing, subject_of
from projects.models import Brief, Milestone

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
    assert subject_of(METAVERSE, TITLE) == "메타버스 서울"


def test_without_shared_words_the_projects_title_is_the_subject():
    assert subject_of(METAVERSE[1:3], TITLE) == TITLE
    assert subject_of([], TITLE) == TITLE


def test_a_title_that_names_nothing_is_led_by_its_subject(seeded):
    brief = Brief.objects.with_milestones().get(number=9)
    states = {state.title: state for state in milestones_on([brief], date(2022, 8, 29))}
    assert states["정식 오픈"].full_title == "메타버스 서울 ‘정식 오픈’"
    assert states["메타버스 서울 시민 의견 수렴"].full_title == "메타버스 서울 시민 의견 수렴"


def test_of_the_report_two_titles_name_nothing(seeded):
    titles = Milestone.objects.order_by("brief__number", "order").values_list("title", flat=True)
    assert [title for title in titles if names_nothing(title)] == ["1차 270대 교체 완료", "정식 오픈"]

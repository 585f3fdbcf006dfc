import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.integrity import Level
from departments.models import Duty
from projects import text_checks
from projects.models import Brief, Milestone, Project, VisionStrategy
from tests.slips import change, found_by

pytestmark = pytest.mark.django_db


def wifi():
    return Brief.objects.filter(project__slug="public-wifi")


def test_texts_of_the_report_hold(seeded):
    for check in (text_checks.lists, text_checks.numbering, text_checks.names, text_checks.duplicates):
        assert found_by(check) == {}, check


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("ㅇ 관제센터 3개구(종로구, 성동구)", Level.WARNING),
        ("ㅇ 관제센터 3개구(종로구, 성동구, 영등포구)", None),
        ("ㅇ 관제센터 15개구(종로구, 성동구 등)", None),
        ("ㅇ 관제센터 5개소(실외 3, 실내 2)", None),  # numbers, no names
    ],
)
def test_a_list_is_as_long_as_it_says(seeded, line, level):
    change(wifi(), overview=line)
    assert list(found_by(text_checks.lists).values()) == ([level] if level else [])


def test_a_hole_in_the_numbering_is_found(seeded):
    change(wifi(), number=12)
    assert found_by(text_checks.numbering) == {"project.numbering": Level.WARNING}


def test_a_letter_wrong_in_a_title_is_found(seeded):
    change(wifi(), title="공공와이파이 확충 및 시민 이용편익 제고")
    assert list(found_by(text_checks.names)) == ["project.name/public-wifi/사업의 이름"]


def test_another_title_is_no_slip(seeded):
    change(wifi(), title="와이파이 서울 전역 확대")
    assert found_by(text_checks.names) == {}


def test_a_step_that_stands_twice_is_found(seeded):
    first = Milestone.objects.filter(brief__project__slug="public-wifi", listing="schedule").first()
    Milestone.objects.create(
        brief=first.brief,
        order=90,
        listing="schedule",
        title=first.title.replace("추진", "추친"),
        key="again",
    )
    assert found_by(text_checks.duplicates) == {"milestone.twice/public-wifi": Level.WARNING}


def test_a_former_name_is_told(seeded):
    """The report itself names 스마트도시정책관, which it was before."""
    assert found_by(text_checks.former_names) == {"text.former/smart-city-bureau": Level.INFO}
    change(Brief.objects.filter(project__slug="metaverse-seoul"), achievements="ㅇ 새로 적은 글")
    assert found_by(text_checks.former_names) == {}
    assert Project.objects.count() == 11


@pytest.mark.parametrize("dropped", ["관악, ", ", 중랑"])
def test_a_list_in_the_note_below_is_as_long_as_its_line_says(seeded, dropped):
    step = Milestone.objects.filter(title__startswith="12개 자치구")
    change(step, note=step.get().note.replace(dropped, ""))
    assert list(found_by(text_checks.lists).values()) == [Level.WARNING]


def test_a_project_of_no_strategy_of_the_vision_is_found(seeded):
    change(wifi(), strategy=None)
    assert found_by(text_checks.strategies) == {"project.strategy/public-wifi": Level.INFO}


def test_a_project_out_of_the_order_of_the_strategies_is_information(seeded):
    change(wifi(), strategy=Brief.objects.get(number=11).strategy_id)
    assert set(found_by(text_checks.strategies).values()) == {Level.INFO}


def test_a_vision_that_lost_its_strategies_is_told_once(seeded):
    VisionStrategy.objects.all().delete()
    assert found_by(text_checks.strategies) == {"vision.strategies": Level.INFO}


def test_a_former_name_in_a_text_of_any_chapter_is_told(seeded):
    change(Brief.objects.filter(project__slug="metaverse-seoul"), achievements="ㅇ 새로 적은 글")
    change(Duty.objects.filter(department__slug="big-data", order=1), text="스마트도시정책관의 일")
    assert found_by(text_checks.former_names) == {"text.former/smart-city-bureau": Level.INFO}


def test_many_texts_with_a_former_name_are_named_by_one_question(seeded, django_assert_max_num_queries):
    duties = Duty.objects.filter(department__slug="big-data").order_by("order")
    change(duties.filter(order=1), text="스마트도시정책관의 일")
    with CaptureQueriesContext(connection) as one:
        found_by(text_checks.former_names)
    duties.update(text="스마트도시정책관의 일")
    with django_assert_max_num_queries(len(one)):
        found_by(text_checks.former_names)

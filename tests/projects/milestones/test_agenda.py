from datetime import date

from projects.milestones.agenda import agenda_of
from projects.milestones.progress import milestones_on

D = date(2022, 8, 29)


def test_the_agenda_has_every_milestone_once(briefs):
    parts = agenda_of(milestones_on(briefs, D))
    assert [(part.name, len(part.states), part.stands) for part in parts] == [
        ("지난 일", 19, False),
        ("지금 하는 일", 31, False),
        ("기준일 뒤 90일", 14, True),
        ("그 뒤", 4, True),  # two with ◆
    ]


def test_what_is_near_stands_by_its_next_date(briefs):
    near = agenda_of(milestones_on(briefs, D))[2].states
    assert [state.title for state in near[:1]] == ["메타버스 서울 설계 및 구현, 1차 테스트 오픈"]
    days = [state.next.on.first() for state in near]
    assert days == sorted(days)
    assert days[-1] == date(2022, 11, 1)


def test_what_is_undetermined_is_past_once_all_of_its_period_is(briefs):
    later = date(2022, 12, 1)
    parts = {
        part.name: [state.title for state in part.states] for part in agenda_of(milestones_on(briefs, later))
    }
    assert "정식 오픈" in parts["지난 일"]
    assert "스마트 경로당/경로당10개소" in parts["지금 하는 일"]


def test_an_empty_part_is_left_out(briefs):
    assert agenda_of([]) == []

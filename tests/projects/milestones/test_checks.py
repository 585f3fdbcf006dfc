import pytest

from core.integrity import Level
from projects.milestones.checks import milestones, state_in
from projects.models import Brief, Milestone
from tests.slips import change, found_by

pytestmark = pytest.mark.django_db
WIFI = "public-wifi"


def step(project, title):
    return Milestone.objects.filter(brief__project__slug=project, title__startswith=title)


def test_milestones_of_the_report_hold(seeded):
    assert found_by(milestones) == {}


@pytest.mark.parametrize(
    ("project", "title", "slip", "kind", "level"),
    [
        (WIFI, "디지털뉴딜(2차사업)", {"start": "2022-07"}, "printed", Level.ERROR),
        (WIFI, "디지털뉴딜(2차사업)", {"end": "2023-12"}, "printed", Level.ERROR),
        (WIFI, "디지털뉴딜(2차사업)", {"end": ""}, "printed", Level.ERROR),
        (WIFI, "디지털뉴딜(2차사업)", {"period_printed": "’22.8. ~ 11."}, "printed", Level.ERROR),
        (
            "information-disclosure-system",
            "정보공개심의회 운영, 정보공개",
            {"all_year": False},
            "printed",
            Level.ERROR,
        ),
        (
            WIFI,
            "디지털뉴딜(1차사업)",
            {"period_printed": "’21.11.~’22.5.", "end": "2022-05"},
            "in-text",
            Level.WARNING,
        ),
        (WIFI, "1차 270대", {"recorded": "planned"}, "recorded", Level.WARNING),
        (WIFI, "1차 270대", {"recorded_in": "교체 예정"}, "recorded", Level.WARNING),
        (WIFI, "1차 270대", {"recorded_in": "전량 교체 완료"}, "words", Level.WARNING),
        ("metaverse-seoul", "메타버스 서울 설계", {"recorded": "done"}, "judged", Level.WARNING),
        ("internet-of-things", "우범지대", {"start": "2021", "end": "2021"}, "judged", Level.WARNING),
    ],
)
def test_a_slip_in_a_milestone_is_found(seeded, project, title, slip, kind, level):
    change(step(project, title), **slip)
    key = step(project, title).get().key
    assert found_by(milestones)[f"milestone.{kind}/{project}/{key}"] is level


def test_a_date_changed_in_the_text_alone_is_found(seeded):
    brief = Brief.objects.get(project__slug=WIFI)
    change(
        Brief.objects.filter(pk=brief.pk),
        achievements=brief.achievements.replace("’21.11.~’22.4.", "’21.11.~’22.6."),
    )
    assert [name.split("/")[0] for name in found_by(milestones)] == ["milestone.in-text"]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("63% 디지털화 완료", "done"),
        ("2단계 착수", "done"),
        ("설치중", "in_progress"),
        ("정보공개심의회 운영 및 정보공개 직원교육 의무화 추진", "in_progress"),
        ("추진계획 수립 예정", "planned"),
        ("추진 완료", "done"),
        ("협의", ""),
    ],
)
def test_state_in_words_is_that_of_the_last_one_known(words, state):
    assert state_in(words) == state


@pytest.mark.parametrize(
    ("title", "slip", "kind", "level"),
    [
        ("1차 270대", {"recorded": ""}, "recorded", Level.WARNING),
        ("1차 270대", {"recorded_in": ""}, "unspoken", Level.INFO),
        ("디지털뉴딜(2차", {"period_printed": ""}, "unprinted", Level.INFO),
        ("디지털뉴딜(2차", {"period_printed": "’22.8. ~ 32."}, "unprinted", Level.WARNING),
    ],
)
def test_what_a_milestone_says_of_itself_is_whole(seeded, title, slip, kind, level):
    row = Milestone.objects.filter(brief__project__slug=WIFI, title__startswith=title)
    change(row, **slip)
    assert found_by(milestones) == {f"milestone.{kind}/{WIFI}/{row.get().key}": level}

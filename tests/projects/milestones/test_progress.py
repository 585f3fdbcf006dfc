from datetime import date

from projects.milestones.progress import Progress, milestone_on, next_of, progress_of
from projects.models import Brief, Milestone
from seoul_digital.lib.charts import Mark

D = date(2022, 8, 29)
BRIEF = Brief(pk=1, number=1, title="공공와이파이 확충 및 시민 이용편의 제고")


def state(title, start, end, listing="schedule", **fields):
    return milestone_on(BRIEF, Milestone(title=title, start=start, end=end, listing=listing, **fields), D)


INSTALLED = state("4,530대 설치", "2021-11", "2022-04", "achievement", period_printed="’21.11.~’22.4.")
SECOND = state("디지털뉴딜(2차사업) 연계 추진", "2022-08", "2022-12")
SUBWAY = state("지하철 객차내 5G 와이파이", "2022-12", "")
OPENING = state("1차 테스트 오픈", "2022-08-31", "2022-08-31", "achievement")
INVITATION = state("연사 초청 추진", "2022-06", "2022-08", "achievement")
ALL = [INSTALLED, SECOND, SUBWAY, OPENING, INVITATION]


def test_milestones_are_counted_by_status():
    progress = progress_of(ALL)
    assert progress == Progress(done=1, in_progress=1, planned=2, undetermined=1, warn=1)
    assert progress.total == 5
    assert progress.counts() == [("done", 1), ("in_progress", 1), ("planned", 2), ("undetermined", 1)]


def test_nothing_is_counted_where_there_is_nothing():
    assert progress_of([]) == Progress()
    assert Progress().counts() == []


def test_the_period_is_shown_as_printed_else_in_house_style():
    assert INSTALLED.printed == "’21.11.~’22.4."
    assert SUBWAY.printed == "’22. 12. ~"


def test_a_mark_carries_open_ends_and_what_is_to_be_looked_at():
    assert SUBWAY.mark == Mark("지하철 객차내 5G 와이파이", "planned", date(2022, 12, 1), None, "’22. 12. ~")
    assert OPENING.mark.status == "confirm"


def test_what_goes_on_all_year_is_drawn_through_the_year():
    mark = state("정보공개심의회 운영", "", "", all_year=True, period_printed="연중").mark
    assert (mark.first, mark.last, mark.status) == (date(2022, 1, 1), date(2022, 12, 31), "in_progress")


def test_what_comes_up_next():
    coming = next_of(ALL, D)
    assert (str(coming.on), coming.what, coming.state) == ("2022-08-31", "", OPENING)
    coming = next_of([INSTALLED, SECOND, SUBWAY], D)
    assert (str(coming.on), coming.what, coming.state) == ("2022-12", "끝", SECOND)
    coming = next_of([SUBWAY], D)
    assert (str(coming.on), coming.what) == ("2022-12", "시작")


def test_nothing_comes_up_after_all_is_over_or_where_no_time_is_given():
    assert next_of([INSTALLED, INVITATION], D) is None
    assert next_of([state("운영", "", "", recorded="in_progress")], D) is None

"""A project's page."""

from types import SimpleNamespace

import pytest

from projects.detail import ProjectPage, schedule_text


def standing(title, printed="", note="", achievement=False):
    milestone = SimpleNamespace(is_achievement=achievement, note=note)
    return SimpleNamespace(title=title, printed=printed, milestone=milestone)


def test_schedule_text_has_the_lines_below_and_no_achievements():
    lines = [
        standing("착수", "’22. 9월"),
        standing("준공", note="- 시범 운영"),
        standing("완료", achievement=True),
    ]
    assert schedule_text(lines) == "ㅇ 착수 : ’22. 9월\nㅇ 준공\n- 시범 운영"


@pytest.mark.parametrize(("place", "before", "after"), [(0, None, "나"), (1, "가", "다"), (2, "나", None)])
def test_project_page_neighbours(place, before, after):
    briefs = ["가", "나", "다"]
    page = ProjectPage(briefs[place], briefs, [], None)
    assert (page.before, page.after) == (before, after)

from types import SimpleNamespace

import pytest

from core.templatetags.frame import frame


@pytest.fixture
def request_of_kim():
    user = SimpleNamespace(pk=7, display_name="<김>")
    return SimpleNamespace(
        user=user, session={}, session_left=30, session_warning=5, META={"CSRF_COOKIE": "a" * 32}
    )


def test_frame_writes_what_is_the_users_own(request_of_kim):
    shown = [
        frame({"request": request_of_kim}, name) for name in ("user", "left", "warning", "name", "started")
    ]
    assert [str(value) for value in shown] == ["7", "30", "5", "&lt;김&gt;", ""]
    assert len(frame({"request": request_of_kim}, "token")) == 64


def test_frame_leaves_a_mark_while_a_page_is_made_to_be_remembered(request_of_kim):
    request_of_kim.frame_marks = {"name": "mark-name-"}
    assert frame({"request": request_of_kim}, "name") == "mark-name-"

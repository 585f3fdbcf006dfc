"""Where what was saved is seen."""

import pytest

from core.admin.view_on_site import told_of_state
from core.models import Source


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("in_force", ""),
        ("draft", "‘인력 (2022. 8. 29.)’ 자료는 작성 중입니다. 확정하면 화면에 보입니다."),
        ("withdrawn", "‘인력 (2022. 8. 29.)’ 자료는 철회되어 화면에 보이지 않습니다."),
    ],
)
def test_told_of_state(seeded, state, words):
    source = Source.objects.get(scope="staffing", as_of="2022-08-29")
    source.state = state
    assert told_of_state(source) == words


def test_told_of_state_without_a_source():
    assert told_of_state(None) == ""

"""The vision as blocks."""

import pytest

from reports.chapters.vision.document import mark_of

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


@pytest.mark.parametrize(("number", "mark"), [(1, "①"), (20, "⑳"), (21, "21."), (None, "")])
def test_mark_of(number, mark):
    assert mark_of(number) == mark

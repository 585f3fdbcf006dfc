"""Editions by themselves: one unpublished a date, and what their rows are called."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from departments.models import Department
from reports.models import Edition, EditionEvent, Submission
from tests.factories import make_bureau, make_edition


@pytest.mark.parametrize(
    ("state", "takes_parts", "is_published"),
    [
        ("open", False, False),
        ("collecting", True, False),
        ("review", True, False),
        ("published", False, True),
    ],
)
def test_states_of_an_edition(state, takes_parts, is_published):
    edition = Edition(state=state)
    assert (edition.takes_parts, edition.is_published) == (takes_parts, is_published)


def test_rows_of_an_edition_are_called_by_what_they_are_of():
    edition = Edition(title="11월 업무보고", as_of=date(2022, 11, 1))
    assert str(edition) == "11월 업무보고 (2022. 11. 1.)"
    submission = Submission(edition=edition, department=Department(pk=3, name="데이터센터"), part="staffing")
    assert (str(submission), submission.key) == ("데이터센터 staffing", (3, "staffing", None))
    assert str(EditionEvent(edition=edition, kind="opened")) == "회차를 엶 (11월 업무보고 (2022. 11. 1.))"


@pytest.mark.engine
def test_one_unpublished_edition_a_date(db):
    bureau = make_bureau()
    make_edition(bureau=bureau.slug)
    with pytest.raises(ValidationError, match="이 기준일의 회차가 이미 열려 있습니다."):
        Edition(bureau=bureau, as_of="2022-11-01", title="둘째").validate_constraints()
    with pytest.raises(IntegrityError):
        make_edition(bureau=bureau.slug)

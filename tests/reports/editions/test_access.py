"""What each role may do with an edition of its bureau, of a part of its unit and of another's."""

import pytest

from budgets.models import BudgetFigure
from departments.models import Department, Staffing
from glossary.models import Definition
from projects.models import Strategy
from reports.editions.access import Access
from tests.factories import make_bureau, make_edition, make_member

pytestmark = pytest.mark.django_db

RIGHTS = ("may_open", "is_planner", "may_publish", "may_preview", "may_explain", "sees_unpublished")


@pytest.fixture
def edition(seeded):
    return make_edition()


def access_of(role, edition, unit="data-center"):
    return Access(make_member(role, unit=unit, username=role), edition.bureau)


def key_of(slug):
    return Department.objects.get(slug=slug).pk


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        ("열람", []),
        ("간부", []),
        ("부서 담당", ["sees_unpublished"]),
        ("예산 담당", ["may_preview", "may_explain", "sees_unpublished"]),
        ("기획 담당", list(RIGHTS)),
        ("관리자", list(RIGHTS)),
    ],
)
def test_rights_of_a_role(edition, role, rights):
    access = access_of(role, edition)
    assert [name for name in RIGHTS if getattr(access, name)] == rights


@pytest.mark.parametrize(
    ("role", "own", "other"),
    [
        ("열람", False, False),
        ("부서 담당", True, False),
        ("예산 담당", False, False),
        ("기획 담당", True, True),
    ],
)
def test_submit_own_part_and_anothers(edition, role, own, other):
    access = access_of(role, edition)
    assert access.may_submit(Staffing, key_of("data-center")) is own
    assert access.may_submit(Staffing, key_of("big-data")) is other


@pytest.mark.parametrize(
    ("role", "own", "other"),
    [
        ("간부", True, False),
        ("부서 담당", True, False),
        ("예산 담당", True, True),
        ("기획 담당", True, True),
    ],
)
def test_look_into_the_drafts_of_own_part_and_anothers(edition, role, own, other):
    access = access_of(role, edition)
    assert access.may_look_into(key_of("data-center")) is own
    assert access.may_look_into(key_of("big-data")) is other


def test_edit_rows_of_own_unit_alone(edition):
    access = access_of("부서 담당", edition)
    assert access.may_edit(Staffing, key_of("data-center"))
    assert not access.may_edit(Staffing, key_of("big-data"))
    assert not access.may_edit(Strategy, key_of("data-center"))  # the bureau's own


def test_edit_rows_of_every_unit_as_a_planner(edition):
    access = access_of("기획 담당", edition)
    assert access.may_edit(Staffing, key_of("big-data"))
    assert access.may_edit(Strategy, key_of("digital-policy-bureau"))


def test_edit_nothing_without_entry_to_administration(edition):
    access = access_of("부서 담당", edition)
    access.user.uses_admin = False
    assert not access.may_edit(Staffing, key_of("data-center"))


def test_unpublished_is_hidden_from_a_unit_of_another_bureau(edition):
    make_bureau()
    access = access_of("부서 담당", edition, unit="housing-bureau")
    assert not access.may_see(edition)
    edition.state = "published"
    assert access.may_see(edition)


@pytest.mark.parametrize(
    ("role", "may"),
    [("열람", False), ("간부", False), ("예산 담당", False), ("부서 담당", True), ("기획 담당", True)],
)
def test_terms_and_budgets_are_edited_by_who_may_submit_them(seeded, role, may):
    unit = Department.objects.get(slug="digital-policy")
    user = make_member(role, unit="digital-policy")
    access = Access(user, Department.objects.get(pk=user.bureau_id))
    for model in (Definition, BudgetFigure):
        assert access.may_submit(model, unit.pk) is may
        assert access.may_edit(model, unit.pk) or not may
    assert access.may_submit(BudgetFigure, Department.objects.get(slug="ict-security").pk) is (
        role == "기획 담당"
    )

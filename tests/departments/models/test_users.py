"""The units of a user: his own and those below it in the newest tree in force."""

import pytest

from core.models import Source
from departments.models import Department
from tests.core.access.test_scope import OWN
from tests.factories import (
    make_bureau,
    make_member,
    make_source,
    make_unit,
    place,
)

pytestmark = pytest.mark.engine


def units_of(user):
    return set(Department.objects.filter(pk__in=user.unit_ids).values_list("slug", flat=True))


def test_a_unit_has_those_below_it(seeded):
    assert units_of(make_member("부서 담당", unit="seoul-archives")) == {
        "seoul-archives", "archives-operations-section", "archives-policy-section", "archives-preservation-section",
    }  # fmt: skip
    assert units_of(make_member("부서 담당", unit="public-wifi-team", username="team")) == {
        "public-wifi-team"
    }
    assert units_of(make_member("부서 담당", username="nowhere")) == set()


def test_a_bureaus_own_members_have_the_whole_bureau(seeded):
    units = units_of(make_member("부서 담당", unit="digital-policy-bureau"))
    assert {"digital-policy-bureau", "data-center", "smart-cctv-team", "seoul-digital-foundation"} <= units
    assert "smart-city-bureau" not in units


def test_the_newest_tree_in_force_counts(seeded):
    bureau, team = (
        Department.objects.get(slug="digital-policy-bureau"),
        Department.objects.get(slug="public-wifi-team"),
    )
    tree = make_source(bureau, "organisation", "2023-01-01", "draft")
    division = Department.objects.get(slug=OWN)
    place(tree, bureau)
    place(tree, division, bureau)
    place(tree, team, division)
    assert "public-wifi-team" not in units_of(make_member("부서 담당", unit=OWN))
    Source.objects.filter(pk=tree.pk).update(state="in_force")
    assert units_of(make_member("부서 담당", unit=OWN, username="later")) == {OWN, "public-wifi-team"}


def test_a_circle_in_the_tree_ends(seeded):
    bureau = make_bureau()
    tree = make_source(bureau, "organisation", "2022-01-01")
    one, two = make_unit("one"), make_unit("two")
    place(tree, one, two)
    place(tree, two, one)
    assert units_of(make_member("부서 담당", unit="one")) == {"one", "two"}

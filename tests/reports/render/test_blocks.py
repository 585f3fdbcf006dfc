"""Blocks as plain values."""

from datetime import date

import pytest

from reports.render import blocks

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_plain_values_name_their_kinds():
    assert blocks.plain(Person := blocks.RoleContacts("담당", (("박나무", "1"),))) == {
        "kind": "rolecontacts",
        "role": Person.role,
        "people": [["박나무", "1"]],
    }
    assert blocks.plain(date(2022, 8, 29)) == "2022-08-29"

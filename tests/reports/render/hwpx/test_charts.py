"""Organisations and visions of any shape as HWPX."""

import pytest

from reports.render import blocks
from reports.render.hwpx import to_hwpx
from tests.reports import hangul
from tests.reports.hangul import HP
from tests.reports.render.hwpx.conftest import of_blocks

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def unit(name, *below, note=""):
    return blocks.ChartUnit(name, below, note, (name,))


@pytest.mark.parametrize(
    "root",
    [
        unit("공원국"),
        unit("공원국", unit("나무과")),
        unit("공원국", *(unit(f"{number}과") for number in range(19)), note="19과"),
        unit(
            "공원국",
            unit("나무과", unit("소나무팀", unit("솔잎반"))),
            unit("호수과"),
            unit("숲과", unit("숲길팀")),
        ),
    ],
)
def test_organisations_of_any_shape_are_drawn(root):
    made = to_hwpx(of_blocks(blocks.OrganisationChart(root, "조직도")))
    hangul.check(made)
    words = [
        hangul.text(cell) for table in hangul.tables(hangul.part(made)) for cell in table.iter(f"{HP}tc")
    ]
    assert [name for name in names_of(root) if name not in words] == []


def names_of(one):
    return [
        one.name if not one.note else one.name + one.note,
        *(name for below in one.below for name in names_of(below)),
    ]


@pytest.mark.parametrize("count", [0, 1, 6])
def test_visions_of_any_size_are_drawn(count):
    strategies = tuple(
        blocks.StrategyBox("①", f"전략 {number}", ((1, "호수공원", "chapter-test"),) * number)
        for number in range(count)
    )
    made = to_hwpx(
        of_blocks(
            blocks.VisionPicture(("푸른 도시",) if count else (), ("맑음",) * count, strategies),
            blocks.ProjectList(strategies),
        )
    )
    hangul.check(made)
    assert all(f"전략 {number}" in hangul.text(hangul.part(made)) for number in range(count))

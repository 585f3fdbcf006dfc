"""Native charts, by the report of 2022-08-29."""

import pytest

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_native_charts_draw_the_cells(book):
    charts = {sheet.title: sheet._charts for sheet in book if sheet._charts}
    assert set(charts) == {"인력", "세출"}
    execution = charts["세출"][0]
    assert execution.series[0].val.numRef.f == "세출!$G$8:$G$17"
    assert [round(point.v, 4) for point in execution.series[0].val.numRef.numCache.pt][:2] == [0.7677, 0.8826]

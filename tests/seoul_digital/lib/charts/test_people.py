import pytest

from seoul_digital.lib.charts import PlaceRow, people, persons_a_mark
from tests.seoul_digital.lib.charts import samples

ACCENT, INK, GREY = "#1c589c", "#1e2124", "#58616a"


def marks(figure):
    """Number in the row and row of the marks of each trace, the ground aside."""
    return [list(zip(trace.x, trace.y, strict=True)) for trace in figure.data[1:]]


def test_people_have_a_mark_for_each_place_by_job_series():
    general, fixed, empty, limit = marks(samples.places())
    assert general == [(0, 20), (1, 20), (2, 20), (0, 60), (1, 60)]
    assert fixed == [(3, 20), (2, 60), (3, 60)]
    assert empty == [(4, 20), (5, 20)]
    assert limit == [(None, 20), (2.5, 60)]


def test_people_are_told_apart_by_shape_and_vacancies_by_an_ink_outline():
    _, general, fixed, empty, _ = samples.places().data
    assert [(trace.marker.symbol, trace.marker.color) for trace in (general, fixed, empty)] == [
        ("square", ACCENT),
        ("circle", GREY),
        ("square-open", INK),
    ]
    assert samples.places().layout.meta["legend"] == [
        ("accent", "일반직"),
        ("circle", "임기제"),
        ("vacant", "결원"),
        ("tick", "정원(오른쪽은 정원을 넘는 현원)"),
    ]


def test_people_say_a_units_figures_on_hover():
    (first, _) = samples.places().data[0].customdata
    assert first == "데이터센터<br>정원 6명, 현원 4명, 과부족 △2"
    assert samples.places().layout.meta["people"] == [6, 4]
    assert [trace.hoverinfo for trace in samples.places().data] == [None, "skip", "skip", "skip", "skip"]


@pytest.mark.parametrize(
    ("places", "persons"),
    [([1], 1), ([600], 1), ([601], 10), ([300, 301], 10), ([3_000], 10), ([6_001], 100)],
)
def test_people_have_a_mark_for_ten_persons_where_there_are_many(places, persons):
    assert persons_a_mark([PlaceRow("국", number, [number]) for number in places]) == persons


def test_people_left_of_the_tens_are_a_smaller_mark():
    figure = people([PlaceRow("국", 1_000, [984, 12])], ["일반직", "임기제"])
    general, fixed, empty, _ = figure.data[1:]
    assert (len(general.x), len(fixed.x), len(empty.x)) == (99, 2, 1)
    assert (general.marker.size[0], general.marker.size[98], fixed.marker.size[1]) == (11, 7.0, 4.9)
    assert (fixed.x[0], empty.x[0]) == (99, 101)


def test_people_of_more_than_four_series_add_up_the_rest():
    figure = people(
        [PlaceRow("국", 15, [5, 4, 3, 2, 1])], ["일반직", "임기제", "관리운영직", "연구직", "공무직"]
    )
    assert [len(trace.x) for trace in figure.data[1:5]] == [5, 4, 3, 3]
    assert [name for _, name in figure.layout.meta["legend"]] == ["일반직", "임기제", "관리운영직", "그 밖"]


def test_people_of_one_place_and_of_none():
    assert len(people([PlaceRow("국", 1, [0])], ["일반직"]).data[2].x) == 1
    assert people([PlaceRow("국", 0, [0])], ["일반직"]).layout.meta["people"] == [0]


def test_people_have_their_columns_beside():
    columns = samples.places().layout.meta["columns"]
    assert [(column["title"], column["texts"], column["wide_only"]) for column in columns] == [
        ("현원", ["4", "4"], False),
        ("정원", ["6", "3"], True),
    ]

import pytest

from departments import former
from departments.models import Succession
from tests.factories import make_bureau, make_source, make_unit, place, snapshot_of


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def trees(bureau):
    """Three trees: the second lost `gone`, the third `later`; `stays` is in all."""
    units = {
        slug: make_unit(slug, name)
        for slug, name in (("stays", "주택과"), ("gone", "재개발과"), ("later", "재생팀"))
    }
    for as_of, placed in (
        ("2020-01-31", ("stays", "gone", "later")),
        ("2021-01-31", ("stays", "later")),
        ("2022-01-31", ("stays",)),
    ):
        tree = make_source(bureau, "organisation", as_of)
        for slug in placed:
            place(tree, units[slug])
    return units


def names(placements):
    return [(one.department.name, str(one.source.as_of)) for one in placements]


def test_rows_are_looked_at_once_for_any_number_of_sources(bureau, trees):
    """A bureau of a hundred base dates has thousands of them."""
    rows = list(former._rows(snapshot_of(bureau)))
    looked_at = []
    newest_first = snapshot_of(bureau).sources_of("organisation")
    found = former._last((looked_at.append(row) or row for row in rows), newest_first[1:])
    assert names(found) == [("재생팀", "2021-01-31"), ("재개발과", "2020-01-31")]
    assert len(looked_at) == 4


def test_what_is_no_longer_placed_is_told_with_its_last_date(bureau, trees, django_assert_num_queries):
    snapshot = snapshot_of(bureau)
    with django_assert_num_queries(1):
        present, gone = former.placements_with_former(snapshot)
    assert [one.department.name for one in present] == ["주택과"]
    assert names(gone) == [("재생팀", "2021-01-31"), ("재개발과", "2020-01-31")]


def test_on_an_earlier_date_what_is_gone_since_is_there(bureau, trees):
    present, gone = former.placements_with_former(snapshot_of(bureau, "2021-06-30"))
    assert {one.department.name for one in present} == {"주택과", "재생팀"}
    assert names(gone) == [("재개발과", "2020-01-31")]


def test_without_a_tree_there_is_nothing(bureau):
    make_source(bureau, "glossary", "2022-01-31")
    assert former.placements_with_former(snapshot_of(bureau)) == ([], [])


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("", "재개발과는 2020. 1. 31. 조직에 있던 부서입니다."),
        ("renamed", "재개발과는 2020. 1. 31. 조직에 있던 부서로, 주택과로 이름을 바꾸었습니다."),
        ("merged", "재개발과는 2020. 1. 31. 조직에 있던 부서로, 주택과와 합쳐졌습니다."),
        ("split", "재개발과는 2020. 1. 31. 조직에 있던 부서로, 주택과 등으로 나뉘었습니다."),
        ("moved", "재개발과는 2020. 1. 31. 조직에 있던 부서로, 주택과로 옮겼습니다."),
    ],
)
def test_what_became_of_it_is_said(bureau, trees, kind, said):
    if kind:
        Succession.objects.create(predecessor=trees["gone"], successor=trees["stays"], kind=kind)
    _, gone = former.placements_with_former(snapshot_of(bureau))
    assert former.sentence(gone[-1]) == said

from departments.checklist import duties_missing
from departments.models import Duty
from tests.factories import make_bureau, make_source, make_unit, place, snapshot_of


class Draft:
    def __init__(self, bureau):
        self.snapshot = snapshot_of(bureau)


def test_unit_without_duties_where_others_have_some(db):
    bureau, rent, homes = make_bureau(), make_unit("rent", "임대과"), make_unit("homes", "주택과")
    tree, duties = (make_source(bureau, scope, "2022-06-01") for scope in ("organisation", "duties"))
    place(tree, bureau)
    for unit in (rent, homes):
        place(tree, unit, bureau)
    assert list(duties_missing(Draft(bureau))) == []
    Duty.objects.create(source=duties, department=rent, order=1, text="임대")
    assert [item.words for item in duties_missing(Draft(bureau))] == ["주택과: 주요업무가 적히지 않았습니다"]

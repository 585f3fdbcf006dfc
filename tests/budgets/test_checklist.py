from types import SimpleNamespace

import pytest

from budgets.checklist import execution_old
from tests.factories import make_bureau, make_expenditure, make_unit, snapshot_of, spend


@pytest.fixture
def bureau(db):
    """With an execution of 2022-06-01 and a later delivery that tells of none."""
    bureau, unit = make_bureau(), make_unit("rent", "임대과")
    spend(make_expenditure(bureau, "2022-06-01"), unit, 9_000, 3_000)
    spend(make_expenditure(bureau, "2022-06-30"), unit, 9_000)
    return bureau


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("2022-07-02", []),
        ("2022-07-03", ["세출 2022 (2022. 6. 1.): 집행액이 보고 기준일(2022. 7. 3.)보다 32일 앞섭니다"]),
    ],
)
def test_execution_old_by_the_newest_delivery_that_tells_any(bureau, as_of, found):
    draft = SimpleNamespace(snapshot=snapshot_of(bureau, as_of))
    assert [item.words for item in execution_old(draft)] == found

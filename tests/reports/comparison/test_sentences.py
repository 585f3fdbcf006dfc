import pytest

from reports.comparison import sentences
from reports.comparison.changes import Counts


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (Counts(1, 2, 3, 4), "새로 생긴 것 1건, 없어진 것 2건, 달라진 것 3건입니다."),
        (Counts(changed=1), "달라진 것 1건입니다."),
        (Counts(same=9), "달라진 것이 없습니다."),
    ],
)
def test_counted(counts, expected):
    assert sentences.counted(counts) == expected

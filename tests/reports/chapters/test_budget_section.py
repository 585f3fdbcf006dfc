from reports.chapters import budget_section
from reports.comparison.compare import compare
from tests.reports.plain import (
    revenue,
    two,
)


def money(before, after):
    return budget_section.sentence(compare(*two("revenue", before, after)).changes["revenue"], "세입")


def test_the_whole_budget():
    before = revenue(2022, ("", 0, 300, 0), ("a", 1, 300, 0))
    assert (
        money(before, revenue(2022, ("", 0, 330, 0), ("a", 1, 330, 0)))
        == "세입 예산현액은 30만 원에서 33만 원으로 +3만 원(+10.0%) 바뀌었습니다."
    )
    moved = revenue(2022, ("", 0, 300, 0), ("a", 1, 200, 0), ("b", 1, 100, 0))
    assert (
        money(before, moved)
        == "세입 예산현액의 계는 30만 원으로 같습니다. 새로 생긴 것 1건, 달라진 것 1건입니다."
    )
    assert money(before, before) == "달라진 것이 없습니다."
    later = revenue(2023, ("", 0, 270, 0), ("a", 1, 270, 0))
    assert money(before, later) == (
        "2022년과 2023년의 예산이라 회계연도가 다릅니다. 세입 예산현액은 30만 원에서 27만 원으로 △3만 원(△10.0%) 바뀌었습니다."
    )

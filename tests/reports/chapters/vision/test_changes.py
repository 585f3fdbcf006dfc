from reports.chapters.vision.data import StrategyRow, VisionData
from reports.comparison.changes import Counts, FieldChange
from reports.comparison.compare import compare
from reports.report import Name
from tests.reports.plain import (
    project,
    report,
)


def test_the_vision():
    before = report(
        vision=VisionData(
            ("미래 도시,", "서울"),
            ("혁신", "안전"),
            (StrategyRow("base", "기반", 1), StrategyRow("old", "옛 전략", 2)),
        ),
    )
    after = report(
        vision=VisionData(("미래 도시,", "서울"), ("혁신",), (StrategyRow("base", "기반", 2),)),
        projects=(project(strategy=Name("new", "새 전략")),),
    )
    vision = compare(before, after).changes["vision"]
    assert vision.fields == (
        FieldChange("핵심가치", "혁신, 안전", "혁신"),
        FieldChange("추진전략 ‘기반’", "1. 기반", "2. 기반"),
        FieldChange("추진전략 ‘새 전략’", "", "새 전략"),
        FieldChange("추진전략 ‘옛 전략’", "2. 옛 전략", ""),
    )
    assert vision.counts == Counts(added=1, removed=1, changed=2)

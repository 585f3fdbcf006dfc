from reports.chapters.projects.data import ProjectRow
from reports.chapters.vision.data import StrategyRow, VisionData
from reports.report import Name
from reports.workbook import to_xlsx
from tests.reports.books import opened, row_of
from tests.reports.plain import park_report


def test_strategies_stand_side_by_side_with_their_projects():
    strategy = Name("green", "푸르게")
    projects = (
        ProjectRow("lake", 1, "호수공원", Name("parks", "공원담당관"), strategy=strategy),
        ProjectRow("wood", 2, "도시숲", Name("parks", "공원담당관")),
    )
    vision = VisionData(("푸른 도시",), ("맑음", "쉼"), (StrategyRow("green", "푸르게", 1),))
    sheet = opened(to_xlsx(park_report(vision=vision, projects=projects)))["비전·전략"]
    values = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert values[2:4] == ["푸른 도시", "맑음 · 쉼"]
    assert "호수공원" in values
    number = row_of(sheet, "호수공원", 2)[0]
    assert (number.value, bool(number.hyperlink.location)) == ("1", True)
    assert "그 밖의 사업" in values


def test_vision_without_words_has_no_sheet():
    assert "비전·전략" not in opened(to_xlsx(park_report(vision=VisionData()))).sheetnames

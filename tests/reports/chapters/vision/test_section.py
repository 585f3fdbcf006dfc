from reports.chapters.vision.data import VisionData
from reports.comparison.compare import compare
from reports.comparison.page import page_of
from tests.reports.plain import two


def test_vision_that_differs_is_a_table_of_its_fields():
    before, after = VisionData(("푸른 도시",), ("맑음",)), VisionData(("더 푸른 도시",), ("맑음",))
    page = page_of(compare(*two("vision", before, after)))
    (section,) = [section for section in page.shown if section.slug == "vision"]
    (table,) = section.tables
    assert ["푸른 도시", "더 푸른 도시"] in [[str(cell) for cell in row.cells[-2:]] for row in table.rows]

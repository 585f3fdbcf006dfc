from reports.chapter import DocumentSoFar
from reports.chapters.duties.data import DutiesData, DutiesRow
from reports.chapters.duties.document import blocks
from reports.render.blocks import HeadingBlock, TableBlock
from tests.reports.plain import park_report, report, words

DATA = DutiesData((DutiesRow("parks", "공원담당관", ("나무 심기", "호수 관리")),))


def test_duties_of_a_unit_stand_in_one_cell():
    heading, table = blocks(DATA, DocumentSoFar(park_report()))
    assert isinstance(heading, HeadingBlock)
    assert (heading.title, heading.key, heading.opens_page) == ("부서별 주요업무", "duties", True)
    assert isinstance(table, TableBlock)
    assert words(table.body) == [["공원담당관", "･ 나무 심기\n･ 호수 관리"]]


def test_duties_are_headed_as_their_source_is():
    heading, _ = blocks(DATA, DocumentSoFar(report(duties_heading="하는 일")))
    assert heading.title == "하는 일"

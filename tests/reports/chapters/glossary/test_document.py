from reports.chapter import DocumentSoFar
from reports.chapters.glossary.data import GlossaryData, TermRow
from reports.chapters.glossary.document import blocks
from reports.render.blocks import TextLine
from tests.reports.plain import park_report


def test_term_is_its_heading_with_its_text():
    data = GlossaryData((TermRow("pond", "저류지", "저류지(池)", "ㅇ 물을 모으는 곳"),))
    (term,) = blocks(data, DocumentSoFar(park_report()))
    assert (term.heading, term.key) == ("저류지(池)", "term-pond")
    assert term.body == (TextLine("물을 모으는 곳", 1, "ㅇ", "item"),)
    assert (term.target, term.target_title) == ("", "")

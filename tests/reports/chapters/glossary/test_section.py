"""What changed in the glossary, as a table and the definitions that differ."""

from datetime import date

from reports.chapters.glossary import section
from reports.chapters.glossary.data import TermRow
from reports.comparison.compare import compare
from reports.comparison.tables import ComparedDates
from seoul_digital.lib.tables import as_cell
from tests.reports.plain import two

DATES = ComparedDates(date(2022, 3, 31), date(2022, 9, 30))
AP = TermRow("ap", "AP", "AP", "▪ 무선 접속 장치", page_printed="업무보고 p.9")
OLD = TermRow("old", "구", "구", "▪ 옛말")


def test_terms_that_differ_are_listed_with_their_pages():
    reworded = TermRow("ap", "AP", "AP", "▪ 무선 접속 장비", page_printed="업무보고 p.10")
    changes = compare(*two("glossary", (AP, OLD), (reworded,))).changes["glossary"]
    found = section.section(changes, DATES)
    assert [[as_cell(cell).value for cell in row.cells] for row in found.tables[0].rows] == [
        ["AP", "달라짐", "AP (업무보고 p.9)", "AP (업무보고 p.10)", "1줄"],
        ["구", "없어짐", "구", "없음", "1줄"],
    ]
    assert [(group.title, group.word) for group in found.diffs] == [("AP", "달라짐"), ("구", "없어짐")]


def test_the_same_terms_are_counted_alone():
    found = section.section(compare(*two("glossary", (AP, OLD), (AP, OLD))).changes["glossary"], DATES)
    assert (found.tables[0].rows, found.diffs) == ([], [])
    assert found.tables[0].notes == ["그대로인 용어 2개는 뺐습니다."]

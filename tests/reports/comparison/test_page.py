from dataclasses import replace

from django.utils.html import strip_tags

from reports.chapters.duties.data import DutiesRow
from reports.comparison.compare import compare
from reports.comparison.page import page_of
from tests.reports.plain import (
    report,
    two,
)

STATED_OTHERWISE = "부서의 이름과 자리는 그대로이고, 원문에 적힌 부서 수나 말이 달라졌습니다."


def lead(before, after):
    return [strip_tags(sentence) for sentence in page_of(compare(before, after)).lead]


def test_what_else_changed_leads_where_nothing_of_these_did():
    assert lead(*two("duties", (DutiesRow("a", "a", ("기획",)),), (DutiesRow("a", "a", ("감사",)),))) == [
        "달라진 것이 2건 있습니다."
    ]
    assert lead(report(), report()) == ["두 날의 보고 내용에 달라진 것이 없습니다."]
    assert lead(report(), report(organisation_heading="2담당관")) == [STATED_OTHERWISE]
    assert lead(report(scopes=()), report()) == ["두 날에 함께 있는 자료가 없어 견줄 것이 없습니다."]


def test_footnotes_of_a_source_are_compared():
    before, after = report(), report()
    sources = (replace(after.sources[0], notes=("※ 집행액은 원인행위 기준",)), *after.sources[1:])
    page = page_of(compare(before, replace(after, sources=sources)))
    (section,) = page.shown
    (table,) = [table for table in section.tables if table.rows]
    assert (section.sentence, table.title) == ("자료의 각주가 달라졌습니다.", "자료의 각주")
    assert [list(row.cells) for row in table.rows] == [["각주", "없음", "※ 집행액은 원인행위 기준"]]

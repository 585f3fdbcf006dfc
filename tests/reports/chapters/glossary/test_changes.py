from dataclasses import replace

from reports.chapters.glossary.data import TermRow
from reports.comparison.changes import FieldChange, Kind
from reports.comparison.compare import compare
from tests.reports.plain import (
    two,
)


def test_the_glossary():
    cctv = TermRow("cctv", "CCTV", "CCTV", "▪ 폐쇄회로 화면", page=9, page_printed="p.9")
    ap = TermRow("ap", "AP", "AP(Access Point)", "▪ 무선 접속 장치")
    before, after = (
        (cctv, ap),
        (
            replace(cctv, text="▪ 폐쇄회로 영상", page_printed="p.12"),
            TermRow("iot", "IoT", "IoT", "▪ 사물인터넷"),
        ),
    )
    changed, new, gone = compare(*two("glossary", before, after)).changes["glossary"].shown
    assert changed.fields == (FieldChange("쪽", "p.9", "p.12"),)
    assert [(line.before, line.after) for line in changed.text.lines] == [("폐쇄회로 화면", "폐쇄회로 영상")]
    assert [(one.term.name, one.kind, len(one.text.lines)) for one in (new, gone)] == [
        ("IoT", Kind.ADDED, 1),
        ("AP", Kind.REMOVED, 1),
    ]

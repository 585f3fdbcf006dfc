"""Numbers of the document's prose lead to what they state: lines are found by their words, alike ones by their section."""

from datetime import date
from types import SimpleNamespace

import pytest

from core.mentions.mention import Kind, Mention
from core.mentions.states import State, TextState, TokenState
from core.stated_facts import StatedFact
from reports.render.blocks import (
    Box,
    ChartUnit,
    Document,
    DocumentChapter,
    FactMark,
    HeadingBlock,
    OrganisationChart,
    TableBlock,
    TableCell,
    TermEntry,
    TextLine,
)
from reports.render.outline import blocks_of
from reports.site.fact_marks import FactMarks
from seoul_digital.lib.number_tokens import number_tokens
from seoul_digital.lib.periods import PartialDate


def text_of(text, *targets, subject="wifi", state=State.BOUND):
    """A text with its numbers, each bound to a target; to none where that is empty."""
    tokens = [
        TokenState(
            token,
            state,
            mention=Mention("text", str(token.value), target=target, kind=Kind.BOUND),
            fact=StatedFact(target, "") if target else None,
        )
        for token, target in zip(number_tokens(text), targets, strict=True)
    ]
    row = SimpleNamespace(natural_key=lambda: ("source", subject))
    return TextState(row, "text", "", "", text, tuple(tokens))


def marked(blocks, texts, facts=(), key="project-wifi"):
    """The blocks of a section, marked."""
    section = DocumentChapter(HeadingBlock(1, "Ⅲ", "x"), (HeadingBlock(2, "사업", key), *blocks))
    document = Document("", "", date(2022, 8, 29), "", (section,))
    return FactMarks(texts, facts).marked(document).chapters[0].blocks[1:]


def test_line_of_an_outline():
    text = "ㅇ 공공와이파이 4,530대 설치\n  - 5G 단말 270대 교체"
    first, second = marked(blocks_of(text), [text_of(text, "a:wifi", "", "a:bus")])
    assert first.marks == (FactMark(7, 13, "a:wifi"),)
    assert second.marks == (FactMark(6, 10, "a:bus"),)
    assert first.text[7:13] == "4,530대"


def test_table_cell_that_is_a_number_is_itself_the_way():
    text = "[표] (단위 : 대, ’22.7.1.)\n| 합계 | 실내 10대 |\n|---|---|\n| 12 | 10 |"
    (table,) = marked(blocks_of(text), [text_of(text, "a:day", "a:inside", "a:all", "a:ten")])
    assert [mark.fact for mark in table.unit_marks] == ["a:day"]
    assert [[cell.fact for cell in row] for row in (*table.header, *table.body)] == [
        ["", ""],
        ["a:all", "a:ten"],
    ]
    assert table.header[0][1].marks == (FactMark(3, 6, "a:inside"),)


def test_same_line_of_two_subjects_is_that_of_the_section():
    texts = [text_of("3대 설치", f"a:{subject}", subject=subject) for subject in ("wifi", "cctv")]
    line = TextLine("3대 설치")
    assert marked([line], texts)[0].marks == (FactMark(0, 2, "a:wifi"),)
    assert marked([line], texts, key="project-cctv")[0].marks == (FactMark(0, 2, "a:cctv"),)
    assert marked([line], texts, key="staffing")[0].marks == ()


def test_same_duty_of_two_units_leads_to_each_ones_own():
    texts = [text_of("센터 2곳 운영", f"text:{unit}", subject=unit) for unit in ("first", "second")]
    lines = marked([TextLine("센터 2곳 운영"), TextLine("센터 2곳 운영")], texts, key="duties")
    assert [line.marks[0].fact for line in lines] == ["text:first", "text:second"]


def test_step_with_its_time_behind_it():
    step = StatedFact(
        "milestone:wifi/buses", "", words=("버스 7대 교체",), project="wifi", period=PartialDate(2024)
    )
    (line,) = marked([TextLine("버스 7대 교체 : ’24년")], [text_of("버스 7대 교체", "a:buses")], [step])
    assert line.marks == (FactMark(3, 5, "a:buses"), FactMark(11, 15, "milestone:wifi/buses"))


def test_duties_in_one_cell_each_have_theirs():
    (box,) = marked([Box("･ 일\n･ 센터 2곳 운영")], [text_of("센터 2곳 운영", "a:centres")])
    assert [box.text[mark.start : mark.end] for mark in box.marks] == ["2곳"]


def test_entry_of_the_glossary_and_note_of_the_chart():
    entry = TermEntry("5G", (TextLine("지연 1ms"),), "term-5g")
    chart = OrganisationChart(ChartUnit("국", (ChartUnit("과", note="3팀"),)), "")
    texts = [text_of("지연 1ms", "a:latency", subject="5g"), text_of("3팀", "units:teams")]
    found = marked([entry, chart], texts)
    assert [mark.fact for mark in found[0].body[0].marks] == ["a:latency"]
    assert [mark.fact for mark in found[1].root.below[0].note_marks] == ["units:teams"]


@pytest.mark.parametrize("state", [State.UNBOUND, State.BOUND])
def test_number_without_a_fact_leads_nowhere(state):
    (line,) = marked([TextLine("3대 설치")], [text_of("3대 설치", "", state=state)])
    assert line.marks == ()


def test_derived_number_leads_to_itself_and_speaks_of_its_terms():
    (token,) = text_of("3대", "a:first").tokens
    mention = Mention("text", "3", kind=Kind.DERIVED, formula="{a:first} + {a:second}")
    state = TokenState(token.token, State.DERIVED, mention=mention, fact=token.fact, own="text:q83vEjRW")
    assert state.identity == "text:q83vEjRW"
    assert state.stated == {"text:q83vEjRW", "a:first", "a:second"}


TIMES = {"2022-08-29": "base_date:report", "2020-01-31": "base_date:report#2020-01-31", "2022": "year:now"}


def test_times_of_the_report_itself():
    table = TableBlock(
        ((TableCell("2022", 0), TableCell("2,022", 1)),),
        ((TableCell("3", 0, fact="expenditure:/current"), TableCell("2022", 1)),),
        (1, 1),
        unit="(’22.8.29. 기준)",
    )
    section = DocumentChapter(
        HeadingBlock(1, "Ⅰ", "x"), (HeadingBlock(3, "인력", remark="2020. 1. 31. 기준"), table)
    )
    found = FactMarks([], [], TIMES).marked(Document("", "", date(2022, 8, 29), "2022. 8. 29.", (section,)))
    heading, money = found.chapters[0].blocks
    assert [mark.fact for mark in heading.remark_marks] == ["base_date:report#2020-01-31"]
    assert money.unit_marks == (FactMark(1, 10, "base_date:report"),)
    assert money.header[0][0].fact == "year:now"
    assert found.occasion_marks == (FactMark(0, 12, "base_date:report"),)


def test_count_of_as_many_as_a_year_is_no_year():
    table = TableBlock(((TableCell("2022", 0),),), ((TableCell("2022", 0),),), (1,))
    (block,) = (
        FactMarks([], [], TIMES)
        .marked(
            Document("", "", date(2022, 8, 29), "", (DocumentChapter(HeadingBlock(1, "Ⅰ", "x"), (table,)),))
        )
        .chapters[0]
        .blocks
    )
    assert [cell.fact for row in (*block.header, *block.body) for cell in row] == ["", ""]

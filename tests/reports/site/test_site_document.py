"""The seeded document as the site shows it: every figure leads to what it states, and the file is as it was."""

import re
from collections import Counter, defaultdict
from html import unescape

import pytest
from django.urls import reverse

from core.mentions.states import State, states
from core.snapshot import snapshots_at
from core.stated_facts import stated_fact
from reports.render.blocks import HeadingBlock, TableBlock, without_facts
from reports.render.html import body, to_html
from reports.site.site_document import FactPlace, site_document
from seoul_digital.lib.number_tokens import number_tokens
from seoul_digital.lib.query_params import asked_date
from tests.samples import each

from .marks import marks_of

pytestmark = pytest.mark.django_db
# Numbers of tables that state no fact of the report, and why.
WITHOUT_FACTS = {
    "요약": "how much of each chapter changed: nothing that the report says",
    "부서별 주요업무": "3D maps",
    "원문에 적힌 말": "words of two reports side by side",
    "9. 메타버스를 활용한 차세대 행정서비스 제공 표 31": "how long certifications take is said only here",
}
SOME_UNITS = "두 날에 모두 있는 부서"  # a sum over some units, which no report has


@pytest.fixture
def site(seeded):
    return site_document(snapshots_at(asked_date("2022-08-29"))[0])


def tables(document):
    """(section, block) of every table."""
    for chapter in document.chapters:
        section = chapter.heading
        for block in chapter.blocks:
            if isinstance(block, HeadingBlock) and block.level <= 2:
                section = block
            if isinstance(block, TableBlock):
                yield section, block


def test_every_number_of_a_table_leads_to_what_it_states(site):
    missing = [
        (block.caption or block.name, row[0].text, cell.text)
        for _, block in tables(site.document)
        if (block.caption or block.name) not in WITHOUT_FACTS
        for row in block.body
        if row[0].text != SOME_UNITS
        for cell in row
        if re.search("[0-9]", cell.text) and not cell.fact and not cell.marks and not cell.is_head
    ]
    assert missing == []


def test_numbers_of_texts_that_the_document_prints_lead_to_what_they_state(site):
    """Steps that are achievements are printed within the achievements, the make-up of a foundation nowhere."""
    snapshot = snapshots_at(asked_date("2022-08-29"))[0]
    bound = [
        identity
        for text in states(snapshot)
        if not getattr(text.row, "is_achievement", False) and text.field != "structure"
        for token in text.tokens
        if (identity := token.identity)
    ]
    assert len(bound) > 150
    assert [identity for identity in bound if identity not in site.places] == []


def test_identities_are_facts_of_the_snapshot(site):
    snapshot = snapshots_at(asked_date("2022-08-29"))[0]
    assert [identity for identity in site.places if stated_fact(snapshot, identity) is None] == []


def test_document_grows_by_less_than_three_tenths(site):
    with_facts, without = len(body(site.document).encode()), len(body(without_facts(site.document)).encode())
    assert without == 106_606
    assert with_facts < 138_587


def test_file_has_nothing_of_it(site):
    assert "data-fact" not in to_html(site.document).decode()


def test_places_are_as_many_as_the_text_has(site):
    """63 in the table of staff (twice: in the sum of job series, too) and in the comparison, where 56 and +7 are none."""
    rows = re.findall(r'<tr data-facts="staffing:data-center">.*?</tr>', body(site.document))
    cells = [
        cell for row in rows for cell in re.findall(r"data-fact=/headcount(?:#2022-08-29)?>([^<]*)", row)
    ]
    assert cells == ["63", "63", "63"]
    assert [place.count for place in site.places["staffing:data-center/headcount"]] == [2, 1]


# Values that no other fact has, as the document prints them, and how often.
PRINTED = {
    "staffing:/headcount": ("258", 3),
    "staffing:/authorized": ("266", 2),
    "expenditure:/current": ("143,204,842", 1),
    "expenditure:/rate": ("66.9%", 2),
    "expenditure:big-data/rate": ("88.3%", 2),
    "expenditure:ict-security/general/rate": ("74.5%", 2),
    "expenditure:data-center/rate": ("54.9%", 2),
    "foundation:seoul-digital-foundation/founded_year": ("2016년", 1),
    "measurement:public-wifi-first-phase-ap": ("4,530대", 1),
    "measurement:public-wifi-first-phase-ap-outdoor": ("2,373대", 1),
    "measurement:public-wifi-ap-fixed": ("19,027대", 1),
    "measured:public-wifi-ap": ("’22.7.1.", 1),
    "measurement:public-wifi-ap-fixed-streets": ("3,329", 1),
    "milestone:public-wifi/first-phase-installation": ("’21.11.~’22.4.", 1),
    "project_budget:public-wifi": ("8,617백만원", 1),
    "project_budget:big-data-administration": ("4,978백만원", 1),
    "measurement:internet-of-things-other-sensors": ("8,019대", 1),
    "measurement:internet-of-things-s-dot-daily-records": ("240만건", 1),
    "measurement:intelligent-cctv-security-cctv-cameras": ("667대", 1),
    "milestone:work-management-system/system-opening": ("’22. 3. 21.", 1),
}


def test_places_of_facts_are_as_many_as_the_whole_text_prints(site):
    words = re.sub(r'<nav.*?</nav>|aria-label="[^"]*"', "", body(site.document), flags=re.S)
    text = unescape(re.sub("</?span[^>]*>", "", words))
    text = re.sub("<[^>]*>", " | ", text)
    found = {
        identity: (
            printed,
            len(re.findall(rf"(?<![0-9.,△+]){re.escape(printed)}(?![0-9,.%])", text)),
            sum(place.count for place in site.places[identity]),
        )
        for identity, (printed, _) in PRINTED.items()
    }
    assert found == {identity: (printed, number, number) for identity, (printed, number) in PRINTED.items()}


# Besides phones, contents and numbers of headings: a unit, a title's year, how much of the year is over.
NO_FACTS = {"천원", "2022년", "66.0%"}


def test_every_number_is_a_way_to_a_sheet(site):
    """Of the chapters before the comparison, but for names and ordinals, of which somebody has said so."""
    snapshot = snapshots_at(asked_date("2022-08-29"))[0]
    names = {
        token.token.printed
        for text in states(snapshot)
        for token in text.tokens
        if token.state is State.NO_FACT
    }
    document = body(site.document).partition('id="chapter-changes"')[0]
    without = re.sub('<nav.*?</nav>|<p class="people">.*?</p>|aria-label="[^"]*"', "", document, flags=re.S)
    without = re.sub(r'(numbered[^>]*>|<a href="#[^"]*">)[0-9]+\.', r"\1", without)
    unmarked = re.sub(r"<(\w+)(?= )[^>]* data-fact=[^>]*>.*?</\1>", " ", without, flags=re.S)
    text = unescape(re.sub("<[^>]*>", "\n", unmarked))
    left = {token.printed for line in text.split("\n") for token in number_tokens(line)}
    assert left - names == NO_FACTS


def test_places_are_as_many_as_the_page_marks(site):
    marked = Counter(identity for identity, day in marks_of(body(site.document)) if day in ("", "2022-08-29"))
    assert marked == {
        identity: sum(place.count for place in places) for identity, places in site.places.items()
    }
    assert (len(marked), marked.total()) == (424, 532)


def figures_of_the_document(staff_client, address):
    """(identity, how often the page marks it, other days than its own) of every figure."""
    page = staff_client.get(address).context["body"]
    days = defaultdict(Counter)
    for identity, day in marks_of(page):
        days[identity][day] += 1
    return sorted(days.items())


@pytest.mark.parametrize("part", each(40, range(40)))
def test_every_figure_of_the_document_opens_its_sheet_which_counts_it(staff_client, site, part):
    """By one request, which a click makes: the second action where Tab and arrows go to it."""
    figures = figures_of_the_document(staff_client, "/document/?as_of=2022-08-29")
    for identity, days in figures[part::40]:
        for day in days:
            address = reverse("fact", args=[identity])
            sheet = staff_client.get(
                address, {"as_of": day.partition("#")[0] or "2022-08-29"}, headers={"X-Fragment": "sheet"}
            )
            assert sheet.status_code == 200, (identity, day)
            if day in ("", "2022-08-29"):
                expected = days[""] + days["2022-08-29"]
                assert sheet.context["sheet"].in_document == expected, identity
    assert len(figures) == 434


def test_places_name_section_and_sentence(site):
    assert site.places["measurement:public-wifi-city-bus-5g"] == (
        FactPlace(
            "Ⅲ. 주요 현안 업무 › 1. 공공와이파이 확충 및 시민 이용편의 제고",
            "project-public-wifi-16",
            "1차 270대 교체 완료, '24년까지 단계별로 시내버스 전체(7,393대) 확대 예정",
        ),
    )


def test_remembered_until_the_data_changes(site, django_assert_max_num_queries):
    snapshot = snapshots_at(asked_date("2022-08-29"))[0]
    with django_assert_max_num_queries(3):
        assert site_document(snapshot).document is not None

"""Pages on paper, as Chromium prints them to PDF: what stands on each sheet, none without content, home on one."""

import io
import re
from datetime import datetime
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from seoul_digital.lib.tables import day
from tests.browser.conftest import served, settle
from tests.samples import each

CREATE = """
from core.models import Source
from departments.models import User
from projects.models import Brief
from tests.factories import make_bureau, make_expenditure, make_source, make_staffing, make_unit, place, spend

def bureau_of(slug, name, count, rate):
    bureau = make_bureau(slug, name)
    organisation = make_source(bureau, "organisation", "2022-08-29")
    staffing, expenditure = make_source(bureau, "staffing", "2022-08-29"), make_expenditure(bureau, "2022-08-29")
    place(organisation, bureau)
    for number in range(1, count + 1):
        unit = make_unit(f"{slug}-{number}", f"{number}번째 스마트모빌리티기반조성담당관")
        place(organisation, unit, bureau)
        make_staffing(staffing, unit, 20, 18 + number % 4)
        budget = 10_000 * (1 + number * number % 37)
        spend(expenditure, unit, 100 * budget, rate and budget * rate * number)
    return bureau

many, _ = bureau_of("many", "도시기반시설총괄본부", 40, 3), bureau_of("unspent", "주택정책관", 6, None)
source = make_source(many, "projects", "2022-08-29")
for brief in Brief.objects.filter(source__bureau__slug="digital-policy-bureau"):
    milestones = list(brief.milestones.all())
    brief.pk, brief.source = None, source
    brief.save()
    for milestone in milestones:
        milestone.pk, milestone.brief = None, brief
        milestone.save()
city = {"is_superuser": True, "is_staff": True, "is_city_wide": True}
users = [User.objects.create_user(username=name, language=name, **city) for name in ("ko", "en")]
"""
# How light a picture is, in ten by ten fields of 0 to 255.
LIGHTNESS = """async (bytes) => {
  const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], {type: "image/png"}));
  const pen = new OffscreenCanvas(10, 10).getContext("2d");
  pen.drawImage(image, 0, 0, 10, 10);
  const {data} = pen.getImageData(0, 0, 10, 10);
  return [...Array(100).keys()].map((at) => 0.2126 * data[4 * at] + 0.7152 * data[4 * at + 1] + 0.0722 * data[4 * at + 2]);
}"""
OURS = "bureau=digital-policy-bureau"
PAGES = {
    "/departments/": 3,
    "/departments/ict-security/": 2,
    "/departments/digital-policy-bureau/": 3,
    "/budgets/revenue/": 2,
    "/budgets/expenditure/": 2,
    "/budgets/expenditure/ict-security/": 1,
    "/budgets/cross-tab/": 1,
    "/projects/": 2,
    "/projects/timeline/": 4,
    "/projects/indicators/": 5,
    "/projects/public-wifi/": 3,
    "/glossary/": 4,
    "/search/?q=와이파이": 2,
    "/integrity/": 2,
    "/compare/?from=2020-01-31&to=2022-08-29": 2,
    "/history/": 3,
    "/facts/": 4,
    "/document/numbers/": 9,
    "/reports/": 1,
}
HOMES = {
    OURS: "예산현액 1,432.0억 원",
    f"{OURS}&as_of=2020-01-31": "현원은 199명",
    "bureau=many": "이름을 적지 않은",
    "bureau=unspent": "집행액은 이 자료에 없습니다",
    f"{OURS}&as_of=2019-12-31": "",
}
PORTRAIT, LANDSCAPE = (595, 842), (842, 595)


@pytest.fixture(scope="module")
def site(seeded_file):
    with served(seeded_file) as running:
        yield running


@pytest.fixture(scope="module")
def readers(site, sign_in_users):
    """By their language."""
    return sign_in_users(site, CREATE)


@pytest.fixture
def reader(readers):
    return readers["ko"]


@pytest.fixture(scope="module")
def kept():
    """Sheets by address and language, of what several tests look at."""
    return {}


@pytest.fixture
def printed(open_page, readers, kept):
    """A function that opens an address and gives its sheets."""

    def sheets(path, language="ko"):
        if (path, language) not in kept:
            page = open_page(storage_state=readers[language], viewport={"width": 1440, "height": 900})
            page.goto(path)
            settle(page)
            pdf = page.pdf(prefer_css_page_size=True)
            kept[path, language] = PdfReader(io.BytesIO(pdf)).pages
        return kept[path, language]

    return sheets


def size_of(sheet):
    return round(sheet.mediabox.width), round(sheet.mediabox.height)


def spaceless(text):
    return re.sub(r"\s", "", text)


def furniture(sheets):
    """What all sheets must say: number of number, day of printing, source and base date."""
    today = day(datetime.now(ZoneInfo("Asia/Seoul")).date())
    for number, sheet in enumerate(sheets, 1):
        text = spaceless(sheet.extract_text())
        assert spaceless(f"인쇄 {today} · {number}/{len(sheets)}") in text
        assert "자료:" in text and "2022.8.29." in text
        yield sheet.extract_text()


@pytest.mark.parametrize("path", each(4, PAGES))
def test_every_sheet_says_where_it_belongs_and_has_content(printed, path):
    sheets = printed(f"{path}{'&' if '?' in path else '?'}{OURS}")
    texts = list(furniture(sheets))
    assert len(sheets) <= PAGES[path]
    assert {size_of(sheet) for sheet in sheets} == {PORTRAIT}
    common = 120  # letters that stand on every sheet
    assert all(len(spaceless(text)) >= common + 100 for text in texts[1:]), (
        "a sheet with hardly anything on it"
    )


@pytest.mark.parametrize("query", each(2, HOMES))
def test_home_is_one_sheet(printed, query):
    sheets = printed(f"/?{query}")
    assert [size_of(sheet) for sheet in sheets] == [PORTRAIT]
    assert spaceless(HOMES[query]) in spaceless(sheets[0].extract_text())


def test_home_in_english_is_one_sheet(printed):
    (sheet,) = printed(f"/?{OURS}", "en")
    text = sheet.extract_text()
    assert "as of 29 Aug 2022" in text and "Milestones by strategy" in text
    assert "1/1" in text


def test_home_on_paper_has_five_dates_and_the_progress_of_each_strategy(printed):
    (sheet,) = printed(f"/?{OURS}")
    text = spaceless(sheet.extract_text())
    assert "14건가운데앞의5건" in text
    assert "추진전략별실적과일정" in text and "계1119" in text
    assert "전년대비예산증감" not in text


@pytest.mark.parametrize(
    "path", ["/budgets/cross-tab/?bureau=many&rows=account&columns=department", f"/document/one-page/?{OURS}"]
)
def test_a_table_of_many_columns_and_the_one_page_sheet_turn_their_page(printed, path):
    sheets = printed(path)
    assert [size_of(sheet) for sheet in sheets] == [LANDSCAPE]
    assert "1/1" in sheets[0].extract_text()


def test_head_of_a_table_and_axis_of_layers_stand_on_every_sheet(printed):
    texts = [spaceless(sheet.extract_text()) for sheet in printed("/budgets/expenditure/?bureau=many")]
    with_rows = [text for text in texts if "번째스마트모빌리티기반조성담당관" in text][1:]
    assert len(with_rows) >= 2
    assert all("진도차" in text for text in with_rows)
    assert all(
        "기준일" in sheet.extract_text().replace("기준일 2022", "")
        for sheet in printed(f"/projects/timeline/?{OURS}")
    )


def test_day_of_printing_is_that_of_the_printing(open_page, reader):
    page = open_page(storage_state=reader)
    page.clock.set_fixed_time("2027-01-02T23:30:00+09:00")
    page.goto("/reports/")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.documentElement.dataset.printDay") == "2027. 1. 2."


def test_bullets_are_printed_where_grounds_are_left_out(on_paper):
    page = on_paper(f"/departments/?{OURS}")
    bullet = "getComputedStyle(document.querySelector('.dots > li'), '::before').printColorAdjust"
    assert page.evaluate(bullet) == "exact"


def test_paper_is_light_and_has_neither_menu_nor_buttons(open_page, reader):
    page = open_page(storage_state=reader)
    page.goto(f"/?{OURS}")
    page.click("[data-contrast]")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("getComputedStyle(document.querySelector('main h1')).color") == "rgb(70, 76, 83)"
    seen = "[...document.querySelectorAll('nav, button, form, footer, .edit')].filter((one) => one.checkVisibility()).length"
    assert page.evaluate(seen) == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.dataset.krdsMode") == "high-contrast"


@pytest.fixture
def on_paper(open_page, reader):
    """A function that opens an address as print shows it."""

    def opened(path):
        page = open_page(storage_state=reader, viewport={"width": 1440, "height": 900})
        page.goto(path)
        settle(page)
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        return page

    return opened


def alike(page, marks):
    """Pairs of the marks (by name) that grey print hardly tells apart."""
    pictures = {name: page.evaluate(LIGHTNESS, list(mark.screenshot())) for name, mark in marks.items()}
    return [
        (first, second)
        for first, second in combinations(pictures, 2)
        if sum(abs(one - other) for one, other in zip(pictures[first], pictures[second], strict=True)) < 800
    ]


@pytest.mark.parametrize(
    "path",
    each(2, ["/", "/budgets/expenditure/", "/departments/", "/projects/timeline/", "/projects/indicators/"]),
)
def test_series_are_told_apart_in_grey(on_paper, path):
    page = on_paper(f"{path}?{OURS}")
    legends = [legend for legend in page.locator(".legend").all() if legend.is_visible()]
    assert legends
    for legend in legends:
        entries = legend.locator("span").all()
        marks = {entry.inner_text(): entry.locator(".sw") for entry in entries}
        assert alike(page, marks) == []


def test_statuses_and_worries_are_told_apart_in_grey(on_paper):
    page = on_paper(f"/projects/timeline/?{OURS}")
    classes = ("st-done", "st-now", "st-plan", "st-open", "st-confirm")
    marks = {name: page.locator(f"main .{name}:visible .g").first for name in classes}
    assert alike(page, marks) == []
    bars = {name: page.locator(f"main rect.m.{name}:not(.point)").first for name in ("done", "now", "plan")}
    assert alike(page, bars) == []


def test_bars_behind_the_pace_are_hatched(on_paper):
    page = on_paper(f"/budgets/expenditure/?{OURS}")
    bars = {
        "behind": page.locator("table rect.f.w").first,
        "ahead": page.locator("table rect.f:not(.w)").first,
    }
    assert alike(page, bars) == []


def test_rates_behind_the_pace_have_a_mark(on_paper):
    page = on_paper(f"/budgets/cross-tab/?rows=account&columns=department&measure=rate&{OURS}")
    cell = page.locator(".cross-tab td.warn").first
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"◆ " / "진도선 미달 "'

"""Tolerances and captions follow the unit of the source: the city's plan of 2020 in 백만원, as it is printed."""

import pytest
from django.urls import reverse

from budgets.models import BudgetFigure, BudgetLine, RevenueFigure, RevenueItem
from core import integrity
from core.integrity import Level
from reports.assembly import assemble
from reports.document import document_of
from tests.budgets.plain import in_won
from tests.factories import (
    make_bureau,
    make_expenditure,
    make_source,
    make_unit,
    print_total,
    snapshot_of,
)

# Unit, budget of 2020 and of 2019, printed difference, in 백만원: of three the difference is off by one.
CITY = [
    ("spokesperson", 1_736, 1_844, "△108"),
    ("family", 2_911_353, 2_761_960, "149,392"),
    ("labour", 207_454, 196_549, "10,905"),
    ("police", 1_556, 1_548, "7"),
    ("transport", 3_162_290, 2_659_948, "502,343"),
    ("planning", 678_306, 1_340_952, "△662,646"),
]
MILLION = 1_000_000


def number(printed):
    return int(printed.replace(",", "").replace("△", "-"))


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def plan(bureau):
    """Each row a unit; the printed amounts stand beside the stored ones, and a printed rate of each difference."""
    now = make_expenditure(bureau, "2020-01-31", 2020, "book", unit="백만원")
    before = make_expenditure(bureau, "2020-01-31", 2019, "book", unit="백만원")
    for slug, *amounts, change in CITY:
        unit = make_unit(slug)
        for source, amount in zip((now, before), amounts, strict=True):
            line = BudgetLine.objects.create(fiscal_year=source.fiscal_year, department=unit)
            BudgetFigure.objects.create(source=source, line=line, current=amount * MILLION)
            print_total(source, "current_budget", amount * MILLION, f"{amount:,}", slug, source.fiscal_year)
        print_total(now, "change", number(change) * MILLION, change, slug, 2020)
    print_total(now, "change_rate", 0.5, "0.5%", "police", 2020)  # of the amounts before they were rounded
    total = sum(amount for _, amount, *_ in CITY)
    print_total(now, "current_budget", (total + 2) * MILLION, f"{total + 2:,}", "", 2020)
    return now


def findings(bureau):
    return integrity.run(snapshot_of(bureau), ["revenue", "expenditure"])


def test_a_table_in_million_has_no_false_error(bureau, plan):
    assert [one for one in findings(bureau) if one.level in (Level.ERROR, Level.WARNING)] == []


def test_differences_off_by_one_are_rounding(bureau, plan):
    rounding = {one.id for one in findings(bureau) if one.level is Level.INFO and one.app == "budgets"}
    changes = {f"expenditure.change/{slug}" for slug in ("family", "police", "transport")}
    assert rounding == {*changes, "expenditure.sum/current_budget/total/2020"}


def test_findings_are_in_the_unit_of_the_source(bureau, plan):
    one = next(one for one in findings(bureau) if one.id == "expenditure.change/family")
    assert (one.printed, one.computed, one.unit) == (149_392, 149_393, "백만원")


def test_a_real_difference_is_an_error_still(bureau, plan):
    print_total(plan, "change", 12 * MILLION, "12", "", 2020)
    plan.controltotal_set.filter(measure="change", subject="labour").update(
        value=10_903 * MILLION, printed="10,903"
    )
    wrong = {one.id for one in findings(bureau) if one.level is Level.ERROR}
    assert wrong == {"expenditure.change/total", "expenditure.change/labour"}


def test_the_document_prints_in_the_unit_of_the_source(bureau, plan):
    document = document_of(assemble(snapshot_of(bureau)))
    tables = [
        block
        for chapter in document.chapters
        for block in chapter.blocks
        if getattr(block, "name", "") == "세출 총괄"
    ]
    assert tables[0].unit == "(’20.1.31. 기준, 단위 : 백만원, %)"
    texts = [cell.text for row in tables[0].body for cell in row]
    assert {"2,911,353", "2,761,960", "149,392", "5.4%"} <= set(texts)


def test_pages_say_the_unit_that_they_show(staff_client, bureau, plan):
    content = staff_client.get(reverse("budgets:expenditure"), {"bureau": bureau.slug}).content.decode()
    assert "단위: 천원, %, %p" in content
    assert "2,911,353,000" in content
    assert "자료 불일치" not in content


@pytest.mark.parametrize(
    ("unit", "broken"),
    [("원", ["north", "south"]), ("", ["north", "south"]), ("천원", ["south"]), ("백만원", [])],
)
def test_parts_of_a_line_are_rounded_to_the_unit_of_the_source(bureau, unit, broken):
    """Eight rounded figures may be off by four units: one line by 3천원, the other by 3,000천원."""
    source = make_expenditure(bureau, "2022-08-29", unit=unit)
    parts = [
        "original",
        "supplementary",
        "pre_establishment",
        "reserve",
        "carried_over",
        "transferred",
        "diverted",
    ]
    for name, off in (("north", 3_000), ("south", 3_000_000)):
        line = BudgetLine.objects.create(fiscal_year=2022, department=make_unit(name), detailed="사업")
        amounts = dict.fromkeys(parts, 10 * MILLION)
        BudgetFigure.objects.create(source=source, line=line, current=70 * MILLION + off, **amounts)
    wrong = [one.subject for one in findings(bureau) if one.id.startswith("lines.parts/")]
    assert wrong == [f"2022 {name} 사업" for name in broken]


def test_collection_is_rounded_to_the_unit_of_the_source(bureau):
    source = make_source(bureau, "revenue", "2022-08-29", unit="백만원")
    item = RevenueItem.objects.create(slug="rent", name="임대료")
    known = {"assessed": 101, "collected": 60, "written_off": 20, "uncollected": 20}
    won = {name: in_won(value) * 1_000 for name, value in known.items()}
    RevenueFigure.objects.create(source=source, item=item, fiscal_year=2022, current_budget=1, **won)
    one = next(one for one in findings(bureau) if one.id == "revenue.collection/rent/2022")
    assert (one.level, one.printed, one.computed, one.unit) == (Level.INFO, 101, 100, "백만원")

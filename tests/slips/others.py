"""Innocent changes beyond one report: those of other bureaus, and people and posts that move in the reports of 2020 and 2022."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any

from core.models import ControlTotal
from departments.models import Duty, Staffing
from glossary.models import Definition, Term
from tests.factories import make_bureau, make_source, make_staffing, make_unit, place, print_total, spend

from .innocent import Innocent, save

MILLION = 1_000_000
# The city's performance plan of 2020 in 백만원: this year, the year before, and the change as it is printed, three times off by one.
CITY = (
    ("대변인", 1_736, 1_844, "△108"),
    ("서울혁신기획관", 16_408, 15_057, "1,351"),
    ("시민소통기획관", 103_537, 59_352, "44,185"),
    ("청년청", 137_665, 45_404, "92,261"),
    ("여성가족정책실", 2_911_353, 2_761_960, "149,392"),
    ("노동민생정책관", 207_454, 196_549, "10,905"),
    ("비상기획관", 7_303, 7_313, "△10"),
    ("남북협력추진단", 15_647, 25_454, "△9,807"),
    ("민생사법경찰단", 1_556, 1_548, "7"),
    ("기획조정실", 678_306, 1_340_952, "△662,646"),
    ("경제정책실", 639_730, 533_929, "105,801"),
    ("복지정책실", 7_704_189, 7_020_115, "684,074"),
    ("도시교통실", 3_162_290, 2_659_948, "502,343"),
)


def number_of(printed: str) -> int:
    return int(printed.replace("△", "-").replace(",", ""))


def city_rows() -> Iterator[Innocent]:
    """A row of the city's table of all bureaus, on the day of the first report and after it."""
    for name, current, previous, change in CITY:
        for day in ("2020-01-31", "2020-12-31"):
            yield Innocent(
                f"the city's table of {day}: {name}",
                lambda row=(name, current, previous, change), day=day: city_row(day, *row),
            )


def city_row(day: str, name: str, current: int, previous: int, change: str) -> None:
    bureau = make_bureau("another-bureau", name)
    source = make_source(
        bureau,
        "expenditure",
        day,
        fiscal_year=2020,
        budget_kind="overview",
        unit="백만원",
        document="성과계획서",
    )
    figure = spend(source, bureau, current * 1_000)
    save(figure, previous=previous * MILLION)
    print_total(source, "change", number_of(change) * MILLION, change, bureau.slug, 2020)


def reports() -> Iterator[Innocent]:
    """The report of another bureau, of our day, of an earlier one and of a later one."""
    for number, (name, current, _, _) in enumerate(CITY):
        for day in ("2020-01-31", "2022-08-29", "2022-11-01"):
            yield Innocent(
                f"the report of {day} of {name}",
                lambda name=name, current=current, number=number, day=day: report(name, current, number, day),
            )


def report(name: str, money: int, number: int, day: str) -> None:
    """Units, people, duties, money and words that agree with each other; `money` in 백만원, divided among three units."""
    bureau = make_bureau("another-bureau", name)
    units = [make_unit(f"another-{place_}", f"{name} {word}과") for place_, word in enumerate("가나다")]
    tree = make_source(bureau, "organisation", day, document=f"{name} 업무보고", heading="1실 3과")
    place(tree, bureau)
    for unit in units:
        place(tree, unit, bureau)
    people(bureau, units, number, day)
    duties = make_source(bureau, "duties", day)
    for order, text in enumerate(
        ("분양 예산 및 결산", "국·시비 보조사업 12건 관리", "자치구 25개 협의체 운영"), 1
    ):
        Duty.objects.create(source=duties, department=units[0], order=order, text=text)
    spending(bureau, units, money, day)
    words = make_source(bureau, "glossary", day)
    term = Term.objects.create(slug="another-term", name="분양")
    Definition.objects.create(
        source=words,
        term=term,
        order=1,
        heading="분양",
        page=3,
        page_printed="업무보고 p.3",
        text="ㅇ 전체 또는 여러 부분으로 나누어 파는 것(’22.8월말 기준 1,234호)",
    )


def people(bureau: Any, units: list[Any], number: int, day: str) -> None:
    source = make_source(bureau, "staffing", day, unit="명", heading="인력")
    counts = [(20 + number, 3, 1), (18, 2 + number, 0), (9, 0, 1)]
    for order, (unit, row) in enumerate(zip(units, counts, strict=True), 1):
        make_staffing(source, unit, sum(row) + 1, *row, order=order)
        print_total(source, "headcount", sum(row), str(sum(row)), unit.slug)
    total = sum(map(sum, counts))
    print_total(source, "headcount", total, str(total))
    print_total(source, "authorized", total + 3, str(total + 3))
    print_total(source, "variance", -3, "△3")


def spending(bureau: Any, units: list[Any], money: int, day: str) -> None:
    """In 천원; the totals are rounded by themselves, as tables in 백만원 have them."""
    year = int(day[:4])
    source = make_source(
        bureau, "expenditure", day, fiscal_year=year, budget_kind="execution", unit="백만원", heading="세출"
    )
    parts = [money * 1_000 // 2 + 400, money * 1_000 // 4 + 400, money * 1_000 // 8 + 400]
    for unit, part in zip(units, parts, strict=True):
        spend(source, unit, part, part * 2 // 3)
    print_total(
        source, "current_budget", sum(parts) // 1_000 * MILLION, f"{sum(parts) // 1_000:,}", year=year
    )


def moves() -> Iterator[Innocent]:
    """A person who goes from one unit to another, with the post or without, and all that is printed of the two."""
    for source, series in (
        (source, series)
        for source in ("smart-city/2020-01-31/staffing", "digital-policy/2022-08-29/staffing")
        for series in ("일반직", "임기제")
    ):
        rows = Staffing.objects.filter(source__slug=source, counts__series__name=series, counts__count__gt=1)
        for number, (origin, goal) in enumerate(permutations(rows.order_by("pk"), 2)):
            yield Innocent(
                f"{series} from {origin} to {goal} of {source}",
                lambda origin=origin, goal=goal, series=series, with_post=number % 2: move(
                    series, origin, goal, with_post
                ),
            )


def move(series: str, origin: Staffing, goal: Staffing, with_post: int) -> None:
    for row, step in ((origin, -1), (goal, 1)):
        count = row.counts.get(series__name=series)
        save(count, count=count.count + step)
        save(row, authorized=row.authorized + step * with_post)
        printed = ControlTotal.objects.filter(source=row.source, subject=row.department.slug)
        for total in printed:
            own = {"headcount": step, "authorized": step * with_post, "variance": step * (1 - with_post)}
            value = int(total.value) + own[total.measure]
            words = "-" if not value else f"△{-value}" if value < 0 else str(value)
            save(total, value=value, printed=words)

from datetime import date

from core.models import Source
from departments.models import Department, JobSeries, Succession
from departments.staffing import summarize
from departments.staffing_change import StaffingChange, figure, sentence, staffing_change, trend_figure
from seoul_digital.lib.tables import text_of
from tests.factories import make_bureau, make_source, make_staffing, make_unit, plain_staffing, snapshot_of

CENTER = Department(pk=2, slug="data-center", name="데이터센터", kind="office")
OLD = Department(pk=3, slug="smart-city", name="스마트도시담당관", kind="division")
NEW = Department(pk=4, slug="big-data", name="빅데이터담당관", kind="division")
SERIES = [JobSeries(pk=1, name="일반직", order=1)]
DATES = (date(2020, 1, 31), date(2022, 8, 29))


def change_of(before, after, links=()):
    return StaffingChange(summarize(before, [], SERIES), summarize(after, [], SERIES), DATES, links)


CHANGE = change_of(
    [plain_staffing(CENTER, 62, 60), plain_staffing(OLD, 5, 5)],
    [plain_staffing(CENTER, 69, 63), plain_staffing(NEW, 4, 4)],
)


def url_of(slug):
    return f"/departments/{slug}/"


def test_units_of_both_dates_are_paired_and_those_that_are_no_more_come_last():
    chart = figure(CHANGE, url_of)
    meta = chart.build().layout.meta
    assert [(row["text"], row["href"]) for row in meta["rows"]] == [
        ("데이터센터", "/departments/data-center/"),
        ("빅데이터담당관", "/departments/big-data/"),
        ("스마트도시담당관", ""),
    ]
    assert meta["columns"][0]["texts"] == ["+3", "앞 자료에 없음", "뒤 자료에 없음"]
    assert (chart.title, chart.details) == (
        "부서별 현원, 2020. 1. 31. → 2022. 8. 29.",
        "table-staff-change-rows",
    )


def test_the_table_has_the_same_rows_under_their_dates():
    table = figure(CHANGE, url_of).table
    assert [
        [text_of(*pair) for pair in zip(table.columns, row.cells, strict=True)] for row in table.rows
    ] == [
        ["계", "67", "65", "73", "67", "+2"],
        ["두 날에 모두 있는 부서", "62", "60", "69", "63", "+3"],
        ["데이터센터", "62", "60", "69", "63", "+3"],
        ["빅데이터담당관", "-", "-", "4", "4", "-"],
        ["스마트도시담당관", "5", "5", "-", "-", "-"],
    ]
    assert [column.group for column in table.columns][1:5] == ["2020. 1. 31."] * 2 + ["2022. 8. 29."] * 2


def test_a_renamed_unit_and_units_that_merged_are_paired_as_in_a_comparison():
    merged = Succession(pk=1, predecessor=CENTER, successor=NEW, kind="merged")
    renamed = Succession(pk=2, predecessor=OLD, successor=NEW, kind="renamed")
    before, after = [plain_staffing(CENTER, 62, 60), plain_staffing(OLD, 5, 5)], [plain_staffing(NEW, 70, 66)]
    change = change_of(before, after, [merged, renamed])
    meta = figure(change, url_of).build().layout.meta
    assert [(row["text"], row["href"]) for row in meta["rows"]] == [
        ("데이터센터 · 스마트도시담당관 → 빅데이터담당관", "/departments/big-data/")
    ]
    assert meta["columns"][0]["texts"] == ["+1"]
    assert change.units[0].headcounts == [65, 66]
    assert sentence(change) == "현원은 65명에서 66명으로 1명 늘었습니다."


def test_the_sentence_says_how_many_more_or_fewer():
    assert sentence(CHANGE) == (
        "현원은 65명에서 67명으로 2명 늘었습니다. 두 날에 모두 있는 부서만 더하면 현원 60 → 63(+3)입니다."
    )
    fewer = change_of([plain_staffing(CENTER, 62, 60)], [plain_staffing(CENTER, 62, 58)])
    assert sentence(fewer) == "현원은 60명에서 58명으로 2명 줄었습니다."
    same = change_of([plain_staffing(CENTER, 62, 60)], [plain_staffing(CENTER, 70, 60)])
    assert sentence(same) == "현원은 두 날 모두 60명입니다."


def test_the_base_date_before_is_compared_and_one_date_alone_is_none(db):
    bureau, unit = make_bureau(), make_unit("policy")
    make_staffing(make_source(bureau, Source.Scope.STAFFING, "2022-08-29"), unit, 3, 2)
    assert staffing_change(snapshot_of(bureau)) is None
    make_staffing(make_source(bureau, Source.Scope.STAFFING, "2020-01-31"), unit, 3, 1)
    change = staffing_change(snapshot_of(bureau))
    assert (change.dates, change.before.total.headcount, change.after.total.headcount) == (DATES, 1, 2)


def test_staff_of_three_dates_is_a_trend(db):
    bureau, unit = make_bureau(), make_unit("housing", "주택과")
    for on, headcount in (("2021-01-31", 8), ("2021-07-31", 9), ("2022-01-31", 11)):
        make_staffing(make_source(bureau, Source.Scope.STAFFING, on), unit, 10, headcount)
    chart = trend_figure(snapshot_of(bureau))
    assert chart.summary == "현원은 2021. 1. 31.에 8명, 2022. 1. 31.에 11명입니다."
    headcount, authorized = chart.build().data
    assert (headcount.y, authorized.y) == ((8.0, 9.0, 11.0), (10.0, 10.0, 10.0))
    assert trend_figure(snapshot_of(bureau, "2021-07-31")) is None

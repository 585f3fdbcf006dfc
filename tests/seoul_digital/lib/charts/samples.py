"""A figure of each kind, for tests of what all have in common."""

from datetime import date
from fractions import Fraction

import pytest

from seoul_digital.lib import amounts, charts
from seoul_digital.lib.charts import GanttRow, Mark

PACE = Fraction(241, 365)
AS_OF = date(2022, 8, 29)
EOK = 10**8


def rates():
    labels = ["계", "정보통신보안담당관", "특별회계", "새 부서"]
    executed = [(95_839_632, 143_204_842), (19_056_893, 33_716_436), (1_968_275, 10_764_413)]
    values = [*(Fraction(*pair) * 100 for pair in executed), None]
    return charts.rate_bars(labels, values, PACE, [0, 0, 1, 0], first_is_total=True)


def changes():
    return charts.change_bars(
        ["계", "서울기록원"], [21_799_080_000, -1_953_000], ["18.0%", "0.0%"], first_is_total=True
    )


def execution():
    """Of the report, and a unit that handed in nothing; amounts in 천원."""
    rows = [
        ("빅데이터담당관", 14_817_415, 13_077_831),
        ("정보통신보안담당관 특별회계", 10_764_413, 1_968_275),
        ("데이터센터", 46_706_677, 25_640_449),
        ("새 부서", 5_000_000, None),
    ]
    columns = []
    for name, budget, committed in rows:
        rate = None if committed is None else Fraction(committed, budget) * 100
        missing = None if rate is None or rate > PACE * 100 else int((PACE * budget - committed) * 1_000)
        pace = None if rate is None else PACE * 100
        columns.append(
            charts.MosaicColumn(
                name, name, budget * 1_000, rate, "", pace, missing, ["2022. 8. 29. 기준"], "/lines/"
            )
        )
    return charts.mosaic(columns, PACE * 100)


def quantities():
    return charts.quantity_bars(
        ["시내버스", "공공시설"], [7_393, None], ["7,393", "-"], highlighted=[False, True], unit="대"
    )


def staff():
    return charts.stacked_bars(
        ["계", "국"],
        [("일반직", [200, 1]), ("임기제", [58, None])],
        form=lambda value: f"{amounts.plain(value)}명",
        reference=("정원", [266, None]),
        beside=[("현원", ["258", "1"]), ("과부족", ["△8", "-"])],
    )


def places():
    return charts.people(
        [
            charts.PlaceRow(
                "데이터센터", 6, [3, 1], ("4", "6"), ("정원 6명, 현원 4명, 과부족 △2",), "/center/"
            ),
            charts.PlaceRow("빅데이터담당관", 3, [2, 2], ("4", "3")),
        ],
        ["일반직", "임기제"],
        ("현원", "정원"),
    )


def two_dates():
    pairs = [
        charts.DatedPair("데이터센터", 60, 63, ("현원 60명", "현원 63명"), "+3", "/center/"),
        charts.DatedPair("옛 부서", 5, None, ("현원 5명", ""), "없어짐"),
        charts.DatedPair("새 부서", None, 4, ("", "현원 4명"), "새 부서"),
    ]
    return charts.dumbbells(pairs, ("2020. 1. 31.", "2022. 8. 29."), "현원 증감(명)")


def rates_over_time():
    days = [date(2022, 3, 31), date(2022, 6, 30), date(2022, 8, 29)]
    rates = charts.TrendLine("집행률", [20, None, Fraction(669, 10)], ["20.0%", "–", "66.9%"])
    paces = charts.TrendLine("진도", [24.7, 49.6, 66], ["24.7%", "49.6%", "66.0%"])
    return charts.trend(days, [rates, paces], at_least=100)


def milestones():
    marks = [
        Mark("1차 설치", "done", date(2021, 11, 1), date(2022, 4, 30), "’21. 11. ~ ’22. 4."),
        Mark("5G 개시", "done", date(2022, 6, 1), date(2022, 6, 30), "’22. 6."),
        Mark("2차 설치", "in_progress", date(2022, 8, 1), date(2022, 12, 31), "’22. 8. ~ 12."),
        Mark("지하철", "planned", date(2022, 12, 1), None, "’22. 12. ~"),
        Mark("버스", "in_progress", None, date(2024, 12, 31), "~ ’24년"),
        Mark("시험 개시", "confirm", date(2022, 8, 31), date(2022, 8, 31), "’22. 8. 31."),
        Mark("미정", "undetermined", None, None),
    ]
    rows = [
        GanttRow("전략 1", heading=True),
        GanttRow("공공와이파이", marks, small="정보통신보안담당관", value="8,617", href="/projects/wifi/"),
    ]
    return charts.gantt(rows, AS_OF, value_title="백만원")


FIGURES = {
    build.__name__: build
    for build in (
        rates,
        changes,
        execution,
        quantities,
        staff,
        places,
        two_dates,
        rates_over_time,
        milestones,
    )
}
each_figure = pytest.mark.parametrize("name", FIGURES)

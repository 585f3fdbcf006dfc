from datetime import date

from django.utils import translation

from tests.seoul_digital.lib.charts import samples


def test_trend_marks_each_day_with_its_printed_form():
    rates, paces = samples.rates_over_time().data
    assert rates.mode == "lines+markers+text"
    assert rates.textposition == ("bottom center", "bottom center", "top center")
    assert paces.textposition == ("top center", "top center", "bottom center")
    assert rates.x == (date(2022, 3, 31), date(2022, 6, 30), date(2022, 8, 29))
    assert rates.y == (20.0, None, 66.9)
    assert rates.text == ("20.0%", "–", "66.9%")
    assert rates.customdata[2] == "2022. 8. 29.<br>집행률 66.9%"


def test_trend_tells_its_lines_apart_by_dashes_and_dots():
    figure = samples.rates_over_time()
    assert [(line.line.dash, line.marker.color) for line in figure.data] == [
        ("solid", "#1c589c"),
        ("5px,4px", "#ffffff"),
    ]
    assert figure.layout.meta["legend"] == [("dot", "집행률"), ("ring", "진도")]


def test_trend_has_a_tick_for_each_day():
    layout = samples.rates_over_time().layout
    assert layout.xaxis.ticktext == ("’22. 3. 31.", "’22. 6. 30.", "’22. 8. 29.")
    assert layout.xaxis.range == (date(2022, 3, 13), date(2022, 9, 16))
    assert layout.yaxis.range == (0, 118)


def test_trend_has_english_dates_in_english():
    with translation.override("en"):
        figure = samples.rates_over_time()
    assert figure.layout.xaxis.ticktext == ("31 Mar 2022", "30 Jun 2022", "29 Aug 2022")
    assert figure.data[0].customdata[2].startswith("29 Aug 2022<br>")

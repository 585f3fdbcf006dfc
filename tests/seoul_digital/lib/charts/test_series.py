from datetime import date

from tests.seoul_digital.lib.charts import samples


def test_measurement_line_marks_each_measurement_with_its_printed_form():
    (line,) = samples.measurements().data
    assert (line.mode, line.textposition) == ("lines+markers+text", "top center")
    assert line.x == (date(2022, 7, 1), date(2021, 12, 31))
    assert line.y == (28_006.0, 23_000.0)
    assert line.text == ("28,006대", "2.3만대")
    assert line.customdata[1] == "’21년<br>설치 2.3만대"


def test_measurement_line_has_a_tick_for_each_day_in_order():
    axis = samples.measurements().layout.xaxis
    assert axis.tickvals == (date(2021, 12, 31), date(2022, 7, 1))
    assert axis.ticktext == ("’21. 12.", "’22. 7.")
    assert axis.range == (date(2021, 12, 1), date(2022, 7, 31))


def test_period_bars_stand_under_their_printed_forms():
    figure = samples.periods()
    (bars,) = figure.data
    assert (bars.x, bars.y, bars.text) == (("2021", "2022"), (26.0, 109.0), ("26기", "109기"))
    assert bars.customdata[0] == "2021<br>설치 26기"
    assert (figure.layout.xaxis.type, figure.layout.xaxis.ticktext) == ("category", ("2021", "2022"))
    assert [round(end, 2) for end in figure.layout.yaxis.range] == [0, 128.62]

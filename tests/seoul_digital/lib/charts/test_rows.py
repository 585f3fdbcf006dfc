from seoul_digital.lib.charts import rows
from tests.seoul_digital.lib.charts import samples


def test_row_names_are_placed_in_pixels():
    names = rows.row_names(["계", "정보통신보안담당관", "특별회계"], [0, 0, 1], first_is_total=True)
    assert [(row["top"], row["height"]) for row in names] == [(0, 40), (40, 40), (80, 24)]
    assert [(row["strong"], row["rule"]) for row in names] == [(True, False), (False, True), (False, False)]
    assert rows.centres(names) == [20, 60, 92]


def test_row_chart_is_as_high_as_its_rows_and_what_stands_above_and_below():
    layout = samples.rates().layout
    assert (layout.yaxis.range, layout.height) == ((144, 0), 176)
    assert layout.margin.to_plotly_json() == {"l": 176, "r": 160, "t": 28, "b": 4}


def test_row_chart_without_rows_keeps_the_room_of_one():
    figure = rows.row_chart([], [], xaxis={"visible": False})
    assert (figure.layout.yaxis.range, figure.layout.height) == ((40, 0), 52)


def test_row_bars_without_hovers_say_nothing():
    names = rows.row_names(["가", "나"])
    silent = rows.row_bars(names, [1, None], "#e6e8ea")
    assert (silent.hoverinfo, silent.x, silent.width) == ("skip", (1.0, None), (12, 12))

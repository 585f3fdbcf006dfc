from itertools import combinations

import plotly.graph_objects as go

from seoul_digital.lib.charts import theme
from tests.seoul_digital.lib.charts.samples import FIGURES, each_figure


@each_figure
def test_figures_are_of_the_basic_bundle_on_the_template(name):
    figure = FIGURES[name]()
    assert {trace.type for trace in figure.data} <= {"bar", "scatter"}
    assert figure.layout.template == theme.TEMPLATE
    assert figure.layout.height > 0


@each_figure
def test_figures_hold_plain_lists_that_plotly_takes_again(name):
    figure = FIGURES[name]()
    assert go.Figure(figure.to_dict()) == figure
    assert "bdata" not in figure.to_json()


@each_figure
def test_figures_have_no_title_and_no_inline_style(name):
    """Plotly turns these tags into style attributes, which the content security policy forbids."""
    figure = FIGURES[name]()
    assert figure.layout.title.text is None
    text = str(figure.to_dict())
    assert not any(tag in text for tag in ("<b>", "<i>", "<span", "<sup", "<sub"))


def test_template_forbids_zoom_and_draws_no_legend():
    layout = theme.TEMPLATE.layout
    assert (layout.xaxis.fixedrange, layout.yaxis.fixedrange, layout.dragmode) == (True, True, False)
    assert (layout.showlegend, layout.hovermode) == (False, "closest")


def test_hover_text_keeps_markup_as_text():
    assert theme.hover_text("<b>가</b> & 나", "1대", "") == "&lt;b&gt;가&lt;/b&gt; &amp; 나<br>1대"


def test_marker_line_has_a_gap_around_it():
    line = theme.marker_line(66.0, "진도선 66.0%")
    assert [(shape["x0"], shape["line"]["color"]) for shape in line["shapes"]] == [
        (66.0, "#ffffff"),
        (66.0, "#1e2124"),
    ]
    assert line["annotations"][0]["text"] == "진도선 66.0%"


def luminance(colour):
    """As WCAG has it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(first, second):
    low, high = sorted(luminance(colour) for colour in (first, second))
    return (high + 0.05) / (low + 0.05)


def each_of(value, count):
    return value if isinstance(value, (list, tuple)) else [value] * count


def looks_of(figure):
    """Fill, hatch, symbol and outline of every bar and dot that is drawn."""
    looks = set()
    for trace in figure.data:
        if trace.hoverinfo == "skip" or (trace.type == "scatter" and trace.mode in {"lines", "text"}):
            continue
        marker, count = trace.marker, len(trace.x)
        pattern = marker.pattern.shape if trace.type == "bar" else None
        symbol = marker.symbol if trace.type == "scatter" else "bar"
        outline = marker.line.color if marker.line else None
        looks |= set(
            zip(*(each_of(value, count) for value in (marker.color, pattern, symbol, outline)), strict=True)
        )
    return looks


@each_figure
def test_series_are_told_apart_in_grey_print(name):
    """By how light they are, or by hatch, symbol or outline."""
    for first, second in combinations(looks_of(FIGURES[name]()), 2):
        if first[1] == second[1] and first[2:] == second[2:]:
            assert contrast(first[0], second[0]) >= 1.5, (first, second)


def test_greys_of_data_stand_out_from_the_ground():
    for colour in (theme.ACCENT, theme.WARN, theme.INK_3, theme.DONE):
        assert contrast(colour, theme.BACKGROUND) >= 3, colour


def test_what_is_done_is_lighter_than_what_goes_on():
    assert contrast(theme.DONE, theme.ACCENT) >= 2


def test_hatch_leaves_no_colours_of_bars_for_plotly_to_take_for_one():
    common = {"fgcolor": "#58616a", "size": 6, "solidity": 0.2, "fillmode": "overlay"}
    assert theme.hatch([True, False], "#58616a") == {"shape": ["/", ""], "bgcolor": "#ffffff", **common}
    assert theme.hatch("/", "#58616a") == {"shape": "/", **common}

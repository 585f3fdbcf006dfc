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

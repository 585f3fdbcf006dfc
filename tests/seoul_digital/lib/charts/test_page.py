import json

from django.utils.html import json_script

from seoul_digital.lib import charts
from seoul_digital.lib.charts import page
from tests.seoul_digital.lib.charts import samples
from tests.seoul_digital.lib.charts.samples import FIGURES, each_figure


@each_figure
def test_drawing_is_the_figure_without_template_and_legend(name):
    figure = FIGURES[name]()
    drawing = page.drawing_of(figure)
    spec = json.loads(drawing.json)
    assert set(spec) == {"data", "layout"}
    assert "template" not in spec["layout"] and "legend" not in spec["layout"]["meta"]
    assert [trace["type"] for trace in spec["data"]] == [trace.type for trace in figure.data]
    assert drawing.height == figure.layout.height


def test_drawing_leaves_the_figure_whole():
    figure = samples.rates()
    assert page.drawing_of(figure) == page.drawing_of(figure)
    assert figure == samples.rates()


def test_drawing_has_dates_as_text_and_what_is_unknown_as_null():
    spec = json.loads(page.drawing_of(samples.rates_over_time()).json)
    assert spec["data"][0]["x"] == ["2022-03-31", "2022-06-30", "2022-08-29"]
    assert json.loads(page.drawing_of(samples.quantities()).json)["data"][0]["x"] == [7393.0, None]


def test_drawing_has_no_bare_nan():
    drawing = page.drawing_of(charts.quantity_bars(["가", "나"], [1.0, float("nan")], ["1", "-"]))
    assert "NaN" not in drawing.json
    assert json.loads(drawing.json)["data"][0]["x"] == [1.0, None]


def test_script_json_is_escaped_as_json_script_does():
    hostile = {"name": "</script><b>&\u2028"}
    ours = page.script_json(hostile)
    assert not {"<", ">", "&"} & set(ours)
    assert json.loads(ours) == hostile
    assert json.loads(json_script(hostile, "x").partition(">")[2].rpartition("</")[0]) == hostile


def test_template_is_smaller_than_what_it_saves():
    assert len(page.template_json()) < 1_200
    assert json.loads(page.template_json())["layout"]["xaxis"]["fixedrange"] is True

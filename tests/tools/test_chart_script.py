"""The chart script: what is cut out of Plotly's file, and that what our figures need is in it."""

import re
from pathlib import Path

import brotli
import chart_script
import pytest
import vendor

ROOT = chart_script.ROOT
SOURCE = """head */
var Plotly = (() => {
  // a
  var require_a = __commonJS({
    "src/a.js"(exports) {
      exports.b = require_b();
    }
  });
  var between = 1;
  var require_b = __commonJS({
    "src/b.js"(exports) {
    }
  });
  var require_c = __commonJS({
    "src/c.js"(exports) {
      require_b();
    }
  });
  var require_entry = __commonJS({
    "lib/index-basic.js"(exports) {
      require_a(); require_c();
    }
  });
  return require_entry();
})();
"""


@pytest.fixture
def made():
    return (vendor.VENDOR / "plotly.js").read_text(encoding="utf-8")


def test_modules_are_found_with_their_paths_and_ends():
    found = chart_script.modules_of(SOURCE)
    assert {path: variable for path, (variable, _, _) in found.items()} == {
        "src/a.js": "require_a",
        "src/b.js": "require_b",
        "src/c.js": "require_c",
        "lib/index-basic.js": "require_entry",
    }
    _, begin, end = found["src/b.js"]
    assert SOURCE[begin:end].splitlines() == [
        "  var require_b = __commonJS({",
        '    "src/b.js"(exports) {',
        "    }",
        "  });",
    ]


def test_what_the_entry_does_not_come_to_is_cut(monkeypatch):
    monkeypatch.setattr(chart_script, "REPLACED", {chart_script.ENTRY: 'require("src/a.js");'})
    text = chart_script.cut(SOURCE)
    assert re.findall(r"var (\w+) =", text) == [
        "Plotly",
        "require_a",
        "between",
        "require_b",
        "require_entry",
    ]
    assert "require_a();\n" in text.rpartition("require_entry = ")[2]
    assert text.endswith("return require_entry();\n})();\nwindow.Plotly = Plotly;\n")


@pytest.mark.parametrize(
    "replaced",
    [
        {chart_script.ENTRY: 'require("src/gone.js")'},
        {chart_script.ENTRY: "", "src/gone.js": ""},
    ],
)
def test_a_module_that_another_version_lacks_is_told(monkeypatch, replaced):
    monkeypatch.setattr(chart_script, "REPLACED", replaced)
    with pytest.raises(SystemExit, match=r"src/gone\.js"):
        chart_script.cut(SOURCE)


def test_the_script_is_two_fifths_smaller_and_bears_its_licence(made):
    assert made.startswith("//# allFunctionsCalledOnLoad\n/**\n* plotly.js")
    assert "Licensed under the MIT license" in made[:250]
    assert len(brotli.compress(made.encode(), quality=5)) < 215_000
    for name in chart_script.LICENSES:
        assert "Permission is hereby granted" in (vendor.VENDOR / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("part", ["maplibregl-map", "ummalqura", "Share chart", "rangeslider-container"])
def test_what_we_draw_none_of_is_not_in_the_script(made, part):
    assert part in chart_script.SOURCE.read_text(encoding="utf-8")
    assert part not in made


def test_the_script_has_what_figures_call():
    scripts = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "static/js").glob("figures*.js"))
    assert set(re.findall(r"\bPlotly\.(\w+)", scripts)) == {"Fx", "newPlot", "purge", "react", "register"}
    exported = chart_script.REPLACED[chart_script.ENTRY].rpartition("module.exports = {")[2]
    assert {"Fx", "newPlot", "purge", "react", "register"} <= set(re.findall(r"\b(\w+)[,:]", exported))


def test_the_script_has_the_traces_that_figures_are_made_of():
    builders = [
        path
        for app in ("seoul_digital", "projects", "budgets", "departments")
        for path in (ROOT / app).rglob("*.py")
    ]
    used = {name for path in builders for name in re.findall(r"\bgo\.([A-Z]\w+)", path.read_text("utf-8"))}
    assert used == {"Figure", "Bar", "Scatter"}
    entry = chart_script.REPLACED[chart_script.ENTRY]
    assert {f"src/traces/{name.lower()}/index.js" in entry for name in used - {"Figure"}} == {True}


def test_the_script_is_made_once(tmp_path, monkeypatch):
    monkeypatch.setattr(chart_script, "script", lambda: "made")
    chart_script.build(tmp_path)
    assert Path(tmp_path / "plotly.js").read_text() == "made"
    monkeypatch.setattr(chart_script, "script", lambda: "made again")
    chart_script.build(tmp_path)
    assert Path(tmp_path / "plotly.js").read_text() == "made"
    monkeypatch.setattr(chart_script, "digest", lambda: "other")
    chart_script.build(tmp_path)
    assert Path(tmp_path / "plotly.js").read_text() == "made again"


def test_drawing_does_not_ask_where_the_figure_stands():
    text = chart_script.without_reading_its_place(chart_script.SOURCE.read_text(encoding="utf-8"))
    assert text.count("_calcInverseTransform(gd)") == 4  # pointers do
    with pytest.raises(SystemExit, match="READS_PLACE"):
        chart_script.without_reading_its_place(text)

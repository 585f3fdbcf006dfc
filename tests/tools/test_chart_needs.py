"""What of the chart script's modules stays: what does something, and what that names."""

import chart_needs
import chart_script
import pytest

LIB = """  var require_lib = __commonJS({
    "src/lib.js"(exports) {
      "use strict";
      var used = require_used();
      var unused = require_unused();
      var taken = {
        open: 1
      }, left;
      var nobodys = function(open) {
        return open;
      };
      function helper() {
        return taken;
      }
      function helperOfNone() {
        return left;
      }
      exports.asked = function() {
        return used(helper());
      };
      exports.byName = used.byName;
      exports.forgotten = function() {
        return helperOfNone();
      };
      exports.forgottenToo = unused.forgottenToo;
      if (used) {
        exports.list = [];
      } else {
        exports.list = null;
      }
      module.exports = exports;
    }
  });
"""
USER = """  var require_user = __commonJS({
    "src/user.js"(exports) {
      require_lib().asked();
      call("byName");
      exports.other = 1;
    }
  });
"""
D3 = """  var require_d3 = __commonJS({
    "d3.js"(exports, module) {
      !function() {
        var d3 = {
          version: 1
        };
        d3.svg = {};
        d3.svg.arc = function() {
          return d3_svg_arc();
        };
        function d3_svg_arc() {
        }
        var d3_mapPrototype = d3.map = function() {
          return 1;
        };
        d3_mapPrototype.arc = function() {
          return 2;
        };
        d3.arc = d3_call(function() {
        });
        function d3_call(f) {
          return f;
        }
        module.exports = d3;
      }.apply(self);
    }
  });
"""


def left(**texts):
    return chart_needs.needed(texts)


def test_what_nothing_names_goes_with_what_only_it_names():
    lib = left(lib=LIB, user=USER)["lib"]
    gone = ["unused", "nobodys", "helperOfNone", "exports.forgottenToo"]
    assert [name for name in gone if name in lib] == []
    stays = [
        "var used = require_used();",
        "taken = {",
        "function helper()",
        "exports.asked",
        "exports.byName",
    ]
    assert [name for name in stays if name not in lib] == []


def test_a_name_in_any_module_keeps_what_is_given_under_it():
    assert "exports.forgotten = function" not in left(lib=LIB)["lib"]
    named = USER.replace("exports.other = 1", 'call("forgotten")')
    lib = left(lib=LIB, user=named)["lib"]
    assert "exports.forgotten = function" in lib and "function helperOfNone()" in lib


def test_what_stays_is_as_it_was_and_whole():
    lib = left(lib=LIB, user=USER)["lib"]
    assert lib.endswith(LIB[LIB.index("      if (used)") :])
    assert lib.startswith(LIB[: LIB.index("      var unused")])
    assert "var nobodys" not in lib
    assert left(user=USER) == {"user": USER}


@pytest.mark.parametrize(
    ("asked", "stays"),
    [
        ("arc()", []),
        ("d3.svg.arc()", ["d3.svg.arc =", "function d3_svg_arc"]),
        ("d3.arc()", ["d3.arc =", "function d3_call"]),
        ("d3.map().arc()", ["var d3_mapPrototype", "d3_mapPrototype.arc ="]),
        ("d3.map()", ["var d3_mapPrototype"]),
    ],
)
def test_a_function_of_d3_is_asked_for_by_its_whole_name(asked, stays):
    parts = ["d3.svg.arc =", "function d3_svg_arc", "var d3_mapPrototype", "d3_mapPrototype.arc =", "d3.arc =", "function d3_call"]  # fmt: skip
    text = left(d3=D3, user=f"{asked};")["d3"]
    assert [part for part in parts if part in text] == stays
    assert "module.exports = d3;\n      }.apply(self);" in text


def test_of_plotly_a_seventh_goes():
    source = chart_script.SOURCE.read_text(encoding="utf-8")
    whole = {path: source[begin:end] for path, (_, begin, end) in chart_script.modules_of(source).items()}
    text = chart_needs.needed({path: whole[path] for path in ["node_modules/@plotly/d3/d3.js"]})
    assert (
        len(text["node_modules/@plotly/d3/d3.js"])
        < 110_000
        < 277_000
        < len(whole["node_modules/@plotly/d3/d3.js"])
    )

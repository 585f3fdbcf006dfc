// What the chart script is made of (tools/chart_script.py): the traces and components that our figures use
// (seoul_digital/lib/charts/), and of Plotly's functions those that static/js/figures*.js call. In place of Plotly's own
// lib/index-basic.js; the names are those of Plotly's modules.
"use strict";
const api = require("src/plot_api/plot_api.js");
const hovering = require("src/components/fx/index.js");
const { register } = require("src/registry.js");

// Plotly asks whether a figure has a size, which it needs to know where it follows the window alone; ours are given theirs
// (static/js/figures.js), and each asking would lay out the whole page once more.
Object.assign(require("src/plot_api/plot_config.js").dfltConfig, { _hasZeroHeight: true, _hasZeroWidth: true });

// Called by name from within Plotly.
for (const name of ["_doPlot", "_guiRelayout", "_guiRestyle", "_guiUpdate", "redraw", "relayout", "restyle", "update"])
  register({ moduleType: "apiMethod", name, fn: api[name] });

// Plotly knows no figure without one; it shows none.
const modebar = {
  moduleType: "component",
  name: "modebar",
  supplyLayoutDefaults(_, layout) {
    layout.modebar = { orientation: "h" };
  },
};

register([
  require("src/traces/scatter/index.js"),
  require("src/components/annotations/index.js"),
  require("src/components/shapes/index.js"),
  require("src/components/colorscale/index.js"),
  hovering,
  modebar,
  require("src/traces/bar/index.js"),
  require("src/locale-en.js"),
]);

module.exports = {
  Fx: { hover: hovering.hover, unhover: hovering.unhover },
  newPlot: api.newPlot,
  purge: api.purge,
  react: api.react,
  register,
  version: require("src/version.js").version,
};

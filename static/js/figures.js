// Draws the page's figures with Plotly in the house style. A figure's data and layout come from seoul_digital/figures;
// `layout.meta` says what Plotly has no word for: row names, columns of figures beside the bars, room for labels.
"use strict";
(() => {
  const NARROW = 560; // a plot this wide or less is arranged for a phone
  const PRINT_WIDTH = 976, PRINT_WIDTH_WIDE = 1432; // A4 within its margins, at the print style's zoom
  const GAP = 8;
  const CONFIG = { displayModeBar: false, displaylogo: false, showSendToCloud: false, plotlyServerURL: "", showTips: false,
    doubleClick: false, scrollZoom: false, responsive: false, locale: "ko" };
  const VARIABLES = { "#1c589c": "--accent", "#bd2c0f": "--warn", "#1e2124": "--ink", "#464c53": "--ink-2",
    "#58616a": "--ink-3", "#cdd1d5": "--line", "#e6e8ea": "--track", "#ffffff": "--bg" };

  Plotly.register({ moduleType: "locale", name: "ko", dictionary: {}, format: {
    days: ["일요일", "월요일", "화요일", "수요일", "목요일", "금요일", "토요일"],
    shortDays: ["일", "월", "화", "수", "목", "금", "토"],
    months: ["1월", "2월", "3월", "4월", "5월", "6월", "7월", "8월", "9월", "10월", "11월", "12월"],
    shortMonths: ["1월", "2월", "3월", "4월", "5월", "6월", "7월", "8월", "9월", "10월", "11월", "12월"],
    date: "%Y. %-m. %-d.", decimal: ".", thousands: "," } });

  // ── Colours and type ──
  function palette() {
    const style = getComputedStyle(document.documentElement);
    return Object.fromEntries(Object.entries(VARIABLES).map(([hex, name]) => [hex, style.getPropertyValue(name).trim() || hex]));
  }

  function recoloured(value, colours) {
    if (Array.isArray(value)) return value.map((item) => recoloured(item, colours));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, recoloured(item, colours)]));
    }
    return typeof value === "string" && value in colours ? colours[value] : value;
  }

  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const pen = document.createElement("canvas").getContext("2d");

  function widthOf(text, size) {
    pen.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
    return pen.measureText(text).width;
  }

  // Lines no wider than `room`; words stay whole as long as they fit.
  function wrapped(text, size, room) {
    const lines = [""];
    for (const word of text.split(/(?<= )/)) {
      if (lines.at(-1) && widthOf(lines.at(-1) + word.trimEnd(), size) > room) lines.push("");
      for (const character of word) {
        if (widthOf(lines.at(-1) + character.trimEnd(), size) > room) lines.push("");
        lines[lines.length - 1] += character;
      }
    }
    return lines.map((line) => line.trim()).filter(Boolean);
  }

  function dress(layout, colours, width) {
    const ink = colours["#1e2124"];
    Object.assign(layout, { width, autosize: false, dragmode: false, hovermode: "closest", separators: ".,",
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: getComputedStyle(document.body).fontFamily, size: 13, color: ink },
      hoverlabel: { bgcolor: colours["#ffffff"], bordercolor: colours["#58616a"], align: "left", namelength: -1,
        font: { size: 13, color: ink } } });
    layout.annotations = layout.annotations || [];
    layout.shapes = layout.shapes || [];
  }

  // ── Row charts ──
  const LINE_HEIGHT = 20;

  // Gives each row its place (`y0`, `height`), its name's lines and middle (`labelY`), and the middle of its bars (`barY`).
  function place(rows, room, above) {
    let top = 0;
    for (const row of rows) {
      const size = row.level ? 13 : 15;
      row.size = above && !row.strong ? 13 : size;
      row.lines = wrapped(row.text, row.size, room - (row.level ? 16 : 0));
      if (row.lines.length > 1 && !above && row.size > 13) {
        row.size = 13;
        row.lines = wrapped(row.text, 13, room);
      }
      row.oldMiddle = row.top + row.height / 2;
      row.oldEnd = row.top + row.height;
      const name = row.lines.length * LINE_HEIGHT + (row.small ? LINE_HEIGHT : 0);
      const stacked = above && !row.strong;
      if (stacked) row.height = name + row.band + 24;
      else row.height = Math.max(row.height, name + (row.level ? 0 : 4));
      row.y0 = top;
      row.labelY = stacked ? top + 8 + name / 2 : top + row.height / 2;
      row.barY = stacked ? top + name + 12 + row.band / 2 : row.labelY;
      top += row.height;
    }
    return top;
  }

  function moveBars(data, rows) {
    const moved = (y) => {
      const row = y === null ? null : rows.find((one) => y >= one.top && y < one.oldEnd);
      return row ? y - row.oldMiddle + row.barY : y;
    };
    data.forEach((trace) => { trace.y = trace.y.map(moved); });
  }

  const word = (text, more) => ({ text, showarrow: false, xref: "paper", yref: "y", borderpad: 0, ...more });

  function nameRow(row, left, above, colours, notes) {
    const shift = -left + (row.level ? 16 : 0);
    const half = row.small ? LINE_HEIGHT / 2 : 0;
    const ground = above ? { bgcolor: colours["#ffffff"] } : {}; // grid lines stop at names that stand on them
    const common = { x: 0, xanchor: "left", xshift: shift, align: "left", ...ground };
    const click = row.href ? { captureevents: true, name: row.href } : {};
    notes.push(word(row.lines.map(escaped).join("<br>"), { ...common, ...click, y: row.labelY - half,
      font: { size: row.size, weight: row.strong ? 700 : 400, color: row.level ? colours["#464c53"] : colours["#1e2124"] } }));
    if (row.small) {
      notes.push(word(escaped(row.small), { ...common, y: row.labelY + (row.lines.length * LINE_HEIGHT) / 2,
        font: { size: 13, color: colours["#58616a"] } }));
    }
  }

  function fillColumn(column, right, rows, colours, notes) {
    const common = { x: 1, xanchor: "right", xshift: right };
    if (column.title) {
      notes.push(word(escaped(column.title), { ...common, yref: "paper", y: 1, yanchor: "bottom",
        font: { size: 13, color: colours["#58616a"] } }));
    }
    rows.forEach((row, index) => {
      if (!column.texts[index]) return;
      const colour = column.warn[index] ? "#bd2c0f" : row.level ? "#464c53" : "#1e2124";
      notes.push(word(escaped(column.texts[index]), { ...common, y: row.labelY,
        font: { size: row.level ? 13 : 15, weight: row.strong ? 700 : 500, color: colours[colour] } }));
    });
  }

  function ruleRows(rows, left, width, colours, shapes) {
    for (const row of rows) {
      if (!(row.rule || row.line) || row.y0 === 0) continue;
      shapes.unshift({ type: "line", layer: "below", xref: "paper", xsizemode: "pixel", xanchor: 0, x0: -left, x1: width - left,
        yref: "y", y0: row.y0 + 0.5, y1: row.y0 + 0.5,
        line: { color: colours[row.rule ? "#58616a" : "#cdd1d5"], width: 1 } });
    }
  }

  // As wide as the longest name, within limits; longer names are wrapped.
  function nameWidth(rows, most) {
    const widths = rows.map((row) => (row.level ? 16 + widthOf(row.text, 13) : widthOf(row.text, 15)));
    return Math.min(Math.max(...widths) + 3 * GAP, most);
  }

  function arrangeRows(data, layout, colours, width) {
    const { meta, margin } = layout;
    const narrow = width <= NARROW;
    const above = narrow && meta.labels === "above";
    const columns = meta.columns.filter((column) => !(narrow && column.wide_only));
    const columnsWidth = columns.reduce((sum, column) => sum + column.width * (narrow ? 0.9 : 1), 0);
    margin.l = above ? GAP : nameWidth(meta.rows, narrow ? 124 : Math.min(meta.labels === "above" ? margin.l : 224, width * 0.42));
    margin.r = above ? 2 * GAP : columnsWidth + GAP;
    const bottom = place(meta.rows, above ? width - columnsWidth - GAP : margin.l - 2 * GAP, above);
    moveBars(data, meta.rows);
    layout.yaxis.range = [bottom, 0];
    layout.height = bottom + margin.t + margin.b;
    meta.rows.forEach((row) => nameRow(row, margin.l, above, colours, layout.annotations));
    let right = margin.r;
    for (const column of [...columns].reverse()) {
      fillColumn(column, right, meta.rows, colours, layout.annotations);
      right -= column.width * (narrow ? 0.9 : 1);
    }
    ruleRows(meta.rows, margin.l, width, colours, layout.shapes);
    const plot = width - margin.l - margin.r;
    if (meta.room) layout.xaxis.range[1] = (meta.end * plot) / Math.max(plot - meta.room, plot / 3);
    if (narrow && layout.xaxis.nticks) layout.xaxis.nticks = 4;
    if (meta.as_of) thinTicks(layout.xaxis, plot, meta.as_of);
  }

  // ── Upright charts ──
  // Names of categories are wrapped, days thinned out: neither is ever turned askew.
  function arrangeUpright(layout, width) {
    const axis = layout.xaxis, plot = width - layout.margin.l - layout.margin.r;
    axis.tickangle = 0;
    if (axis.type === "date") {
      thinTicks(axis, plot);
      return;
    }
    const lines = axis.ticktext.map((text) => wrapped(text, 13, plot / axis.ticktext.length - GAP));
    axis.ticktext = lines.map((one) => one.map(escaped).join("<br>"));
    const deepest = Math.max(...lines.map((one) => one.length));
    layout.margin.b += (deepest - 1) * 18;
    layout.height += (deepest - 1) * 18;
  }

  // Tick names that would run into each other, or into the as-of line's, are left out; their grid lines stay.
  function thinTicks(axis, plot, asOf) {
    const [first, last] = axis.range.map(Date.parse);
    const at = (day) => ((Date.parse(day) - first) / (last - first)) * plot;
    const now = asOf ? at(asOf) : -Infinity;
    let free = -Infinity;
    axis.ticktext = axis.ticktext.map((text, index) => {
      const x = at(axis.tickvals[index]), half = widthOf(text, 13) / 2 + 4;
      if (x - half < free || x + half > plot || (x + half > now - 4 && x - half < now + 52)) return "";
      free = x + half;
      return text;
    });
  }

  // ── Drawing ──
  let printing = false;
  const figures = new Map(); // plot → its figure and the width it was drawn for

  function arranged(figure, width) {
    const colours = palette();
    const { data, layout } = recoloured(figure.spec, colours);
    dress(layout, colours, width);
    const meta = layout.meta || {};
    if (meta.rows) arrangeRows(data, layout, colours, width);
    if (meta.upright) arrangeUpright(layout, width);
    return [data, layout];
  }

  function draw(plot, forced) {
    const figure = figures.get(plot);
    const width = forced || plot.clientWidth;
    if (!width) return; // folded away: drawn when it is unfolded
    const [data, layout] = arranged(figure, width);
    figure.width = width;
    figure.rows = (layout.meta && layout.meta.rows) || [];
    if (!figure.drawn) plot.replaceChildren();
    Plotly.react(plot, data, layout, CONFIG);
    finish(plot, layout);
    if (!figure.drawn) follow(plot, figure);
    figure.drawn = true;
  }

  // The viewBox lets print styles scale the drawing; its text is for the eye, readers get the label and the table.
  function finish(plot, layout) {
    for (const svg of plot.querySelectorAll(".main-svg")) {
      svg.setAttribute("viewBox", `0 0 ${layout.width} ${layout.height}`);
      svg.setAttribute("aria-hidden", "true");
    }
  }

  function follow(plot, figure) {
    plot.on("plotly_click", ({ points }) => {
      const row = figure.rows.find((one) => points[0].y >= one.y0 && points[0].y < one.y0 + one.height);
      if (row && row.href) location.assign(row.href);
    });
    plot.on("plotly_clickannotation", ({ annotation }) => location.assign(annotation.name));
  }

  const drawAll = () => figures.forEach((_, plot) => draw(plot));

  function printWidth(plot) {
    const section = plot.closest(".c4,.c5,.c6,.c7,.c8,.c12");
    const span = section ? Number(/(?:^|\s)c(\d+)(?:\s|$)/.exec(section.className)[1]) : 12;
    const page = document.body.classList.contains("wide") ? PRINT_WIDTH_WIDE : PRINT_WIDTH;
    return Math.floor((page * span) / 12 - (span < 12 ? 32 : 0));
  }

  document.querySelectorAll(".plot[data-figure]").forEach((plot) => {
    figures.set(plot, { spec: JSON.parse(document.getElementById(plot.dataset.figure).textContent), width: 0, drawn: false });
  });
  drawAll();
  const resized = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    if (!printing && target.clientWidth !== figures.get(target).width) draw(target);
  }));
  figures.forEach((_, plot) => resized.observe(plot));
  document.addEventListener("contrastchange", drawAll);
  addEventListener("beforeprint", () => {
    printing = true;
    figures.forEach((_, plot) => draw(plot, printWidth(plot)));
  });
  addEventListener("afterprint", () => {
    printing = false;
    drawAll();
  });
  document.documentElement.dataset.figures = "drawn";
})();

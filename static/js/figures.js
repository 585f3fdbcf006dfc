// Draws the page's figures with Plotly. A figure's data and layout come from seoul_digital/lib/charts, what all have in
// common from the block `chart-template`; `layout.meta` says what Plotly has no word for: row names, columns of figures
// beside the bars, room for labels.
"use strict";
(() => {
  const NARROW = 560; // a plot this wide or less is arranged for a phone
  const PRINT_WIDTH = 976,
    PRINT_WIDTH_WIDE = 1432; // A4 within its margins, at the print style's zoom
  const GAP = 8;
  const ARROW = 20; // room for the arrow of what goes on beyond a time axis
  const CONFIG = {
    displayModeBar: false,
    displaylogo: false,
    showSendToCloud: false,
    plotlyServerURL: "",
    showTips: false,
    doubleClick: false,
    scrollZoom: false,
    responsive: false,
    locale: "ko",
  };
  const VARIABLES = {
    "#1c589c": "--accent",
    "#bd2c0f": "--warn",
    "#1e2124": "--ink",
    "#464c53": "--ink-2",
    "#58616a": "--ink-3",
    "#cdd1d5": "--line",
    "#e6e8ea": "--track",
    "#ffffff": "--bg",
  };

  Plotly.register({
    moduleType: "locale",
    name: "ko",
    dictionary: {},
    format: {
      days: ["일요일", "월요일", "화요일", "수요일", "목요일", "금요일", "토요일"],
      shortDays: ["일", "월", "화", "수", "목", "금", "토"],
      months: ["1월", "2월", "3월", "4월", "5월", "6월", "7월", "8월", "9월", "10월", "11월", "12월"],
      shortMonths: ["1월", "2월", "3월", "4월", "5월", "6월", "7월", "8월", "9월", "10월", "11월", "12월"],
      date: "%Y. %-m. %-d.",
      decimal: ".",
      thousands: ",",
    },
  });

  // ── Colours and type ──
  function palette() {
    const style = getComputedStyle(document.documentElement);
    return Object.fromEntries(
      Object.entries(VARIABLES).map(([hex, name]) => [hex, style.getPropertyValue(name).trim() || hex]),
    );
  }

  function recoloured(value, colours) {
    if (Array.isArray(value)) return value.map((item) => recoloured(item, colours));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, recoloured(item, colours)]));
    }
    return typeof value === "string" && value in colours ? colours[value] : value;
  }

  const FONT = getComputedStyle(document.body).fontFamily;
  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const pen = document.createElement("canvas").getContext("2d");

  function widthOf(text, size, weight = 400) {
    pen.font = `${weight} ${size}px ${FONT}`;
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

  const TEMPLATE = JSON.parse(document.getElementById("chart-template").textContent);

  function dress(layout, colours, width) {
    layout.template = recoloured(TEMPLATE, colours);
    layout.font = { family: FONT };
    layout.width = width;
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
      const row = y === null ? null : rows.find(({ top, oldEnd }) => y >= top && y < oldEnd);
      return row ? y - row.oldMiddle + row.barY : y;
    };
    data.forEach((trace) => {
      trace.y = trace.y.map(moved);
    });
  }

  // Row names and columns of figures are SVG text of our own: as annotations they cost Plotly some milliseconds each, half of
  // all drawing. A word: its `lines`, `x` and their middle `y` in pixels from the plot's top, and SVG attributes.
  function nameRow(row, above, colours, words) {
    const common = { x: row.level ? 16 : 0, ground: above ? colours["#ffffff"] : "" }; // grid lines stop at names that stand on them
    words.push({
      ...common,
      lines: row.lines,
      y: row.labelY - (row.small ? LINE_HEIGHT / 2 : 0),
      href: row.href,
      "font-size": row.size,
      "font-weight": row.strong ? 700 : 400,
      fill: colours[row.level ? "#464c53" : "#1e2124"],
    });
    if (row.small) {
      words.push({
        ...common,
        lines: [row.small],
        y: row.labelY + (row.lines.length * LINE_HEIGHT) / 2,
        "font-size": 13,
        fill: colours["#58616a"],
      });
    }
  }

  function fillColumn(column, x, rows, colours, words) {
    const common = { x, "text-anchor": "end" };
    if (column.title)
      words.push({ ...common, lines: [column.title], y: -LINE_HEIGHT / 2, "font-size": 13, fill: colours["#58616a"] });
    rows.forEach((row, index) => {
      if (!column.texts[index]) return;
      const colour = column.warn[index] ? "#bd2c0f" : row.level ? "#464c53" : "#1e2124";
      words.push({
        ...common,
        lines: [column.texts[index]],
        y: row.labelY,
        "font-size": row.level ? 13 : 15,
        "font-weight": row.strong ? 700 : 500,
        fill: colours[colour],
      });
    });
  }

  const SVG = "http://www.w3.org/2000/svg";

  function element(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function written({ line, lines, x, y, ground, href, ...attributes }) {
    if (line) {
      const [x1, y1, x2, y2] = line;
      return element("line", { x1, y1, x2, y2, "stroke-width": 1, ...attributes });
    }
    const text = element("text", attributes);
    if (ground) text.setAttribute("stroke", ground);
    lines.forEach((line, index) => {
      const down = (index - (lines.length - 1) / 2) * 1.3 * attributes["font-size"];
      text.appendChild(element("tspan", { x, y: y + down, dy: "0.35em" })).textContent = line;
    });
    if (href) {
      text.setAttribute("pointer-events", "all");
      text.classList.add("cursor-pointer");
      text.addEventListener("click", () => location.assign(href));
    }
    return text;
  }

  function write(plot, words, top) {
    plot.querySelector(".words")?.remove();
    const group = element("g", {
      class: "words",
      transform: `translate(0 ${top})`,
      "font-family": FONT,
      "pointer-events": "none",
      "paint-order": "stroke",
      "stroke-width": 6,
    });
    group.append(...words.map(written));
    plot.querySelectorAll(".main-svg")[1].append(group);
  }

  function ruleRows(rows, left, width, colours, shapes) {
    for (const row of rows) {
      if (!(row.rule || row.line) || row.y0 === 0) continue;
      shapes.unshift({
        type: "line",
        layer: "below",
        xref: "paper",
        xsizemode: "pixel",
        xanchor: 0,
        x0: -left,
        x1: width - left,
        yref: "y",
        y0: row.y0 + 0.5,
        y1: row.y0 + 0.5,
        line: { color: colours[row.rule ? "#58616a" : "#cdd1d5"], width: 1 },
      });
    }
  }

  // As wide as the longest name, within limits; longer names are wrapped.
  function nameWidth(rows, most) {
    const widths = rows.map((row) => (row.level ? 16 + widthOf(row.text, 13) : widthOf(row.text, 15)));
    return Math.min(Math.max(...widths) + 3 * GAP, most);
  }

  // Gives the words to be written beside the bars.
  function arrangeRows(data, layout, colours, width) {
    const { meta, margin } = layout,
      words = [];
    const narrow = width <= NARROW;
    const above = narrow && meta.labels === "above";
    const columns = meta.columns.filter((column) => !(narrow && column.wide_only));
    const columnsWidth = columns.reduce((sum, column) => sum + column.width * (narrow ? 0.9 : 1), 0);
    margin.l = above
      ? ARROW
      : nameWidth(meta.rows, narrow ? 124 : Math.min(meta.labels === "above" ? margin.l : 224, width * 0.42));
    margin.r = above ? ARROW : Math.max(columnsWidth + GAP, meta.as_of ? ARROW : 0);
    const bottom = place(meta.rows, above ? width - columnsWidth - GAP : margin.l - 2 * GAP, above);
    moveBars(data, meta.rows);
    layout.yaxis.range = [bottom, 0];
    layout.height = bottom + margin.t + margin.b;
    for (const row of meta.rows) nameRow(row, above, colours, words);
    let right = width;
    for (const column of [...columns].reverse()) {
      fillColumn(column, right, meta.rows, colours, words);
      right -= column.width * (narrow ? 0.9 : 1);
    }
    ruleRows(meta.rows, margin.l, width, colours, layout.shapes);
    const plot = width - margin.l - margin.r;
    if (meta.room) layout.xaxis.range[1] = (meta.end * plot) / Math.max(plot - meta.room, plot / 3);
    if (narrow && layout.xaxis.nticks) layout.xaxis.nticks = 4;
    const title = above && columns.length ? widthOf(columns.at(-1).title, 13) + GAP : 0; // stands over the axis's end
    if (meta.as_of) thinTicks(layout.xaxis, plot, title ? plot + margin.r - title : plot, meta.as_of);
    return words;
  }

  // ── Upright charts ──
  // Names of categories are wrapped, days thinned out: neither is ever turned askew.
  function arrangeUpright(layout, width) {
    const axis = layout.xaxis,
      plot = width - layout.margin.l - layout.margin.r;
    axis.tickangle = 0;
    if (axis.type === "date") {
      thinTicks(axis, plot, plot);
      return;
    }
    const names = axis.ticktext.map((text) => wrapped(text, 13, plot / axis.ticktext.length - GAP));
    axis.ticktext = names.map((lines) => lines.map(escaped).join("<br>"));
    const deepest = Math.max(...names.map((lines) => lines.length));
    layout.margin.b += (deepest - 1) * 18;
    layout.height += (deepest - 1) * 18;
  }

  // Tick names that would run into each other, or into the as-of line's, are left out; their grid lines stay.
  function thinTicks(axis, plot, end, asOf) {
    const [first, last] = axis.range.map(Date.parse);
    const at = (day) => ((Date.parse(day) - first) / (last - first)) * plot;
    const now = asOf ? at(asOf) : -Infinity;
    let free = -Infinity;
    axis.ticktext = axis.ticktext.map((text, index) => {
      const x = at(axis.tickvals[index]),
        half = widthOf(text, 13) / 2 + 4;
      if (x - half < free || x + half > end || (x + half > now - 4 && x - half < now + 52)) return "";
      free = x + half;
      return text;
    });
  }

  const arrangeMosaic = window.figuresMosaic({ widthOf, wrapped, narrow: NARROW });

  // ── Drawing ──
  let printing = false;
  const figures = new Map(); // plot → its figure and the width it was drawn for

  function arranged(figure, width) {
    const colours = palette();
    const { data, layout } = recoloured(figure.spec, colours);
    dress(layout, colours, width);
    const meta = layout.meta || {};
    let words = meta.rows ? arrangeRows(data, layout, colours, width) : [];
    if (meta.mosaic) words = arrangeMosaic(data, layout, colours, width);
    if (meta.upright) arrangeUpright(layout, width);
    return [data, layout, words];
  }

  function draw(plot, width) {
    const figure = figures.get(plot);
    if (!width) return; // folded away: drawn when it is unfolded
    const [data, layout, words] = arranged(figure, width);
    figure.width = width;
    figure.rows = layout.meta?.rows || [];
    if (!figure.drawn) plot.replaceChildren();
    Plotly.react(plot, data, layout, CONFIG);
    write(plot, words, layout.margin.t);
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
      const row = figure.rows.find(({ y0, height }) => points[0].y >= y0 && points[0].y < y0 + height);
      if (row?.href) location.assign(row.href);
    });
  }

  // All widths are read before anything is drawn: each reading after a drawing would lay out the whole page anew.
  function drawAll() {
    const widths = [...figures.keys()].map((plot) => plot.clientWidth);
    for (const [index, plot] of [...figures.keys()].entries()) draw(plot, widths[index]);
  }

  function printWidth(plot) {
    const section = plot.closest(".c4,.c5,.c6,.c7,.c8,.c12");
    const span = section ? Number(/(?:^|\s)c(\d+)(?:\s|$)/.exec(section.className)[1]) : 12;
    const page = document.body.classList.contains("wide") ? PRINT_WIDTH_WIDE : PRINT_WIDTH;
    return Math.floor((page * span) / 12 - (span < 12 ? 32 : 0));
  }

  document.querySelectorAll(".plot[data-figure]").forEach((plot) => {
    figures.set(plot, {
      spec: JSON.parse(document.getElementById(plot.dataset.figure).textContent),
      width: 0,
      drawn: false,
    });
  });
  drawAll();
  const resized = new ResizeObserver((entries) =>
    entries.forEach(({ target }) => {
      if (!printing && target.clientWidth !== figures.get(target).width) draw(target, target.clientWidth);
    }),
  );
  for (const plot of figures.keys()) resized.observe(plot);
  document.addEventListener("contrastchange", drawAll);
  addEventListener("beforeprint", () => {
    printing = true;
    for (const plot of figures.keys()) draw(plot, printWidth(plot));
  });
  addEventListener("afterprint", () => {
    printing = false;
    drawAll();
  });
  document.documentElement.dataset.figures = "drawn";
})();

// Draws the page's figures with Plotly. A figure's data and layout come from seoul_digital/lib/charts, what all have in
// common from the block `chart-template`; `layout.meta` says what Plotly has no word for: row names, columns of figures
// beside the bars, room for labels.
"use strict";
(() => {
  const NARROW = 560; // a plot this wide or less is arranged for a phone
  // A4 within its margins, upright and turned, at the zoom of static/css/print.css, which says when it is turned.
  const PRINT_WIDTHS = [976, 1432];
  const TURNED = "table:not(.rows) > tbody > tr > :nth-child(14)";
  // A sheet has room for more than a mosaic: its columns are as high as this, and so many names stand beneath those of the widest.
  const PRINT_MOSAIC = { plot: 200, names: 6 };
  const GAP = 8;
  const SPELL = 150; // ms after which no further figure is begun before the page has painted
  const IDLE_LIMIT = 200; // ms that a figure waits for idle time
  const whenIdle = window.requestIdleCallback || ((work) => setTimeout(work));
  const CONFIG = {
    displayModeBar: false,
    displaylogo: false,
    showAxisDragHandles: false,
    showSendToCloud: false,
    plotlyServerURL: "",
    showTips: false,
    doubleClick: false,
    scrollZoom: false,
    responsive: false,
    locale: document.documentElement.lang,
  };
  const VARIABLES = {
    "#1c589c": "--accent",
    "#bd2c0f": "--warn",
    "#1e2124": "--ink",
    "#464c53": "--ink-2",
    "#58616a": "--ink-3",
    "#8a949e": "--done",
    "#cdd1d5": "--line",
    "#e6e8ea": "--track",
    "#ffffff": "--bg",
  };

  const KOREAN = {
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
  };

  // ── Colours and type ──
  const probe = document.body.appendChild(document.createElement("span"));
  probe.className = "probe";

  // The variables as they are now, resolved, for Plotly knows no system colours; once a drawing of all, for each asks for styles anew.
  let colours = null;
  function palette() {
    colours ??= Object.fromEntries(
      Object.entries(VARIABLES).map(([hex, name]) => {
        probe.style.color = `var(${name}, ${hex})`;
        return [hex, getComputedStyle(probe).color];
      }),
    );
    return colours;
  }
  const LIGHT = Object.fromEntries(Object.keys(VARIABLES).map((hex) => [hex, hex]));

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

  let penFont = "";
  function widthOf(text, size, weight = 400) {
    const font = `${weight} ${size}px ${FONT}`;
    if (font !== penFont) pen.font = penFont = font; // a font set anew is looked up anew
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
    layout.hoverlabel = { font: { family: FONT } };
    layout.width = width;
    layout.annotations = layout.annotations || [];
    layout.shapes = layout.shapes || [];
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
  // ── Upright charts ──
  // Names of categories are wrapped, days thinned out: neither is ever turned askew.
  function arrangeUpright(data, layout, width) {
    const axis = layout.xaxis,
      plot = width - layout.margin.l - layout.margin.r;
    axis.tickangle = 0;
    if (axis.type === "date") {
      thinTicks(axis, plot, plot + layout.margin.r);
      const apart = plot / (Date.parse(axis.range[1]) - Date.parse(axis.range[0]));
      for (const trace of data) thinTexts(trace, apart);
      return;
    }
    const names = axis.ticktext.map((text) => wrapped(text, 13, plot / axis.ticktext.length - GAP));
    axis.ticktext = names.map((lines) => lines.map(escaped).join("<br>"));
    const deepest = Math.max(...names.map((lines) => lines.length));
    layout.margin.b += (deepest - 1) * 18;
    layout.height += (deepest - 1) * 18;
  }

  // Values that would run into the one behind them are left to the hover text; the last one stays.
  function thinTexts(trace, apart) {
    let free = Infinity;
    for (const index of [...trace.x.keys()].reverse()) {
      const x = Date.parse(trace.x[index]) * apart,
        half = widthOf(trace.text[index], 13) / 2 + 4;
      if (x + half > free) trace.text[index] = "";
      else free = x - half;
    }
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

  const arrangeRows = window.figuresRows({ widthOf, wrapped, thinTicks, narrow: NARROW });
  const arrangeMosaic = window.figuresMosaic({ widthOf, wrapped, narrow: NARROW });

  // ── Drawing ──
  let printing = false;
  const figures = new Map(); // plot → its figure and the width it was drawn for

  function arranged(figure, width, colours = palette()) {
    const { data, layout } = recoloured(figure.spec, colours);
    dress(layout, colours, width);
    const meta = layout.meta || {};
    if (printing && meta.mosaic) Object.assign(meta, PRINT_MOSAIC);
    let words = meta.rows ? arrangeRows(data, layout, colours, width) : [];
    if (meta.mosaic) words = arrangeMosaic(data, layout, colours, width);
    if (meta.upright) arrangeUpright(data, layout, width);
    else sayDay(data, figure.day);
    return [data, layout, words];
  }

  // What is said on hover has its day; a series tells days of its own.
  function sayDay(data, day) {
    for (const trace of data) {
      trace.customdata = trace.customdata?.map((text) =>
        text && day && !text.includes(say("기준")) ? `${text}<br>${day}` : text,
      );
    }
  }

  function draw(plot, width) {
    const figure = figures.get(plot);
    if (!width) return; // folded away: drawn when it is unfolded
    const { ready } = figure;
    figure.ready = null;
    const [data, layout, words] = ready?.width === width ? ready.parts : arranged(figure, width);
    figure.width = width;
    figure.rows = layout.meta?.rows || [];
    if (!figure.drawn) plot.replaceChildren();
    Plotly.react(plot, data, layout, CONFIG);
    write(plot, words, layout.margin.t);
    finish(plot, layout);
    window.figuresMarks(plot, layout, (trace, index, point) => placeOf(figure, trace, index, point));
    if (!figure.drawn) follow(plot, figure);
    figure.drawn = true;
  }

  // The row that a point stands on, and where it leads.
  function placeOf({ rows, spec }, trace, index, point) {
    const column = spec.layout.meta.mosaic?.[index];
    if (column) return { row: index, href: column.href };
    const y = trace.type === "bar" ? point.p : point.y;
    const row = rows.findIndex(({ y0, height }) => y >= y0 && y < y0 + height);
    return { row, href: rows[row]?.href };
  }

  function drawInto(holder, plot, width) {
    const [data, layout, words] = arranged(figures.get(plot), width, LIGHT);
    return Plotly.newPlot(holder, data, layout, CONFIG).then(() => write(holder, words, layout.margin.t));
  }

  // The viewBox lets print styles scale the drawing; its text is for the eye, readers get the label and the table.
  function finish(plot, layout) {
    for (const svg of plot.querySelectorAll(".main-svg")) {
      svg.setAttribute("viewBox", `0 0 ${layout.width} ${layout.height}`);
      svg.setAttribute("aria-hidden", "true");
    }
  }

  // A finger's first touch shows the value, the second follows it.
  function follow(plot, figure) {
    let touched = false,
      shown = "";
    plot.addEventListener("pointerdown", ({ pointerType }) => {
      touched = pointerType === "touch";
    });
    plot.on("plotly_click", ({ points: [point] }) => {
      const bar = point.data.type === "bar" ? { p: point.y } : { y: point.y };
      const { href } = placeOf(figure, point.data, point.pointNumber, bar);
      const isFirst = touched && shown !== point.customdata;
      shown = point.customdata;
      if (href && !isFirst) location.assign(href);
    });
  }

  // All widths are read before anything is drawn: each reading after a drawing would lay out the whole page anew.
  function drawAll() {
    const widths = [...figures.keys()].map((plot) => plot.clientWidth);
    for (const [index, plot] of [...figures.keys()].entries()) draw(plot, widths[index]);
  }

  // While the chart script is on its way, as soon as letters can be measured.
  function prepare() {
    const known = document.fonts.check(`15px ${FONT}`, "가");
    for (const [plot, figure] of figures) {
      const width = plot.clientWidth;
      figure.ready = known && width ? { width, parts: arranged(figure, width) } : null;
    }
  }

  // In other colours than before.
  function redraw() {
    colours = null;
    if (window.Plotly) drawAll();
    else prepare();
  }

  function printWidth(plot) {
    const section = plot.closest(".c4,.c5,.c6,.c7,.c8,.c12");
    const span = section ? Number(/(?:^|\s)c(\d+)(?:\s|$)/.exec(section.className)[1]) : 12;
    const page = PRINT_WIDTHS[Number(document.querySelector(TURNED) !== null)];
    return Math.floor((page * span) / 12 - (span < 12 ? 32 : 0));
  }

  document.querySelectorAll(".plot[data-figure]").forEach((plot) => {
    figures.set(plot, {
      spec: JSON.parse(document.getElementById(plot.dataset.figure).textContent),
      width: 0,
      day: plot.dataset.asOf,
      drawn: false,
    });
  });
  prepare();
  document.addEventListener("contrastchange", redraw);
  for (const query of ["(forced-colors: active)", "(prefers-contrast: more)", "(prefers-color-scheme: dark)"]) {
    matchMedia(query).addEventListener("change", redraw);
  }

  // How far from the screen it is, in pixels: 0 in sight, and where it is folded away.
  function distance(plot) {
    const { top, bottom } = plot.getBoundingClientRect();
    return Math.max(top - innerHeight, -bottom, 0);
  }

  // What is in sight first, then what is next to the screen, wherever the reader is by then. A quick machine draws all in one spell, for
  // a painting between them makes the last ones later; a slow one lets the page paint and answer between spells.
  function drawInTurn(plots, finished) {
    const began = performance.now();
    const waiting = plots
      .map((plot) => ({ plot, far: distance(plot), width: plot.clientWidth }))
      .sort((a, b) => a.far - b.far);
    for (let inTime = true; waiting.length && inTime; inTime = performance.now() - began < SPELL) {
      const { plot, width } = waiting.shift();
      if (!figures.get(plot).drawn) draw(plot, width);
    }
    const later = waiting.map(({ plot }) => plot);
    if (later.length) whenIdle(() => drawInTurn(later, finished), { timeout: IDLE_LIMIT });
    else finished();
  }

  function begin() {
    Plotly.register(KOREAN);
    drawInTurn([...figures.keys()], followWidths);
    window.figuresFiles({ font: FONT, widthOf, wrapped, drawInto });
    addEventListener("beforeprint", () => {
      printing = true;
      colours = null;
      for (const plot of figures.keys()) draw(plot, printWidth(plot));
    });
    addEventListener("afterprint", () => {
      printing = false;
      redraw();
    });
  }

  function followWidths() {
    const resized = new ResizeObserver((entries) =>
      entries.forEach(({ target }) => {
        if (!printing && target.clientWidth !== figures.get(target).width) draw(target, target.clientWidth);
      }),
    );
    for (const plot of figures.keys()) resized.observe(plot);
    document.documentElement.dataset.figures = "drawn";
  }

  document.getElementById("chart-script").addEventListener("load", begin);
})();

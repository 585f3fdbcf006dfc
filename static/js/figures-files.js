// A figure as a file: SVG, or the PNG that is drawn from it, with title, base date, source, legend and the page's font within.
// Drawn anew at one width in the light colours, whatever the reader's screen.
"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const WIDTH = 1200,
    EDGE = 32,
    SCALE = 2;
  const INK = "#1e2124",
    QUIET = "#464c53",
    GREY = "#58616a";
  // How the legend's swatches (static/css/app.css) are drawn: fill, outline, dashes, lines across.
  const SWATCHES = {
    accent: { fill: "#1c589c" },
    warn: { fill: "#bd2c0f", lines: "#ffffff" },
    missing: { fill: "none", stroke: "#bd2c0f", "stroke-dasharray": "3 2" },
    unknown: { fill: "#ffffff", stroke: GREY, lines: GREY },
    track: { fill: "#e6e8ea", stroke: "#cdd1d5" },
    neutral: { fill: GREY },
    hatched: { fill: GREY, lines: "#ffffff" },
    hollow: { fill: "#ffffff", stroke: GREY },
    done: { fill: "#8a949e" },
    confirm: { fill: INK, turn: 45 },
    open: { fill: "none", stroke: GREY, "stroke-dasharray": "2 3" },
    vacant: { fill: "#ffffff", stroke: INK },
    ring: { fill: "#ffffff", stroke: GREY, "stroke-width": 2, rx: 5 },
    dot: { fill: "#1c589c", rx: 5 },
    circle: { fill: GREY, rx: 5 },
    cross: { fill: "#1c589c", path: "M3.3 0H6.7V3.3H10V6.7H6.7V10H3.3V6.7H0V3.3H3.3Z" },
    star: { fill: GREY, path: "M5 0 6.2 3.5 10 3.8 7 6 8 9.8 5 7.6 2 9.8 3 6 0 3.8 3.8 3.5Z" },
    dotted: { fill: "#ffffff", stroke: GREY, "stroke-dasharray": "1 1" },
    tick: { fill: INK, narrow: true },
  };

  function element(name, attributes, ...children) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  const text = (words, x, y, size, attributes) =>
    element("text", { x, y, "font-size": size, fill: INK, ...attributes }, words);

  function swatch(name, x, y) {
    const { lines, turn, narrow, path, ...look } = SWATCHES[name] || SWATCHES.neutral;
    const made = element("g", { transform: `translate(${x} ${y})${turn ? ` rotate(${turn} 5 5) scale(.8)` : ""}` });
    if (path) made.append(element("path", { d: path, ...look }));
    else made.append(element("rect", { width: narrow ? 2 : 10, height: 10, ...look }));
    if (lines) made.append(element("path", { d: "M0 10 10 0M0 5 5 0M5 10 10 5", stroke: lines, "stroke-width": 1 }));
    return made;
  }

  // The legend in rows; gives the height that it takes.
  function legend(entries, top, widthOf, root) {
    let x = EDGE,
      y = top;
    for (const { name, words, mark } of entries) {
      const width = 18 + widthOf(words, 13) + 24;
      if (x > EDGE && x + width > WIDTH + EDGE) [x, y] = [EDGE, y + 22];
      root.append(
        mark ? text(mark, x, y + 5, 13, {}) : swatch(name, x, y - 5),
        text(words, x + 18, y + 5, 13, { fill: QUIET }),
      );
      x += width;
    }
    return entries.length ? y - top + 24 : 0;
  }

  // ── The font ──
  function inRange(point, ranges) {
    return ranges.split(",").some((range) => {
      const [first, last] = range
        .trim()
        .slice(2)
        .split("-")
        .map((hex) => Number.parseInt(hex, 16));
      return point >= first && point <= (last ?? first);
    });
  }

  // Of the parts that the font is cut into (tools/fonts.py) those that the words need; of two that have a character the later.
  function facesOf(words) {
    const faces = [...document.styleSheets]
      .filter((sheet) => sheet.href?.startsWith(location.origin))
      .flatMap((sheet) => [...sheet.cssRules].map((rule) => ({ rule, sheet })))
      .filter(({ rule }) => rule instanceof CSSFontFaceRule)
      .map(({ rule, sheet }) => ({
        family: rule.style.getPropertyValue("font-family"),
        weight: rule.style.getPropertyValue("font-weight"),
        ranges: rule.style.getPropertyValue("unicode-range"),
        url: new URL(/url\("?([^")]+)/.exec(rule.style.getPropertyValue("src"))[1], sheet.href),
      }));
    const points = [...new Set(words)].map((character) => character.codePointAt(0));
    return [...new Set(points.map((point) => faces.findLast(({ ranges }) => inRange(point, ranges))))].filter(Boolean);
  }

  async function embedded(face) {
    const blob = await (await fetch(face.url)).blob();
    const data = await new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.readAsDataURL(blob);
    });
    const source = data.replace(/^data:[^;,]*/, "data:font/woff2");
    return `@font-face{font-family:${face.family};font-weight:${face.weight};src:url(${source}) format("woff2");unicode-range:${face.ranges}}`;
  }

  // ── The picture ──
  function picture(plot, holder, tools) {
    const { title, summary, asOf, unit, source } = plot.dataset;
    const line = [asOf, unit, source].filter(Boolean).join(" · ");
    const root = element("svg", { xmlns: SVG, "font-family": tools.font, role: "img", "aria-label": title });
    const lines = tools.wrapped(summary, 15, WIDTH);
    root.append(text(title, EDGE, EDGE + 20, 20, { "font-weight": 700 }));
    lines.forEach((words, index) => {
      root.append(text(words, EDGE, EDGE + 50 + index * 24, 15, { fill: QUIET }));
    });
    let top = EDGE + 50 + lines.length * 24;
    top += legend(legendOf(plot), top, tools.widthOf, root);
    const drawings = [...holder.querySelectorAll(".main-svg")];
    const height = Number(drawings[0].getAttribute("height"));
    for (const drawing of drawings) {
      const copy = drawing.cloneNode(true);
      for (const [name, value] of Object.entries({ x: EDGE, y: top, overflow: "visible" }))
        copy.setAttribute(name, value);
      copy.removeAttribute("aria-hidden");
      root.append(copy);
    }
    const bottom = top + height + 28;
    root.append(text(line, EDGE, bottom, 13, { fill: GREY }));
    const size = { width: WIDTH + 2 * EDGE, height: bottom + EDGE - 8 };
    for (const [name, value] of Object.entries(size)) root.setAttribute(name, value);
    root.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    root.prepend(element("rect", { ...size, fill: "#ffffff" }));
    return root;
  }

  function legendOf(plot) {
    const list = plot.closest("section, article, main").querySelectorAll(`.legend[data-for="${plot.id}"] > span`);
    return [...list].map((entry) => {
      const sign = entry.querySelector("i");
      return { name: sign.classList[1], mark: sign.textContent, words: entry.lastChild.textContent.trim() };
    });
  }

  async function svgOf(plot, tools) {
    const holder = document.createElement("div");
    holder.className = "drawing-board";
    document.body.append(holder);
    try {
      await tools.drawInto(holder, plot, WIDTH);
      const root = picture(plot, holder, tools);
      const faces = await Promise.all(facesOf(root.textContent).map(embedded));
      const style = `text{font-feature-settings:"tnum"}${faces.join("")}`;
      root.prepend(element("style", {}, style));
      return new XMLSerializer().serializeToString(root);
    } finally {
      Plotly.purge(holder);
      holder.remove();
    }
  }

  async function pngOf(svg) {
    const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    try {
      const image = new Image();
      image.src = url;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = image.naturalWidth * SCALE;
      canvas.height = image.naturalHeight * SCALE;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return await new Promise((done) => canvas.toBlob(done, "image/png"));
    } finally {
      URL.revokeObjectURL(url);
    }
  }

  async function save(plot, kind, tools) {
    const svg = await svgOf(plot, tools);
    const blob = kind === "png" ? await pngOf(svg) : new Blob([svg], { type: "image/svg+xml" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${plot.dataset.title.replace(/[\\/:*?"<>|]/g, " ")}_${plot.dataset.day}.${kind}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  // `tools`: the font, measuring and wrapping of figures.js, and `drawInto(holder, plot, width)`.
  window.figuresFiles = (tools) => {
    for (const buttons of document.querySelectorAll("[data-save-of]")) {
      buttons.hidden = false;
      buttons.addEventListener("click", async ({ target }) => {
        const button = target.closest("button");
        if (!button || button.disabled) return;
        button.disabled = true;
        try {
          await save(document.getElementById(buttons.dataset.saveOf), button.dataset.save, tools);
        } finally {
          button.disabled = false;
        }
      });
    }
  };
})();

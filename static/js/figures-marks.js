// Marks of figures by keyboard: over each drawing lies one focusable mark for each value. The arrow keys go from one to the
// next, a mark's value is shown and read out, Enter follows it to its row.
"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const LEAST = 12; // pixels, so that the frame around a dot is seen
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  const plain = (text) =>
    text
      .replace(/<br>/g, ", ")
      .replace(/[△−](?=[₩\d])/g, `${say("마이너스")} `)
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&amp;/g, "&");

  // Where a point is drawn, in pixels of the figure: the box of a bar, a square around a dot.
  function boxOf(point, { trace }, { xaxis, yaxis }) {
    const x = (value) => xaxis._offset + xaxis.c2p(value);
    const y = (value) => yaxis._offset + yaxis.c2p(value);
    if (trace.type !== "bar") return [x(point.x), y(point.y), x(point.x), y(point.y)];
    const along = [point.b, point.b + point.s],
      across = [point.p0, point.p1];
    const [xs, ys] = trace.orientation === "h" ? [along.map(x), across.map(y)] : [across.map(x), along.map(y)];
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  }

  // The values of a drawing in reading order; bars of one row that say the same are one mark.
  function marksOf(plot, placeOf) {
    const found = new Map();
    plot.calcdata.forEach((points) => {
      const { trace } = points[0];
      if (trace.hoverinfo === "skip" || !trace.customdata) return;
      points.forEach((point, index) => {
        const text = trace.customdata[index],
          box = boxOf(point, points[0], plot._fullLayout);
        if (!text || box.some((value) => !Number.isFinite(value))) return;
        const { row, href } = placeOf(trace, index, point);
        const key = `${row}|${text}`,
          known = found.get(key);
        if (known) {
          known.box = [
            ...known.box.slice(0, 2).map((v, i) => Math.min(v, box[i])),
            ...known.box.slice(2).map((v, i) => Math.max(v, box[i + 2])),
          ];
        } else found.set(key, { text, row, href, box, curveNumber: trace.index, pointNumber: index });
      });
    });
    return [...found.values()].sort((a, b) => a.row - b.row || a.box[0] - b.box[0]);
  }

  function drawn(mark, index) {
    const group = document.createElementNS(SVG, mark.href ? "a" : "g");
    const [left, top, right, bottom] = mark.box;
    const width = Math.max(right - left, LEAST),
      height = Math.max(bottom - top, LEAST);
    const frame = document.createElementNS(SVG, "rect");
    const place = { x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height };
    for (const [name, value] of Object.entries(place)) frame.setAttribute(name, value);
    group.append(frame);
    group.setAttribute("class", "mark");
    group.setAttribute("tabindex", index ? -1 : 0);
    group.setAttribute("aria-label", plain(mark.text));
    if (mark.href) group.setAttribute("href", mark.href);
    else group.setAttribute("role", "img");
    return group;
  }

  // Lays the marks over the plot. `placeOf`: row and address of a point.
  window.figuresMarks = (plot, { width, height }, placeOf) => {
    const before = plot.parentElement.querySelector(":scope > .marks");
    const held = before?.contains(document.activeElement) ? [...before.children].indexOf(document.activeElement) : -1;
    before?.remove();
    const marks = marksOf(plot, placeOf);
    if (!marks.length) return;
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "marks");
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", say("{}의 값, 화살표 글쇠로 옮겨 다닙니다", plot.dataset.title));
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.append(...marks.map(drawn));
    const show = (index) => {
      for (const [at, child] of [...svg.children].entries()) child.setAttribute("tabindex", at === index ? 0 : -1);
      const { curveNumber, pointNumber } = marks[index];
      Plotly.Fx.hover(plot, [{ curveNumber, pointNumber }]);
    };
    // Not of the svg, which Chromium would make a stop of its own for the sake of these.
    for (const [index, mark] of [...svg.children].entries()) {
      mark.addEventListener("focus", () => show(index));
      mark.addEventListener("blur", () => Plotly.Fx.unhover(plot));
    }
    svg.addEventListener("keydown", (event) => {
      const now = [...svg.children].indexOf(event.target.closest(".mark"));
      const ends = { Home: 0, End: marks.length - 1 };
      const next = event.key in ends ? ends[event.key] : now + (STEPS[event.key] ?? Number.NaN);
      if (!svg.children[next]) return;
      event.preventDefault();
      svg.children[next].focus();
    });
    plot.after(svg);
    if (held >= 0) svg.children[Math.min(held, marks.length - 1)].focus();
  };
})();

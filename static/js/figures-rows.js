// Arranges charts with a name on each row (seoul_digital/lib/charts/rows.py): room for names and columns of figures beside the
// bars, names over the bars on a phone, the line of the base date.
"use strict";
window.figuresRows = ({ widthOf, wrapped, thinTicks, narrow: NARROW }) => {
  const GAP = 8;
  const ARROW = 20; // room for the arrow of what goes on beyond a time axis
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
      else row.height = Math.max(row.grown ?? row.height, name + (row.level ? 0 : 4));
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

  // The line of the base date, on bars and under dots, so that no ◆ or ● is cut by it.
  function drawDay(data, { meta }, colours, bottom) {
    const line = { type: "scatter", mode: "lines", x: [meta.as_of, meta.as_of], y: [0, bottom], hoverinfo: "skip" };
    const lines = [
      { ...line, line: { color: colours["#ffffff"], width: 4 } },
      { ...line, line: { color: colours["#1e2124"], width: 1.5 } },
    ];
    const dots = data.findIndex(({ mode }) => mode === "markers");
    data.splice(dots < 0 ? data.length : dots, 0, ...lines);
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
      ? meta.people
        ? 0
        : ARROW
      : nameWidth(meta.rows, narrow ? 124 : Math.min(meta.labels === "above" ? margin.l : 224, width * 0.42));
    margin.r = above ? ARROW : Math.max(columnsWidth + GAP, meta.as_of ? ARROW : 0);
    const plot = width - margin.l - margin.r;
    if (meta.people) window.figuresPeople.grow(meta, plot);
    const bottom = place(meta.rows, above ? width - columnsWidth - GAP : margin.l - 2 * GAP, above);
    if (meta.people) window.figuresPeople.arrange(data, meta, layout.xaxis, plot);
    else moveBars(data, meta.rows);
    layout.yaxis.range = [bottom, 0];
    layout.height = bottom + margin.t + margin.b;
    for (const row of meta.rows) nameRow(row, above, colours, words);
    let right = width;
    for (const column of [...columns].reverse()) {
      fillColumn(column, right, meta.rows, colours, words);
      right -= column.width * (narrow ? 0.9 : 1);
    }
    ruleRows(meta.rows, margin.l, width, colours, layout.shapes);
    if (meta.room) layout.xaxis.range[1] = (meta.end * plot) / Math.max(plot - meta.room, plot / 3);
    if (narrow && layout.xaxis.nticks) layout.xaxis.nticks = 4;
    const title = above && columns.length ? widthOf(columns.at(-1).title, 13) + GAP : 0; // stands over the axis's end
    if (meta.as_of) drawDay(data, layout, colours, bottom);
    if (meta.as_of) thinTicks(layout.xaxis, plot, title ? plot + margin.r - title : plot, meta.as_of);
    return words;
  }

  return arrangeRows;
};

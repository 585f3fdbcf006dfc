// Arranges the Marimekko chart of execution (seoul_digital/lib/charts/mosaic.py): names, amounts and rates stand where they
// have room, the others below with a line to their column; on a phone the figure turns, and budgets run downwards.
"use strict";
(() => {
  const SMALL = 13,
    LARGE = 15,
    LINE = 18,
    PAD = 6;
  const PHONE_MARGIN = 132,
    PHONE_HEIGHT = 440;

  // The columns with their place in pixels along the axis of budgets.
  function places(meta, length) {
    const end = meta.mosaic.at(-1)?.span[1] || 1;
    return meta.mosaic.map((column) => {
      const [from, to] = column.span.map((value) => (value / end) * length);
      return { ...column, from, to, middle: (from + to) / 2, size: to - from };
    });
  }

  function turn(data, layout) {
    for (const trace of data) {
      [trace.x, trace.y] = [trace.y, trace.x];
      trace.orientation = "h";
    }
    for (const shape of layout.shapes) {
      [shape.x0, shape.x1, shape.y0, shape.y1] = [shape.y0, shape.y1, shape.x0, shape.x1];
    }
    const [budgets, rates] = [layout.xaxis, layout.yaxis];
    budgets.range.reverse(); // downwards
    layout.xaxis = rates;
    layout.yaxis = budgets;
  }

  window.figuresMosaic = ({ widthOf, wrapped, narrow }) => {
    // ── Upright ──
    // The rate above its bar, and above that what is missing; both within the bar where there is no room up to the pace line, and
    // above that line where the bar has none.
    function nameRate(column, y, colours, words) {
      const size = [LARGE, SMALL].find((each) => widthOf(column.rate, each, 700) <= column.size - 2);
      const low = Boolean(column.missing);
      const room = low ? y(column.at) - y(column.pace) : Infinity;
      const within = room < 40 && y(0) - y(column.at) >= 64;
      const warn = colours["#bd2c0f"];
      const ink = within ? { fill: colours["#ffffff"], ground: warn } : { fill: low ? warn : colours["#1e2124"] };
      const common = { x: column.left + column.middle, "text-anchor": "middle", href: column.href, ...ink };
      const base = within ? y(column.at) + 60 : room >= 40 ? y(column.at) : y(column.pace) - 6;
      column.written = Boolean(size);
      if (!size) return;
      words.push({ ...common, lines: [column.rate], y: base - 12, "font-size": size, "font-weight": 700 });
      const whole = say("진도선까지 {}", column.missing);
      const lines = [[whole], [say("진도선까지"), column.missing]].find(
        (each) => Math.max(...each.map((line) => widthOf(line, SMALL))) <= column.size - PAD,
      );
      column.told = !low || Boolean(lines && (lines.length === 1 || room >= 58 || room < 40));
      if (low && column.told) {
        const up = 30 + (lines.length - 1) * 9;
        words.push({ ...common, lines, y: base - up, "font-size": SMALL, "font-weight": 500 });
      }
    }

    // The name and the budget under a column that is wide enough for them.
    function nameBelow(column, top, colours, words) {
      const name = [column.text, column.short].find((text) => widthOf(text, SMALL, 600) <= column.size - 2);
      if (!name || widthOf(column.budget, SMALL) > column.size) return false;
      const common = { x: column.left + column.middle, "text-anchor": "middle", "font-size": SMALL, href: column.href };
      const more = [column.budget, ...(column.written ? [] : [column.rate]), ...(column.told ? [] : [column.missing])];
      if (more.length > 1 && widthOf(more.join(" "), SMALL) > column.size) return false;
      words.push({ ...common, lines: [name], y: top + 14, "font-weight": 600, fill: colours["#1e2124"] });
      words.push({ ...common, lines: [more.join(" ")], y: top + 32, fill: colours["#464c53"] });
      return true;
    }

    // One line for each of the others, in tiers, from the right; a line leads up to its column.
    function nameInTiers(columns, top, width, colours, words) {
      const tiers = [];
      for (const column of [...columns].reverse()) {
        const rate = column.written ? [] : [column.rate];
        const missing = column.told || !column.missing ? [] : [say("진도선까지 {}", column.missing)];
        const text = [column.short, column.budget, ...rate, ...missing].join(" ");
        const x = column.left + column.middle;
        const start = Math.min(x - PAD, width - widthOf(text, SMALL) - 2);
        const end = start + widthOf(text, SMALL);
        let tier = tiers.findIndex(
          (labels, depth) =>
            labels.every((label) => end + 12 < label.start || label.end + 12 < start) &&
            tiers.slice(depth + 1).every((deeper) => deeper.every((label) => label.x < start || label.x > end)),
        );
        if (tier < 0) tier = tiers.push([]) - 1;
        tiers[tier].push({ start, end, x });
        const y = top + tier * LINE + LINE / 2;
        words.push({ line: [x, top - 38, x, y - 8], stroke: colours["#58616a"] });
        words.push({
          lines: [text],
          x: start,
          y,
          "font-size": SMALL,
          fill: colours["#464c53"],
          href: column.href,
          ground: colours["#ffffff"],
        });
      }
      return tiers.length * LINE;
    }

    // Where room is short, those that fall short of the pace, then the largest; a note tells of the others.
    function foremost(columns, meta) {
      if (!(columns.length > meta.names)) return columns;
      meta.notes = [
        ...meta.notes,
        say("이름을 적지 않은 {}곳은 세출 총괄의 표에 있습니다.", columns.length - meta.names),
      ];
      const ranked = [...columns].sort((a, b) => Boolean(b.missing) - Boolean(a.missing) || b.size - a.size);
      const named = new Set(ranked.slice(0, meta.names));
      return columns.filter((column) => named.has(column));
    }

    function tick(text, x, y, colours, options) {
      return { lines: [text], x, y, "font-size": SMALL, fill: colours["#58616a"], "text-anchor": "end", ...options };
    }

    function upright(layout, colours, width) {
      const { meta, margin } = layout,
        words = [],
        height = meta.plot;
      const plot = width - margin.l - margin.r,
        end = layout.yaxis.range[1];
      const y = (rate) => height * (1 - rate / end);
      const columns = places(meta, plot).map((column) => ({ ...column, left: margin.l }));
      for (const column of columns) nameRate(column, y, colours, words);
      const unnamed = columns.filter((column) => !nameBelow(column, height, colours, words));
      const others = foremost(unnamed, meta);
      const tiers = nameInTiers(others, height + 44, width, colours, words);
      for (const rate of [0, 100]) {
        if (!meta.pace || Math.abs(y(rate) - y(meta.pace.at)) > 2 * LINE)
          words.push(tick(`${rate}%`, margin.l - 8, y(rate) + (rate ? 6 : -6), colours));
      }
      if (meta.pace) {
        const strong = { "font-weight": 600, fill: colours["#1e2124"] };
        words.push(tick(say("진도선"), margin.l - 8, y(meta.pace.at) - 9, colours, strong));
        words.push(tick(meta.pace.text, margin.l - 8, y(meta.pace.at) + 9, colours, strong));
      }
      margin.b = 48 + tiers + addNotes(meta, height + 48 + tiers, width, colours, words);
      layout.height = margin.t + height + margin.b;
      return words;
    }

    function addNotes(meta, top, width, colours, words) {
      const lines = meta.notes.flatMap((note) => wrapped(note, SMALL, width));
      lines.forEach((line, index) => {
        words.push({
          lines: [line],
          x: 0,
          y: top + (index + 0.5) * LINE,
          "font-size": SMALL,
          fill: colours["#464c53"],
        });
      });
      return lines.length * LINE;
    }

    // ── Turned ──
    // Labels at the left, each as near to its column as the others let it.
    function spread(labels, length) {
      let free = 0;
      for (const label of labels) {
        label.top = Math.max(free, label.middle - label.height / 2);
        free = label.top + label.height;
      }
      let end = length;
      for (const label of [...labels].reverse()) {
        label.top = Math.min(label.top, end - label.height);
        end = label.top;
      }
    }

    function labelled(column) {
      const room = PHONE_MARGIN - 16;
      const name = widthOf(column.text, SMALL, 600) <= room ? [column.text] : wrapped(column.short, SMALL, room);
      const more = [`${column.budget} · ${column.rate}`, ...(column.missing ? [say("모자람 {}", column.missing)] : [])];
      return { ...column, name, more, height: (name.length + more.length) * LINE + 4 };
    }

    function turned(data, layout, colours, width) {
      const { meta, margin } = layout,
        words = [];
      turn(data, layout);
      const needed = meta.mosaic.map(labelled).reduce((sum, label) => sum + label.height, 0);
      const height = Math.max(PHONE_HEIGHT, needed);
      Object.assign(margin, { l: PHONE_MARGIN, r: 16, t: 24, b: 24 });
      const labels = places(meta, height).map(labelled);
      spread(labels, height);
      for (const label of labels) {
        const common = { x: 0, "font-size": SMALL, href: label.href };
        const centre = label.top + label.height / 2;
        const lines = (list) => ((list - 1) * LINE * 13 * 1.3) / LINE / 2; // half of what `written` spreads lines over
        const up = label.top + LINE / 2 + lines(label.name.length);
        words.push({ ...common, lines: label.name, y: up, "font-weight": 600, fill: colours["#1e2124"] });
        const below = label.top + label.name.length * LINE + LINE / 2;
        label.more.forEach((line, index) => {
          const fill = colours[index ? "#bd2c0f" : "#464c53"];
          words.push({ ...common, lines: [line], y: below + index * LINE, fill });
        });
        words.push({ line: [PHONE_MARGIN - 12, centre, PHONE_MARGIN - 2, label.middle], stroke: colours["#58616a"] });
      }
      const plot = width - margin.l - margin.r;
      const x = (rate) => margin.l + (rate / layout.xaxis.range[1]) * plot;
      const middle = { "text-anchor": "middle" };
      for (const rate of [0, 100]) words.push(tick(`${rate}%`, x(rate), height + 12, colours, middle));
      if (meta.pace) {
        const text = say("진도선 {}", meta.pace.text),
          half = widthOf(text, SMALL, 600) / 2;
        const at = Math.min(Math.max(x(meta.pace.at), margin.l + half), width - half);
        words.push(tick(text, at, -12, colours, { ...middle, "font-weight": 600, fill: colours["#1e2124"] }));
      }
      margin.b += addNotes(meta, height + 24, width, colours, words);
      layout.height = margin.t + height + margin.b;
      return words;
    }

    return (data, layout, colours, width) =>
      width <= narrow ? turned(data, layout, colours, width) : upright(layout, colours, width);
  };
})();

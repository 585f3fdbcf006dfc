// Puts the marks of the people chart (seoul_digital/lib/charts/people.py) into tens, and into lines where a row has no room.
"use strict";
(() => {
  const WIDE = 14,
    CLOSE = 12.5, // pixels from one mark to the next, as there is room
    LINE = 16,
    TEN = 0.5; // of a pitch between one ten and the next

  const steps = (number) => number + Math.floor(number / 10) * TEN + 0.5;

  window.figuresPeople = {
    // How many marks stand in a line; rows grow by their lines.
    grow(meta, room) {
      const { rows, people } = meta;
      const most = Math.max(1, ...people);
      const close = room / (steps(most - 1) + 0.5); // all in one line
      meta.pitch = close < CLOSE ? WIDE : Math.min(WIDE, close);
      const fitting = Math.max(1, Math.floor((room / meta.pitch + TEN) / (10 + TEN)));
      const tens = close < CLOSE ? fitting : Math.ceil(most / 10);
      rows.forEach((row, index) => {
        row.marksInLine = Math.min(tens * 10, people[index]) || 1;
        row.markLines = Math.max(1, Math.ceil(people[index] / row.marksInLine));
        row.band = row.markLines * LINE;
        row.grown = Math.max(row.height, row.band + 16);
      });
    },

    // Gives every mark its place in pixels, after the rows have theirs.
    arrange(data, { rows, pitch }, xaxis, room) {
      const across = (number) => steps(number) * pitch;
      const rowAt = (y) => rows.find(({ top, oldEnd }) => y >= top && y < oldEnd);
      for (const trace of data) {
        const on = trace.y.map(rowAt);
        if (trace.type === "bar") {
          trace.x = on.map((row) => across(row.marksInLine - 0.5));
          trace.width = on.map(({ band }) => band + 6);
          trace.y = on.map(({ barY }) => barY);
          continue;
        }
        const places = trace.x.map((number, index) => {
          if (number === null) return [null, null];
          const { marksInLine, markLines, barY } = on[index];
          const line = Math.min(Math.floor(number / marksInLine), markLines - 1);
          return [across(number - line * marksInLine), barY + (line - (markLines - 1) / 2) * LINE];
        });
        trace.x = places.map(([x]) => x);
        trace.y = places.map(([, y]) => y);
      }
      xaxis.range = [0, room];
    },
  };
})();

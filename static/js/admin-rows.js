// Rows of inlines fold to a line that says what they hold (on a desk those of forms only, tables are lines there). Rows with errors, new ones and
// those whose fields are changed or found stay open; without this script all are.
"use strict";
(() => {
  const FIELDS = "input:not([type=hidden], [type=checkbox]), select";
  const ROWS = ":is(.inline-related:not(.tabular), .tabular tr).has_original";

  function textOf(field) {
    const chosen = field.localName === "select" ? field.selectedOptions[0] : null;
    return (chosen ? (chosen.value ? chosen.text : "") : field.value).trim();
  }

  function lineOf(row) {
    const marked = [...row.querySelectorAll("[data-in-line]")];
    const fields = row.localName === "tr" ? [...row.querySelectorAll(FIELDS)] : marked;
    return fields.map(textOf).filter(Boolean).join(" · ");
  }

  function show(row, isOpen) {
    row.classList.toggle("folded", !isOpen);
    row.querySelector(".fold-row").setAttribute("aria-expanded", isOpen);
  }

  function fold(row) {
    const place = row.querySelector(".inline_label, td.original");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fold-row";
    const name = row.localName === "tr" ? "" : place.firstChild;
    button.append(name, ...[lineOf(row)].filter(Boolean).map((line) => (name ? ` · ${line}` : line)));
    place.prepend(button);
    button.addEventListener("click", () => show(row, row.classList.contains("folded")));
    row.addEventListener("change", () => show(row, true));
    show(row, Boolean(row.querySelector(".errorlist, .errors")));
  }

  function prepare() {
    document.querySelectorAll(ROWS).forEach(fold);
    for (const cell of document.querySelectorAll(".tabular td[class^=field-]"))
      cell.dataset.l = cell.querySelector("[aria-label]")?.getAttribute("aria-label") || "";
  }

  document.addEventListener("DOMContentLoaded", prepare);
})();

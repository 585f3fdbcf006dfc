// Select2 draws a text box of its own in place of each select, without a name: it gets the name of the select.
"use strict";
(() => {
  const nameOf = (select) =>
    select.getAttribute("aria-label") ||
    document.querySelector(`label[for="${CSS.escape(select.id)}"]`)?.textContent.trim();
  const giveNames = () =>
    document.querySelectorAll("select.admin-autocomplete").forEach((select) => {
      const drawn = select.parentElement.querySelector(".select2-selection__rendered");
      const name = nameOf(select);
      if (drawn && name) drawn.setAttribute("aria-label", name);
    });
  // jQuery calls what waits for the page one after another, at times after `load`: the boxes are drawn by then.
  addEventListener("load", () => window.django?.jQuery?.(giveNames));
  document.addEventListener("formset:added", () => setTimeout(giveNames));
})();

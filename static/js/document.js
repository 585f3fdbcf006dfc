// The report as a document: on phones its chapters fold.
"use strict";
(() => {
  // page.js, which runs after this, closes them.
  function fold(chapter) {
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    details.className = "fold";
    details.open = true;
    if (chapter.textContent.includes("◆")) details.dataset.stays = "";
    summary.append(chapter.querySelector("h2"));
    details.append(summary, ...chapter.childNodes);
    chapter.append(details);
  }
  if (matchMedia("(max-width: 767px)").matches)
    document.querySelectorAll(".document > .chapter:has(> h2)").forEach(fold);
})();

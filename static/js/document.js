// The report as a document: its contents say where the reader is, and on phones its chapters fold.
"use strict";
(() => {
  const links = [...document.querySelectorAll(".document .contents a")];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));

  function mark() {
    const passed = headings.findLastIndex(
      (heading) => heading && heading.getBoundingClientRect().top < innerHeight * 0.3,
    );
    links.forEach((link, index) => {
      if (index === passed) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    const nav = links[passed]?.closest("nav");
    if (nav && nav.scrollHeight > nav.clientHeight) nav.scrollTop = links[passed].offsetTop - nav.clientHeight / 2;
  }

  // All above a line count as seen, so that a leap over a heading is noticed too.
  const seen = new IntersectionObserver(mark, { rootMargin: "1000000px 0px -70% 0px" });
  for (const heading of headings) if (heading) seen.observe(heading);

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

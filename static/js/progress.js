// Follows work in the background: asks for this page again until it is another one, or says something else of the work.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const bar = document.querySelector("progress[data-follow]");
  const heading = document.getElementById("progress");

  function saidOn(page) {
    return page.querySelector(".lead")?.textContent + Boolean(page.querySelector("[data-unattended]"));
  }

  async function look() {
    const response = await fetch(location.href, { headers: { "X-Watch": "1" } }).catch(() => null);
    if (!response || response.status >= 500) return setTimeout(look, 1000); // busy, or not there
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const next = page.querySelector("progress[data-follow]");
    if (!next || saidOn(page) !== saidOn(document)) return location.reload();
    if (next.position >= 0) bar.value = next.value; // else nobody knows how far it is
    heading.textContent = page.getElementById("progress").textContent;
    setTimeout(look, 1000);
  }

  if (bar) setTimeout(look, 1000);
});
